import { LINUX_NR, PR } from '../../engine/abi/linux.ts'
import { SECCOMP_OPERATION } from '../../engine/abi/seccomp.ts'
import { peekOf } from '../../engine/decode/call.ts'
import { derivedFrom, type Derived } from '../../engine/decode/derived.ts'
import { tasksOf } from '../../engine/decode/task-index.ts'
import { ArchCode, EventKind, Flag, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'

/** A seccomp filter that a task is under. */
export interface InstalledFilter {
  /** The call that installed it, and the task that made it. */
  readonly call: Seq
  readonly pid: number
  /** BPF instructions; undefined if the trace did not keep it. */
  readonly length: number | undefined
}

/** seccomp(2): "synchronize all other threads of the calling process to the same seccomp filter tree". */
const FILTER_FLAG_TSYNC = 1
/** prctl(2): the second argument of PR_SET_SECCOMP. */
const MODE_FILTER = 2
/** A chain of births longer than this is a made-up trace. */
const DEEPEST = 64

interface Installed extends InstalledFilter {
  readonly from: Seq
  readonly process: number
  readonly isForAll: boolean
}

/** Which filters were installed where, read off the calls that did. Strict mode is none. */
class SeccompIndex implements Derived {
  readonly #trace: Trace
  #done = { events: 0, outcomes: 0 }
  readonly #installed: Installed[] = []

  constructor(trace: Trace) {
    this.#trace = trace
  }

  update(): void {
    const { events, outcomes } = this.#trace
    const c = events.columns
    for (let i = this.#done.events; i < events.length; i++) {
      if (c.arch[i] !== ArchCode.linux || (c.kind[i] !== EventKind.exit && c.kind[i] !== EventKind.call)) continue
      const call = c.kind[i] === EventKind.call ? i + 1 : (c.link[i] as number)
      this.#take(call, c.nr[i] as number, c.ret[i] as number, c.flags[i] as number, i + 1)
    }
    const o = outcomes.columns
    for (let i = this.#done.outcomes; i < outcomes.length; i++) {
      const link = o.link[i] as number
      if (o.arch[i] === ArchCode.linux) this.#take(link, o.nr[i] as number, o.ret[i] as number, o.flags[i] as number, link + 1)
    }
    this.#done = { events: events.length, outcomes: outcomes.length }
  }

  #take(call: Seq, nr: number, ret: number, flags: number, from: Seq): void {
    if ((nr !== LINUX_NR.seccomp && nr !== LINUX_NR.prctl) || ret < 0 || (flags & Flag.skipped) !== 0 || call === 0) return
    const [first = 0, second = 0, third = 0] = this.#trace.registers(call).args.map((raw) => Number(BigInt.asUintN(32, raw)))
    const isFilter =
      nr === LINUX_NR.seccomp
        ? first === SECCOMP_OPERATION.SECCOMP_SET_MODE_FILTER
        : first === PR.PR_SET_SECCOMP && second === MODE_FILTER
    if (!isFilter) return
    const pid = this.#trace.event(call)?.pid ?? 0
    // struct sock_fprog begins with its length, a u16.
    const bytes = peekOf(this.#trace, call, 'before')(third, 2)
    this.#installed.push({
      call, pid, from,
      length: bytes === undefined ? undefined : (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8),
      process: tasksOf(this.#trace).at(pid, call)?.process ?? pid,
      isForAll: nr === LINUX_NR.seccomp && (second & FILTER_FLAG_TSYNC) !== 0,
    })
  }

  /** The filters of a task at an event, oldest first: "if fork(2) or clone(2) is allowed … any child processes will be constrained by the same filters". */
  at(pid: number, seq: Seq, depth = 0): readonly InstalledFilter[] {
    const life = this.#installed.length === 0 || depth > DEEPEST ? undefined : tasksOf(this.#trace).at(pid, seq)
    if (life === undefined) return []
    const { born, process } = life
    const parent = process !== pid ? process : (life.images[0]?.parent ?? 0)
    const own = this.#installed.filter(
      (one) => one.from <= seq && one.from > born && (one.pid === pid || (one.isForAll && one.process === process)),
    )
    return [...(parent === 0 || parent === pid ? [] : this.at(parent, born, depth + 1)), ...own]
  }
}

/** The seccomp filters of a trace's tasks, up to date. */
export const seccompOf = derivedFrom((trace) => new SeccompIndex(trace))
