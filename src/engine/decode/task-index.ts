import { LINUX_NR } from '../abi/linux.ts'
import { PTRACE } from '../abi/ptrace.ts'
import { WNOWAIT } from '../abi/wait.ts'
import { lossyText } from '../kernel/text.ts'
import { ArchCode, EventKind, Flag, type Seq } from '../trace/format.ts'
import { PayloadReader } from '../trace/payload.ts'
import type { Trace } from '../trace/trace.ts'
import { isResume } from './answers.ts'
import { peekOf } from './call.ts'
import { derivedFrom, type Derived } from './derived.ts'
import { u32At } from './peek.ts'
import { lowOf } from './word.ts'

/** A program that a task ran: from its birth on, or from an exec on. */
export interface Image {
  readonly seq: Seq
  readonly name: string
  readonly argv: readonly string[]
  /** As its process had it then; 0 for none. */
  readonly parent: number
}

/** One task from its birth to its end. */
export interface Life {
  readonly pid: number
  /** Of a thread, its process; else itself. */
  readonly process: number
  readonly born: Seq
  /** In order; the first is what it was born as. */
  readonly images: readonly Image[]
  /** Its death, 0 while it lives; a leader whose thread called exec goes on under the same pid, and lives again. */
  readonly end: Seq
  readonly status: number
  /** A wait of its parent that took its status; 0 while none has. */
  readonly reaped: Seq
  /** The trace shows calls of it: then it would show a wait, too. */
  readonly speaks: boolean
}

type Draft = { -readonly [K in keyof Life]: Life[K] } & { images: Image[] }

interface Traced {
  readonly from: Seq
  /** 0: nobody. */
  readonly tracer: number
}

/** So many events lie between two notes of where each task stood. */
const STRIDE = 4096

const ATTACHES: ReadonlySet<number> = new Set([PTRACE.PTRACE_ATTACH, PTRACE.PTRACE_SEIZE])

/** Who lived when, as what, traced by whom, and where each one stood: read off a trace once, as it grows. */
class TaskIndex implements Derived {
  readonly #trace: Trace
  #done = { events: 0, outcomes: 0 }
  readonly #lives = new Map<number, Draft[]>()
  readonly #inOrder: Draft[] = []
  readonly #tracers = new Map<number, Traced[]>()
  /** By living task: its latest event that says whether it runs. */
  readonly #latest = new Map<number, Seq>()
  readonly #notes: ReadonlyMap<number, Seq>[] = []

  constructor(trace: Trace) {
    this.#trace = trace
  }

  update(): void {
    const { events, outcomes } = this.#trace
    for (let i = this.#done.events; i < events.length; i++) {
      if (i % STRIDE === 0) this.#notes[i / STRIDE] = new Map(this.#latest)
      this.#take(i)
    }
    const o = outcomes.columns
    for (let i = this.#done.outcomes; i < outcomes.length; i++) {
      const link = o.link[i] as number
      if (o.arch[i] === ArchCode.linux) this.#waited(o.pid[i] as number, o.nr[i] as number, o.ret[i] as number, link, link + 1)
    }
    this.#done = { events: events.length, outcomes: outcomes.length }
  }

