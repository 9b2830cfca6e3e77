import {
  PTRACE,
  PTRACE_EVENT,
  PTRACE_SYSVM_SKIPCALL,
  PTRACE_SYSVM_SKIPEXIT,
  PTRACE_VM_MASK,
  PTRACE_VM_SKIPCALL,
  PTRACE_VM_SKIPEXIT,
} from '../abi/ptrace.ts'
import { EventKind, type Seq } from '../trace/format.ts'
import { PayloadReader } from '../trace/payload.ts'
import type { Trace } from '../trace/trace.ts'
import { derivedFrom, type Derived } from './derived.ts'

/** Requests that end a stop, ptrace(2): those that restart the tracee. */
const RESUMES: ReadonlySet<number> = new Set([
  PTRACE.PTRACE_CONT,
  PTRACE.PTRACE_SINGLESTEP,
  PTRACE.PTRACE_SYSCALL,
  PTRACE.PTRACE_SYSEMU,
  PTRACE.PTRACE_SYSEMU_SINGLESTEP,
  PTRACE.PTRACE_SINGLEBLOCK,
  PTRACE.PTRACE_DETACH,
  PTRACE.PTRACE_SYSVM,
])
const EMULATES: ReadonlySet<number> = new Set([PTRACE.PTRACE_SYSEMU, PTRACE.PTRACE_SYSEMU_SINGLESTEP])
const SETS_REGISTERS: ReadonlySet<number> = new Set([
  PTRACE.PTRACE_POKEUSER,
  PTRACE.PTRACE_SETREGS,
  PTRACE.PTRACE_SETREGSET,
  PTRACE.PTRACE_SET_SYSCALL_INFO,
])
const POKES: ReadonlySet<number> = new Set([PTRACE.PTRACE_POKETEXT, PTRACE.PTRACE_POKEDATA, PTRACE.PTRACE_POKECHARDATA])

export const isResume = (request: number): boolean => RESUMES.has(request)
export const isEmulation = (request: number): boolean => EMULATES.has(request)

/** The tags of PTRACE_VM in a request's `addr`; the older constants of PTRACE_SYSVM translated (ptrace-vm.md). */
export const tagsOf = (request: number, addr: number): number => {
  if (request === PTRACE.PTRACE_DETACH || !RESUMES.has(request)) return 0
  if (request !== PTRACE.PTRACE_SYSVM) return addr & PTRACE_VM_MASK
  return (
    (addr & PTRACE_SYSVM_SKIPCALL ? PTRACE_VM_SKIPCALL : 0) | (addr & PTRACE_SYSVM_SKIPEXIT ? PTRACE_VM_SKIPEXIT : 0)
  )
}

/** What was done to a tracee while it stood at a stop. */
export const Mark = {
  /** The tracer set the result register. */
  result: 1,
  /** It set the number of the call. */
  number: 2,
  /** It set arguments, or other registers. */
  registers: 4,
  /** It wrote memory. */
  memory: 8,
  /** seccomp reported the call to the tracer. */
  seccomp: 16,
  /** A PTRACE_EVENT_EXIT stop came in the call. */
  exited: 32,
} as const

/** Which request answered a stop, which led to it, and what the tracer did meanwhile. */
class Answers implements Derived {
  #trace: Trace
  #done = { events: 0, outcomes: 0 }
  /** By entry: its exit event, or −1 − the row of its outcome; 0 unknown. */
  #ends = new Int32Array(1024)
  #resumes = new Uint32Array(1024)
  #leaders = new Uint32Array(1024)
  #marks = new Uint8Array(1024)
  #tags = new Uint8Array(1024)
  #latest = new Map<number, Seq>()

  constructor(trace: Trace) {
    this.#trace = trace
  }

