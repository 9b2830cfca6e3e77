import { LINUX_NR, SIGSET_BYTES } from '../abi/linux.ts'
import { SIGNAL, SIGRTMIN, type Signo } from '../abi/signal.ts'
import { ArchCode, EventKind, Flag, type Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { peekOf } from './call.ts'
import { derivedFrom, type Derived } from './derived.ts'
import { u64At } from './peek.ts'
import { tasksOf } from './task-index.ts'
import { lowOf } from './word.ts'

/** A signal that waits to be delivered. */
export interface PendingSignal {
  readonly signo: Signo
  /** The call that sent it, or the rt_sigpending that told of it. */
  readonly sent: Seq
  /** Who sent it; 0 where the trace does not tell. */
  readonly by: number
}

interface Sent extends PendingSignal {
  /** The one thread that it is for; 0: whichever of the process. */
  readonly thread: number
  /** When it was seen to be delivered; 0 if it was not. */
  taken: Seq
}

interface Mask {
  readonly from: Seq
  readonly mask: bigint
}

/** rt_sigprocmask(2): `how`. */
const SIG_BLOCK = 0
const SIG_UNBLOCK = 1

const bit = (signo: Signo): bigint => 1n << BigInt(signo - 1)
/** "It is not possible to block SIGKILL or SIGSTOP. Attempts to do so are silently ignored." sigprocmask(2) */
const UNBLOCKABLE = bit(SIGNAL.SIGKILL) | bit(SIGNAL.SIGSTOP)

/** A chain of births longer than this is a made-up trace. */
const DEEPEST = 64

/** The signals of a set, lowest first. */
export const membersOf = (set: bigint): readonly Signo[] => {
  const members: Signo[] = []
  for (let signo = 1, rest = BigInt.asUintN(64, set); rest !== 0n; signo++, rest >>= 1n) if ((rest & 1n) !== 0n) members.push(signo)
  return members
}

/** A call that has ended, and what it was made with. */
interface Ended {
  readonly call: Seq
  readonly pid: number
  readonly ret: number
  readonly from: Seq
  readonly args: readonly number[]
}

/** Masks and pending signals, as calls and signal-delivery-stops tell of them. */
class SignalIndex implements Derived {
  readonly #trace: Trace
  #done = { events: 0, outcomes: 0 }
  readonly #masks = new Map<number, Mask[]>()
  /** By process. */
  readonly #sent = new Map<number, Sent[]>()
  /** What rt_sigpending answered, by task. */
  readonly #told = new Map<number, Mask[]>()

  constructor(trace: Trace) {
    this.#trace = trace
  }

  update(): void {
    const { events, outcomes } = this.#trace
    const c = events.columns
    for (let i = this.#done.events; i < events.length; i++) {
      const kind = c.kind[i]
      if (kind === EventKind.signal) this.#delivered(c.pid[i] as number, c.nr[i] as number, i + 1)
      else if (c.arch[i] === ArchCode.linux && (kind === EventKind.exit || kind === EventKind.call)) {
        const call = kind === EventKind.call ? i + 1 : (c.link[i] as number) || i + 1
        this.#take(call, c.nr[i] as number, c.ret[i] as number, c.flags[i] as number, i + 1)
      }
    }
    const o = outcomes.columns
    for (let i = this.#done.outcomes; i < outcomes.length; i++) {
      if (o.arch[i] !== ArchCode.linux) continue
      const link = o.link[i] as number
      this.#take(link, o.nr[i] as number, o.ret[i] as number, o.flags[i] as number, link + 1)
    }
    this.#done = { events: events.length, outcomes: outcomes.length }
  }

  #take(call: Seq, nr: number, ret: number, flags: number, from: Seq): void {
    const effect = EFFECTS[nr]
    const event = effect === undefined || ret < 0 || (flags & Flag.skipped) !== 0 ? undefined : this.#trace.event(call)
    if (effect === undefined || event === undefined) return
    effect(this, { call, pid: event.pid, ret, from, args: this.#trace.made(event).words.map(lowOf) })
  }

  /** The set behind a pointer, before the call or after it. */
  set(call: Seq, addr: number, phase: 'before' | 'after'): bigint | undefined {
    const bytes = addr === 0 ? undefined : peekOf(this.#trace, call, phase)(addr, SIGSET_BYTES)
    return bytes && u64At(bytes, 0)
  }

  masked({ call, pid, from, args: [how = 0, set = 0, old = 0] }: Ended): void {
    const before = this.set(call, old, 'after') ?? this.maskAt(pid, from - 1)
    const given = this.set(call, set, 'before')
    const mask = given === undefined ? before : how === SIG_BLOCK ? before | given : how === SIG_UNBLOCK ? before & ~given : given
    append(this.#masks, pid, { from, mask: mask & ~UNBLOCKABLE })
  }
  tell({ call, pid, from, args: [set = 0] }: Ended): void {
    const told = this.set(call, set, 'after')
    if (told !== undefined) append(this.#told, pid, { from, mask: told })
  }
  send(target: number, signo: Signo, thread: number, { call, pid }: Ended): void {
    if (target <= 0 || signo === 0) return
    const process = tasksOf(this.#trace).at(target, call)?.process ?? target
    append(this.#sent, process, { signo, sent: call, by: pid, thread, taken: 0 })
    // "Generating SIGCONT drops stop signals that wait, and those drop a SIGCONT": signal(7), prepare_signal().
    const drops = signo === SIGNAL.SIGCONT ? STOPS : STOPS.has(signo) ? CONTINUES : undefined
    if (drops === undefined) return
    for (const one of this.#sent.get(process) ?? []) if (one.taken === 0 && drops.has(one.signo)) one.taken = call
  }
  #delivered(pid: number, signo: Signo, seq: Seq): void {
    const process = tasksOf(this.#trace).at(pid, seq)?.process ?? pid
    this.take(process, pid, signo, seq)
  }
  take(process: number, pid: number, signo: Signo, seq: Seq): void {
    const sent = this.#sent.get(process)
    if (sent === undefined) return
    for (const one of sent) {
      if (one.signo !== signo || one.taken !== 0 || (one.thread !== 0 && one.thread !== pid)) continue
      one.taken = seq
      // "If multiple instances of a standard signal are generated while that signal is currently blocked, then only one
      // instance is queued": the others went with it.
      if (signo >= SIGRTMIN) return
    }
  }

  /** What a task blocks at an event: what it was born with, and what its calls of rt_sigprocmask made of it. */
  maskAt(pid: number, seq: Seq, depth = 0): bigint {
    const life = tasksOf(this.#trace).at(pid, seq)
    const born = life?.born ?? 0
    const known = this.#masks.get(pid)?.findLast(({ from }) => from <= seq && from >= born)
    if (known !== undefined) return known.mask
    // "A child created via fork(2) inherits a copy of its parent's signal mask", and a thread its creator's.
    const parent = life === undefined ? 0 : life.process !== pid ? life.process : (life.images[0]?.parent ?? 0)
    return parent === 0 || parent === pid || depth > DEEPEST ? 0n : this.maskAt(parent, born - 1, depth + 1)
  }

  /**
   * Signals that were sent to a task or its process and have not been delivered: they are blocked ever since, or it has
   * been stopped ever since.
   * @param stopped when its ptrace-stop began; 0 if it is in none
   */
  pendingAt(pid: number, seq: Seq, stopped: Seq): readonly PendingSignal[] {
    const process = tasksOf(this.#trace).at(pid, seq)?.process ?? pid
    const told = this.#told.get(pid)?.findLast(({ from }) => from <= seq)
    const waits = (signo: Signo, since: Seq): boolean => (stopped > 0 && stopped <= since) || this.#blocked(pid, signo, since, seq)
    const found = new Map<Signo, PendingSignal[]>()
    for (const { signo, sent, by, thread, taken } of this.#sent.get(process) ?? []) {
      if (sent > seq || (taken !== 0 && taken <= seq) || (thread !== 0 && thread !== pid) || !waits(signo, sent)) continue
      if (told !== undefined && sent < told.from && (told.mask & bit(signo)) === 0n) continue
      const queued = found.get(signo)
      if (queued === undefined) found.set(signo, [{ signo, sent, by }])
      else if (signo >= SIGRTMIN) queued.push({ signo, sent, by })
    }
    for (const signo of membersOf(told?.mask ?? 0n)) {
      if (told !== undefined && !found.has(signo) && waits(signo, told.from)) found.set(signo, [{ signo, sent: told.from, by: 0 }])
    }
    return [...found.values()].flat().sort((a, b) => a.signo - b.signo || a.sent - b.sent)
  }

  #blocked(pid: number, signo: Signo, since: Seq, seq: Seq): boolean {
    if ((this.maskAt(pid, since) & bit(signo)) === 0n) return false
    return (this.#masks.get(pid) ?? []).every(({ from, mask }) => from <= since || from > seq || (mask & bit(signo)) !== 0n)
  }

  /** rt_sigtimedwait(2) takes a signal without delivering it. */
  accept({ pid, ret, from }: Ended): void {
    this.#delivered(pid, ret, from)
  }
}
export type { SignalIndex }

const STOPS: ReadonlySet<Signo> = new Set([SIGNAL.SIGSTOP, SIGNAL.SIGTSTP, SIGNAL.SIGTTIN, SIGNAL.SIGTTOU])
const CONTINUES: ReadonlySet<Signo> = new Set([SIGNAL.SIGCONT])

const append = <T>(to: Map<number, T[]>, key: number, value: T): void => {
  const list = to.get(key)
  if (list === undefined) to.set(key, [value])
  else list.push(value)
}

const EFFECTS: Readonly<Record<number, (index: SignalIndex, ended: Ended) => void>> = {
  [LINUX_NR.rt_sigprocmask]: (index, ended) => index.masked(ended),
  [LINUX_NR.rt_sigpending]: (index, ended) => index.tell(ended),
  [LINUX_NR.rt_sigtimedwait]: (index, ended) => index.accept(ended),
  [LINUX_NR.kill]: (index, ended) => index.send((ended.args[0] ?? 0) | 0, ended.args[1] ?? 0, 0, ended),
  [LINUX_NR.rt_sigqueueinfo]: (index, ended) => index.send((ended.args[0] ?? 0) | 0, ended.args[1] ?? 0, 0, ended),
  [LINUX_NR.tkill]: (index, ended) => index.send(ended.args[0] ?? 0, ended.args[1] ?? 0, ended.args[0] ?? 0, ended),
  [LINUX_NR.tgkill]: (index, ended) => index.send(ended.args[1] ?? 0, ended.args[2] ?? 0, ended.args[1] ?? 0, ended),
}

/** The signals of a trace's tasks, up to date. */
export const signalsOf = derivedFrom((trace) => new SignalIndex(trace))