  #take(i: number): void {
    const c = this.#trace.events.columns
    const seq = i + 1
    const pid = c.pid[i] as number
    const by = c.by[i] as number
    switch (c.kind[i]) {
      case EventKind.birth:
        this.#birth(i, pid)
        this.#latest.set(pid, seq)
        break
      case EventKind.death: {
        const life = this.#lives.get(pid)?.at(-1)
        if (life !== undefined) {
          life.end = seq
          life.status = c.status[i] as number
        }
        this.#latest.delete(pid)
        break
      }
      case EventKind.entry:
      case EventKind.exit:
      case EventKind.event:
      case EventKind.signal:
      case EventKind.group:
        this.#latest.set(pid, seq)
        this.#traces(pid, seq, by)
        break
      case EventKind.call:
        this.#latest.set(pid, seq)
        break
      case EventKind.request:
        this.#request(seq, pid, by, c.nr[i] as number, c.ret[i] as number)
        break
      default:
    }
    if (c.kind[i] === EventKind.entry || c.kind[i] === EventKind.call) {
      const life = this.#lives.get(pid)?.at(-1)
      if (life !== undefined) life.speaks = true
    }
    if (c.arch[i] === ArchCode.linux && (c.kind[i] === EventKind.exit || c.kind[i] === EventKind.call)) {
      const call = c.kind[i] === EventKind.call ? seq : (c.link[i] as number) || seq
      this.#waited(pid, c.nr[i] as number, c.ret[i] as number, call, seq)
    }
  }

  #birth(i: number, pid: number): void {
    const c = this.#trace.events.columns
    const flags = c.flags[i] as number
    const from = new PayloadReader(this.#trace.events.payload(i))
    const parent = from.number()
    const name = lossyText(from.string().bytes)
    const argv: string[] = []
    for (let left = from.number(); left > 0 && !from.atEnd; left--) argv.push(lossyText(from.string().bytes))
    const image: Image = { seq: i + 1, name, argv, parent }
    const lives = this.#lives.get(pid)
    const before = lives?.at(-1)
    if ((flags & Flag.exec) !== 0 && before !== undefined) {
      before.images.push(image)
      before.end = 0
      before.status = 0
      // "The thread ID of the executing thread is changed to the process ID": its own is gone. ptrace(2)
      const caller = this.#inOrder.find(({ born }) => born === c.link[i])
      if (caller !== undefined && caller !== before) {
        caller.end = i + 1
        caller.reaped = i + 1
        this.#latest.delete(caller.pid)
      }
      return
    }
    const process = (flags & Flag.thread) !== 0 && parent !== 0 ? (this.#lives.get(parent)?.at(-1)?.process ?? parent) : pid
    const life: Draft = { pid, process, born: i + 1, images: [image], end: 0, status: 0, reaped: 0, speaks: false }
    if (lives === undefined) this.#lives.set(pid, [life])
    else lives.push(life)
    this.#inOrder.push(life)
  }

  #request(seq: Seq, pid: number, by: number, nr: number, ret: number): void {
    if (ret < 0) return
    if (nr === PTRACE.PTRACE_TRACEME) this.#traces(by, seq, this.#lives.get(by)?.at(-1)?.images.at(-1)?.parent ?? 0)
    else if (ATTACHES.has(nr)) this.#traces(pid, seq, by)
    else if (nr === PTRACE.PTRACE_DETACH) this.#traces(pid, seq, 0)
    if ((isResume(nr) || nr === PTRACE.PTRACE_LISTEN) && this.#latest.has(pid)) this.#latest.set(pid, seq)
  }

  #traces(pid: number, from: Seq, tracer: number): void {
    const known = this.#tracers.get(pid)
    if ((known?.at(-1)?.tracer ?? 0) === tracer) return
    if (known === undefined) this.#tracers.set(pid, [{ from, tracer }])
    else known.push({ from, tracer })
  }

  /** wait4(2) and waitid(2): what answers after a task's death takes its status, and the task is no zombie any more. */
  #waited(pid: number, nr: number, ret: number, call: Seq, at: Seq): void {
    let child = nr === LINUX_NR.wait4 ? ret : 0
    if (nr === LINUX_NR.waitid && ret === 0) {
      const { words } = this.#trace.made(this.#trace.event(call) ?? NO_EVENT)
      const info = peekOf(this.#trace, call, 'after')(lowOf(words[2] ?? 0), 16)
      if (info !== undefined && (lowOf(words[3] ?? 0) & WNOWAIT) === 0) child = u32At(info, 12)
    }
    const life = child > 0 ? this.#lives.get(child)?.at(-1) : undefined
    if (life === undefined || life.end === 0 || life.reaped !== 0) return
    const parent = life.images.at(-1)?.parent
    if (parent === (this.#lives.get(pid)?.at(-1)?.process ?? pid)) life.reaped = Math.max(at, life.end)
  }

  /** The tasks in order of birth. */
  get lives(): readonly Life[] {
    return this.#inOrder
  }
  /** The life of a pid at an event, or its latest one before; undefined if it had none yet. */
  at(pid: number, seq: Seq): Life | undefined {
    return this.#lives.get(pid)?.findLast(({ born }) => born <= seq)
  }
  /** Who traces a task, as far as stops and requests tell; 0 for nobody. A tracer's end lets its tracees go. */
  tracerAt(pid: number, seq: Seq): number {
    const tracer = this.#tracers.get(pid)?.findLast(({ from }) => from <= seq)?.tracer ?? 0
    return tracer !== 0 && isOver(this.at(tracer, seq), seq) ? 0 : tracer
  }
  /** The latest event of each task that says whether it runs: a stop, a resume, a call, a birth. */
  latestAt(seq: Seq): ReadonlyMap<number, Seq> {
    const last = Math.min(seq, this.#done.events)
    const note = Math.floor(Math.max(0, last - 1) / STRIDE)
    const latest = new Map(this.#notes[note])
    const c = this.#trace.events.columns
    for (let i = note * STRIDE; i < last; i++) {
      const kind = c.kind[i] as number
      const pid = c.pid[i] as number
      if ((kind >= EventKind.birth && kind <= EventKind.group) || kind === EventKind.call) latest.set(pid, i + 1)
      else if (kind === EventKind.request && (c.ret[i] as number) >= 0) {
        const nr = c.nr[i] as number
        if (latest.has(pid) && (isResume(nr) || nr === PTRACE.PTRACE_LISTEN)) latest.set(pid, i + 1)
      }
    }
    return latest
  }
}
export type { TaskIndex }

const NO_EVENT = { seq: 0, kind: EventKind.birth, pid: 0, by: 0, arch: 0, flags: 0, nr: 0, ret: 0, status: 0, link: 0, line: 0, time: 0 } as const

/** Has a task ended by then? One that the trace never saw has not. */
export const isOver = (life: Life | undefined, seq: Seq): boolean =>
  life !== undefined && life.end > 0 && life.end <= seq

/** What a task was at an event: the program that it ran. */
export const imageAt = (life: Life, seq: Seq): Image =>
  life.images.findLast((image) => image.seq <= seq) ?? (life.images[0] as Image)

/** The lives of a trace, up to date. */
export const tasksOf = derivedFrom((trace) => new TaskIndex(trace))
