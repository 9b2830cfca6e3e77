import { EventKind, Flag, type Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { derivedFrom, type Derived } from './derived.ts'
import { effectOf, type Becomes, type Origin } from './fd-effect.ts'
import { isOver, tasksOf } from './task-index.ts'

/** From `from` on, `fd` of a process is this. */
interface Change {
  readonly from: Seq
  readonly is: Becomes
  readonly closeOnExec: boolean
}

/** A descriptor of a process at an event. */
export interface Descriptor {
  readonly fd: number
  /** What it is in the end, whatever it was copied from. */
  readonly origin: Origin
  /** The descriptor that it was made from, and the call that did. */
  readonly dup?: { readonly fd: number; readonly call: Seq }
  /** The process that it was inherited from, by fork. */
  readonly inherited?: number
  readonly closeOnExec: boolean
}

const STANDARD: readonly Origin[] = [
  { kind: 'stream', name: 'stdin' },
  { kind: 'stream', name: 'stdout' },
  { kind: 'stream', name: 'stderr' },
  { kind: 'preopen', path: '/' },
]

/** A chain of dup and fork longer than this is a made-up trace. */
const DEEPEST = 64

/** The first process of a machine, init or the script's: it opens nothing. */
const FIRST = 1

/** What each process's descriptors are at each moment, read off the calls that make and close them. */
class Provenance implements Derived {
  #trace: Trace
  #done = { events: 0, outcomes: 0 }
  /** By process × 2^32 + fd, in order of `from`. */
  #changes = new Map<number, Change[]>()
  /** The descriptors of a process that ever changed. */
  #touched = new Map<number, Set<number>>()

  constructor(trace: Trace) {
    this.#trace = trace
  }

  update(): void {
    const { events, outcomes } = this.#trace
    const c = events.columns
    for (let i = this.#done.events; i < events.length; i++) {
      if (c.kind[i] === EventKind.exit && (c.link[i] as number) > 0)
        this.#take(c.link[i] as number, c.ret[i] as number, i + 1, c.flags[i] as number)
      else if (c.kind[i] === EventKind.call) this.#take(i + 1, c.ret[i] as number, i + 1, c.flags[i] as number)
    }
    this.#done.events = events.length
    const o = outcomes.columns
    for (let i = this.#done.outcomes; i < outcomes.length; i++) {
      // A call without exit stop is done when its task makes its next event, wherever that is.
      this.#take(o.link[i] as number, o.ret[i] as number, (o.link[i] as number) + 1, o.flags[i] as number)
    }
    this.#done.outcomes = outcomes.length
  }

  #set(process: number, fd: number, change: Change): void {
    const key = process * 0x1_0000_0000 + fd
    const changes = this.#changes.get(key) ?? []
    if (changes.length === 0) {
      this.#changes.set(key, changes)
      const touched = this.#touched.get(process)
      if (touched === undefined) this.#touched.set(process, new Set([fd]))
      else touched.add(fd)
    }
    // Outcomes may arrive after later events: keep the order.
    let at = changes.length
    while (at > 0 && (changes[at - 1] as Change).from > change.from) at--
    changes.splice(at, 0, change)
  }

  /** The effect of a call that has ended. */
  #take(call: Seq, ret: number, from: Seq, flags: number): void {
    const c = this.#trace.events.columns
    const i = call - 1
    const effect = effectOf(c.arch[i] ?? 0, c.nr[i] ?? -1, ret)
    if (effect === undefined) return
    const pid = c.pid[i] as number
    const process = this.#processOf(pid, call)
    const virtual = (flags & Flag.skipped) !== 0
    effect({
      trace: this.#trace,
      call,
      ret,
      from,
      virtual,
      args: this.#trace.registers(call).args.map((raw) => Number(BigInt.asUintN(32, raw))),
      set: (fd, is, closeOnExec = false) => this.#set(process, fd, { from, is, closeOnExec }),
      pathOf: (fd) => {
        const origin = this.at(pid, fd, call)
        return origin?.kind === 'file' || origin?.kind === 'preopen' ? origin.path : undefined
      },
    })
  }

  #processOf(pid: number, seq: Seq): number {
    return tasksOf(this.#trace).at(pid, seq)?.process ?? pid
  }

  /** What a task's descriptor is at an event; undefined if the trace does not tell. */
  at(pid: number, fd: number, seq: Seq): Origin | undefined {
    return this.#resolve(this.#processOf(pid, seq), fd, seq, 0)?.origin
  }

  /** The open descriptors of a task's process at an event, lowest first. Those of one that has ended are closed. */
  table(pid: number, seq: Seq): readonly Descriptor[] {
    const process = this.#processOf(pid, seq)
    if (process === FIRST || isOver(tasksOf(this.#trace).at(process, seq), seq)) return []
    const open: Descriptor[] = []
    for (const fd of [...this.#candidates(process, seq, 0)].sort((a, b) => a - b)) {
      const descriptor = this.#resolve(process, fd, seq, 0)
      if (descriptor !== undefined && descriptor.origin.kind !== 'closed') open.push(descriptor)
    }
    return open
  }

  #candidates(process: number, seq: Seq, depth: number): ReadonlySet<number> {
    const life = tasksOf(this.#trace).at(process, seq)
    const parent = life?.images[0]?.parent ?? 0
    const found =
      depth < DEEPEST && parent !== 0 && parent !== process && life !== undefined && life.born > 1
        ? new Set(this.#candidates(parent, life.born - 1, depth + 1))
        : new Set(STANDARD.keys())
    for (const fd of this.#touched.get(process) ?? []) found.add(fd)
    return found
  }

  #resolve(process: number, fd: number, seq: Seq, depth: number): Descriptor | undefined {
    if (depth > DEEPEST) return undefined
    const life = tasksOf(this.#trace).at(process, seq)
    const born = life?.born ?? 0
    const changes = this.#changes.get(process * 0x1_0000_0000 + fd)
    const latest = changes?.findLast(({ from }) => from <= seq && from >= born)
    const base = latest?.is.kind !== 'flag' ? latest : changes?.findLast(({ from, is }) => from <= seq && from >= born && is.kind !== 'flag')
    const is = base?.is
    const found =
      is === undefined || is.kind === 'flag' ? this.#inherited(process, fd, seq, depth)
      : is.kind === 'same' ? this.#copied(process, fd, is, base?.from ?? 0, depth)
      : { fd, origin: is, closeOnExec: false }
    if (found === undefined || latest === undefined) return found && this.#throughExec(found, process, born, seq)
    return this.#throughExec({ ...found, closeOnExec: latest.closeOnExec }, process, latest.from, seq)
  }

  #copied(process: number, fd: number, is: { readonly fd: number; readonly call: Seq }, from: Seq, depth: number): Descriptor | undefined {
    const source = this.#resolve(process, is.fd, from - 1, depth + 1)
    return source && { fd, origin: source.origin, dup: { fd: is.fd, call: is.call }, closeOnExec: false }
  }

  /** fork(2): the child's descriptors are copies of its parent's. */
  #inherited(process: number, fd: number, seq: Seq, depth: number): Descriptor | undefined {
    const life = tasksOf(this.#trace).at(process, seq)
    const parent = life?.images[0]?.parent ?? 0
    if (life !== undefined && parent !== process && parent !== 0 && life.born > 1) {
      const source = this.#resolve(parent, fd, life.born - 1, depth + 1)
      return source && (parent === FIRST ? source : { ...source, inherited: parent })
    }
    const origin = STANDARD[fd]
    return origin && { fd, origin, closeOnExec: false }
  }

  /** execve(2): "open file descriptors … that are marked close-on-exec are closed". */
  #throughExec(descriptor: Descriptor, process: number, since: Seq, seq: Seq): Descriptor {
    if (!descriptor.closeOnExec) return descriptor
    const exec = tasksOf(this.#trace).at(process, seq)?.images.find((image, i) => i > 0 && image.seq > since && image.seq <= seq)
    return exec === undefined ? descriptor : { ...descriptor, origin: { kind: 'closed', closed: exec.seq } }
  }
}
export type { Provenance }

/** The descriptors of a trace's tasks, up to date. */
export const provenanceOf = derivedFrom((trace) => new Provenance(trace))

/** A descriptor in a few words: `stdout`, `/var/log/app.log, opened at 17`. */
export const originText = (origin: Origin): string => {
  switch (origin.kind) {
    case 'stream':
      return origin.name
    case 'preopen':
      return `${origin.path}, preopened`
    case 'file':
      return `${origin.path}, ${origin.virtual ? 'which the tracer made up' : 'opened'} at ${origin.opened}`
    case 'pipe':
      return `the ${origin.end} end of a pipe, made at ${origin.opened}`
    case 'socket':
      return `a socket, accepted at ${origin.opened}`
    case 'closed':
      return `closed at ${origin.closed}`
  }
}

const sourceText = (origin: Origin): string => {
  switch (origin.kind) {
    case 'stream':
      return origin.name
    case 'preopen':
      return `${origin.path}, preopened`
    case 'file':
      return `${origin.path}${origin.virtual ? ', which the tracer made up' : ''} at #${origin.opened}`
    case 'pipe':
      return `pipe at #${origin.opened} (${origin.end} end)`
    case 'socket':
      return `socket at #${origin.opened}`
    case 'closed':
      return `closed at #${origin.closed}`
  }
}

/** How a process came to a descriptor, for its table: `dup of 1, from pipe at #120 (write end), inherited from 2`. */
export const descriptorText = ({ origin, dup, inherited }: Descriptor): string => [
  ...(dup === undefined ? [sourceText(origin)] : [`dup of ${dup.fd}`, `from ${sourceText(origin)}`]),
  ...(inherited === undefined ? [] : [`inherited from ${inherited}`]),
].join(', ')

/**
 * What descriptors that share an open file have in common, and no others have: follow-this-fd goes by it. Empty for
 * what is not open.
 */
export const openFileOf = (origin: Origin): string => {
  switch (origin.kind) {
    case 'stream':
      return origin.name
    case 'preopen':
      return `preopen ${origin.path}`
    case 'pipe':
      return `pipe ${origin.opened} ${origin.end}`
    case 'file':
    case 'socket':
      return `${origin.kind} ${origin.opened}`
    case 'closed':
      return ''
  }
}

/** For decodeCall and tracedCall: names descriptors as a trace knows them. */
export const fdNamer = (trace: Trace): ((pid: number, fd: number, at: Seq) => string | undefined) => {
  const provenance = provenanceOf(trace)
  return (pid, fd, at) => {
    const origin = provenance.at(pid, fd, at)
    return origin && originText(origin)
  }
}
