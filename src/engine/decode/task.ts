import { PTRACE } from '../abi/ptrace.ts'
import { signalName, type Signo } from '../abi/signal.ts'
import { EventKind, type Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { descriptorText, openFileOf, provenanceOf, type Descriptor } from './provenance.ts'
import { deathText, stopNameText } from './stop.ts'
import { callName } from './table.ts'
import { imageAt, isOver, tasksOf, type Life } from './task-index.ts'
import { membersOf, signalsOf, type PendingSignal } from './task-signal.ts'

/** What a task does at an event, as far as the trace tells. */
export type TaskState =
  /** `call`: the entry of the call that it is in, after its entry stop; 0 if it is in none that was shown. */
  | { readonly kind: 'running'; readonly call: Seq }
  /** In a ptrace-stop; `listening` after PTRACE_LISTEN. */
  | { readonly kind: 'stopped'; readonly stop: Seq; readonly listening: boolean }
  /** It has ended and nobody has waited for it. Only of tasks whose parent's waits the trace would show. */
  | { readonly kind: 'zombie'; readonly status: number; readonly since: Seq }
  | { readonly kind: 'dead'; readonly status: number; readonly since: Seq }

/** A task in the tree: processes below their parents, threads below their process. */
export interface TaskNode {
  readonly pid: number
  /** Of a thread, its process; else itself. */
  readonly process: number
  readonly name: string
  /** Who would wait for it: 1, the kernel's init, when its parent has ended; 0 if it never had one. */
  readonly parent: number
  /** Its parent has ended. */
  readonly isOrphan: boolean
  /** Who traces it, 0 for nobody. */
  readonly tracer: number
  readonly born: Seq
  readonly state: TaskState
  readonly children: readonly TaskNode[]
}

/** A descriptor as the task view lists it. */
export interface TaskDescriptor extends Descriptor {
  /** `dup of 1, from pipe at #120 (write end), inherited from 2`. */
  readonly text: string
  /** The same for all descriptors of one open file, in all processes: what follow-this-fd looks for. */
  readonly file: string
}

/** Everything about one task at an event. */
export interface TaskView extends Omit<TaskNode, 'children'> {
  readonly argv: readonly string[]
  /** Where its program began: its birth or its latest exec. */
  readonly image: Seq
  /** The signals that it blocks, lowest first; what handlers and a tracer's SETSIGMASK add, the trace does not tell. */
  readonly mask: readonly Signo[]
  readonly pending: readonly PendingSignal[]
  /** Lowest first; of a thread those of its process. */
  readonly descriptors: readonly TaskDescriptor[]
}

/** init, which takes over orphans. */
const INIT = 1

/** A task can only be a zombie where somebody might wait: a script's waits, and init's, are not in the trace. */
const endOf = (trace: Trace, life: Life, seq: Seq): TaskState => {
  const { end: since, status, reaped } = life
  const parent = life.images.at(-1)?.parent ?? 0
  const waits = tasksOf(trace).at(parent, seq)
  const isWaitedFor = life.process === life.pid && waits?.speaks === true && !isOver(waits, seq) && (reaped === 0 || reaped > seq)
  return { kind: isWaitedFor ? 'zombie' : 'dead', status, since }
}

const isStop = (kind: number): boolean => kind >= EventKind.entry && kind <= EventKind.group

/** The call that a task was let into, if it has not ended by then. */
const callWithin = (trace: Trace, entry: Seq, seq: Seq): Seq => {
  const outcome = trace.outcome(entry)
  if (outcome === undefined) return entry
  const isOpen = outcome.exit > 0 ? outcome.exit > seq : outcome.time > (trace.event(seq)?.time ?? Infinity)
  return isOpen ? entry : 0
}

const stateAt = (trace: Trace, life: Life, seq: Seq, latest: Seq): TaskState => {
  if (isOver(life, seq)) return endOf(trace, life, seq)
  const event = trace.event(latest)
  if (event === undefined) return { kind: 'running', call: 0 }
  if (isStop(event.kind)) {
    const isFree = tasksOf(trace).tracerAt(life.pid, seq) === 0
    return isFree ? { kind: 'running', call: 0 } : { kind: 'stopped', stop: latest, listening: false }
  }
  if (event.kind !== EventKind.request) return { kind: 'running', call: 0 }
  const stop = trace.event(event.link)
  if (event.nr === PTRACE.PTRACE_LISTEN) return { kind: 'stopped', stop: event.link, listening: true }
  // A stop inside a call (an event, seccomp) tells its entry.
  const entry = stop?.kind === EventKind.entry ? stop.seq : stop?.kind === EventKind.event ? stop.link : 0
  return { kind: 'running', call: entry > 0 && entry < latest ? callWithin(trace, entry, seq) : 0 }
}

const parentAt = (trace: Trace, life: Life, seq: Seq): Pick<TaskNode, 'parent' | 'isOrphan'> => {
  if (life.process !== life.pid) return { parent: life.process, isOrphan: false }
  const { parent } = imageAt(life, seq)
  const isOrphan = parent !== 0 && isOver(tasksOf(trace).at(parent, seq), seq)
  return { parent: isOrphan ? INIT : parent, isOrphan }
}

type Node = Omit<TaskNode, 'children'>

const nodeAt = (trace: Trace, life: Life, seq: Seq, latest: ReadonlyMap<number, Seq>): Node => {
  const { pid, process, born } = life
  return {
    pid, process, born,
    name: imageAt(life, seq).name,
    ...parentAt(trace, life, seq),
    tracer: tasksOf(trace).tracerAt(pid, seq),
    state: stateAt(trace, life, seq, latest.get(pid) ?? born),
  }
}

/**
 * The tasks that have been born by an event, after it, as a forest in order of birth. Ended ones are in it with their
 * state; an orphan stands at the top.
 */
export const taskTree = (trace: Trace, seq: Seq): readonly TaskNode[] => {
  const latest = tasksOf(trace).latestAt(seq)
  const nodes = new Map<number, Node & { readonly children: TaskNode[] }>()
  for (const life of tasksOf(trace).lives) {
    if (life.born <= seq) nodes.set(life.pid, { ...nodeAt(trace, life, seq, latest), children: [] })
  }
  const roots: TaskNode[] = []
  for (const node of nodes.values()) {
    // Only what was there first can be above: no trace, however made, gives a ring.
    const above = node.isOrphan ? undefined : nodes.get(node.parent)
    if (above !== undefined && above.born < node.born) above.children.push(node)
    else roots.push(node)
  }
  return roots
}

/** A task after an event; undefined if none of that pid has been born by then. */
export const taskAt = (trace: Trace, pid: number, seq: Seq): TaskView | undefined => {
  const index = tasksOf(trace)
  const life = index.at(pid, seq)
  if (life === undefined) return undefined
  const node = nodeAt(trace, life, seq, index.latestAt(seq))
  const { argv, seq: image } = imageAt(life, seq)
  const signals = signalsOf(trace)
  const isGone = node.state.kind === 'zombie' || node.state.kind === 'dead'
  return {
    ...node,
    argv,
    image,
    mask: isGone ? [] : membersOf(signals.maskAt(pid, seq)),
    pending: isGone ? [] : signals.pendingAt(pid, seq, node.state.kind === 'stopped' ? node.state.stop : 0),
    descriptors: isGone ? [] : provenanceOf(trace).table(pid, seq).map((descriptor) => ({
      ...descriptor, text: descriptorText(descriptor), file: openFileOf(descriptor.origin),
    })),
  }
}

/** `running, in wait4`, `stopped: entry of wait4`, `zombie, exited with 3`. */
export const stateText = (trace: Trace, state: TaskState): string => {
  switch (state.kind) {
    case 'running': {
      const entry = trace.event(state.call)
      return entry === undefined ? 'running' : `running, in ${callName(entry.arch, entry.nr)}`
    }
    case 'stopped': {
      const event = trace.event(state.stop)
      return `${state.listening ? 'listening' : 'stopped'}: ${event === undefined ? 'attached' : stopNameText(event)}`
    }
    case 'zombie':
    case 'dead':
      return `${state.kind}, ${deathText(state.status)}`
  }
}

/** `USR1 CHLD`: as strace writes the members of a set. */
export const signalsText = (signals: readonly Signo[]): string =>
  signals.map((signo) => signalName(signo).replace(/^SIG/, '')).join(' ')