  update(): void {
    const { events, outcomes } = this.#trace
    if (this.#done.events === events.length && this.#done.outcomes === outcomes.length) return
    this.#grow(events.length + 1)
    const c = events.columns
    for (let i = this.#done.events; i < events.length; i++) {
      const seq = i + 1
      const pid = c.pid[i] as number
      const link = c.link[i] as number
      const nr = c.nr[i] as number
      switch (c.kind[i]) {
        case EventKind.request:
          if ((c.ret[i] as number) < 0) break
          if (RESUMES.has(nr)) {
            this.#tags[seq] = tagsOf(nr, new PayloadReader(events.payload(i)).number())
            if (link < seq && this.#resumes[link] === 0) this.#resumes[link] = seq
            this.#latest.set(pid, seq)
          } else if (link > 0 && link < seq)
            this.#marks[link] = (this.#marks[link] as number) | this.#markOf(seq, nr, link)
          break
        case EventKind.event:
          if (link > 0 && link < seq) {
            const mark =
              nr === PTRACE_EVENT.PTRACE_EVENT_SECCOMP
                ? Mark.seccomp
                : nr === PTRACE_EVENT.PTRACE_EVENT_EXIT
                  ? Mark.exited
                  : 0
            this.#marks[link] = (this.#marks[link] as number) | mark
          }
          this.#leaders[seq] = this.#latest.get(pid) ?? 0
          break
        case EventKind.exit:
          if (link > 0 && link < seq) this.#ends[link] = seq
          this.#leaders[seq] = this.#latest.get(pid) ?? 0
          break
        case EventKind.entry:
        case EventKind.signal:
        case EventKind.group:
          this.#leaders[seq] = this.#latest.get(pid) ?? 0
          break
        case EventKind.birth:
          this.#latest.delete(pid)
          break
        default:
      }
    }
    const o = outcomes.columns
    for (let i = this.#done.outcomes; i < outcomes.length; i++) {
      const link = o.link[i] as number
      if (link > 0 && link <= events.length) this.#ends[link] = -1 - i
    }
    this.#done = { events: events.length, outcomes: outcomes.length }
  }

  #markOf(seq: Seq, nr: number, stop: Seq): number {
    if (POKES.has(nr)) return Mark.memory
    if (!SETS_REGISTERS.has(nr)) return 0
    const registers = this.#trace.request(seq).registers
    if (registers === undefined) return Mark.registers
    const c = this.#trace.events.columns
    const before = this.#trace.registers(stop).args
    return (
      (registers.ret === c.ret[stop - 1] ? 0 : Mark.result)
      | (registers.nr === c.nr[stop - 1] ? 0 : Mark.number)
      | (registers.args.every((value, k) => value === before[k]) ? 0 : Mark.registers)
    )
  }

  #grow(room: number): void {
    if (room <= this.#tags.length) return
    const length = Math.max(room, this.#tags.length * 2)
    const grown = <A extends Uint8Array | Uint32Array | Int32Array>(to: A, from: A): A => {
      to.set(from)
      return to
    }
    this.#ends = grown(new Int32Array(length), this.#ends)
    this.#resumes = grown(new Uint32Array(length), this.#resumes)
    this.#leaders = grown(new Uint32Array(length), this.#leaders)
    this.#marks = grown(new Uint8Array(length), this.#marks)
    this.#tags = grown(new Uint8Array(length), this.#tags)
  }

  /** How an entry ended: its exit event, −1 − the row of its outcome, or 0 while that is unknown. */
  endOf(entry: Seq): number {
    return this.#ends[entry] ?? 0
  }
  /** The request that resumed a stop, or 0 while it is undecided. */
  resumeOf(stop: Seq): Seq {
    return stop > 0 ? (this.#resumes[stop] ?? 0) : 0
  }
  /** The request whose resume led to a stop, or 0 (attached, born traced). */
  leaderOf(stop: Seq): Seq {
    return this.#leaders[stop] ?? 0
  }
  /** Bits of `Mark`. */
  marksOf(stop: Seq): number {
    return this.#marks[stop] ?? 0
  }
  /** The PTRACE_VM tags of a request that resumes. */
  tagsOf(request: Seq): number {
    return this.#tags[request] ?? 0
  }
}
export type { Answers }

/** The answers in a trace, up to date. */
export const answersOf = derivedFrom((trace) => new Answers(trace))
