import { ARCH_LINUX, ARCH_PREVIEW1 } from '../abi/ptrace.ts'
import { SIGNAL } from '../abi/signal.ts'
import { encodeUtf8 } from '../kernel/text.ts'
import type { Siginfo } from '../kernel/siginfo.ts'
import type { Task } from '../kernel/task.ts'
import { callTrap, steppedTrap } from '../kernel/step-trap.ts'
import type { Row } from '../syscall/row.ts'
import { CallCapture } from './call-capture.ts'
import { CAPTURE_BYTES, CaptureWriter } from './capture.ts'
import { ArchCode, EventKind, Flag, type Chunk, type RowValues, type Seq, type TableName } from './format.ts'
import { PayloadWriter } from './payload.ts'
import { writeRegisters } from './registers.ts'
import { Table } from './table.ts'
import { Detail } from './trace.ts'

const archCode = (arch: number): number =>
  arch === ARCH_PREVIEW1 ? ArchCode.preview1 : arch === ARCH_LINUX ? ArchCode.linux : ArchCode.none

/** A printed line keeps this much. */
const MAX_TEXT = 65_536

/** A request as the kernel tells it. */
export interface RequestRecord {
  readonly by: number
  readonly pid: number
  readonly nr: number
  readonly addr: number
  readonly data: number
  readonly ret: number
  readonly link: Seq
  readonly line: number
  readonly flags: number
  /** POKE*: what the bytes were and are. */
  readonly poked: { readonly addr: number; readonly was: Uint8Array; readonly is: Uint8Array } | undefined
  /** The tracee whose registers it set. */
  readonly registers: Task | undefined
}

/** A row with every column: all that are appended are of one shape, which is what makes it fast. */
type Draft = { -readonly [K in keyof RowValues]-?: Exclude<RowValues[K], undefined> }

/** What a call was asked that nobody traces, until it is through. */
interface Begun {
  pid: number
  readonly registers: PayloadWriter
  readonly captures: CaptureWriter
}

const FLUSHED: readonly TableName[] = ['outputs', 'events', 'outcomes']

/**
 * The one place that appends to a trace. It keeps the rows until `flush` hands them over, so that a long run
 * holds only what the page has not yet got.
 */
export class Recorder {
  readonly #tables: Record<TableName, Table> = { events: new Table(), outcomes: new Table(256), outputs: new Table(64) }
  /** Rows of each table that were handed over and dropped. */
  #flushed: Record<TableName, { rows: number; bytes: number }> = {
    events: { rows: 0, bytes: 0 }, outcomes: { rows: 0, bytes: 0 }, outputs: { rows: 0, bytes: 0 },
  }
  #payload = new PayloadWriter()
  readonly #captures = new CaptureWriter()
  readonly #call = new CallCapture()
  #now: () => number
  outputBytes = 0

  /** @param now the virtual clock */
  constructor(now: () => number) {
    this.#now = now
  }

  /** Events so far; also the latest seq. */
  get events(): number {
    return this.#flushed.events.rows + this.#tables.events.length
  }

  /**
   * Hands over what has been appended since the last flush, table by table, and forgets it. Output comes first: who reads
   * a trace as it grows can hold it back until the event that it follows is there, and never learns of it too late.
   */
  flush(take: (table: TableName, chunk: Chunk) => void): void {
    for (const name of FLUSHED) {
      const table = this.#tables[name]
      if (table.length === 0) continue
      const flushed = this.#flushed[name]
      const chunk = table.slice(0)
      const { at } = chunk.columns
      for (let i = 0; i < at.length; i++) at[i] = (at[i] as number) + flushed.bytes
      take(name, { ...chunk, first: flushed.rows, base: flushed.bytes })
      flushed.rows += chunk.count
      flushed.bytes += chunk.payload.length
      table.clear()
    }
  }

  /** The run is over: nothing that happens while its guests are put away belongs to it. */
  close(): void {
    this.#closed = true
  }
  #closed = false

  #row: Draft = { kind: EventKind.birth, pid: 0, by: 0, arch: 0, flags: 0, nr: 0, ret: 0, status: 0, link: 0, line: 0, time: 0 }

  /** The next row, at this time, with zeros to be filled in: the same object for all. */
  #draft(kind: EventKind, pid: number): Draft {
    const draft = this.#row
    draft.kind = kind
    draft.pid = pid
    draft.by = draft.arch = draft.flags = draft.nr = draft.ret = draft.status = draft.link = draft.line = 0
    draft.time = this.#now()
    return draft
  }

  #append(draft: Draft, table: TableName = 'events'): Seq {
    if (!this.#closed) {
      this.#tables[table].append(draft, this.#payload.bytes, this.#payload.length)
      if (this.#listener !== undefined && table === 'events') this.#listener(this.events, draft.kind, draft.pid)
    }
    return this.events
  }

  /** Tells of every event as it is appended. */
  listen(listener: (seq: Seq, kind: EventKind, pid: number) => void): void {
    this.#listener = listener
  }
  #listener: ((seq: Seq, kind: EventKind, pid: number) => void) | undefined

  #registers(out: PayloadWriter, task: Task): void {
    writeRegisters(out, task.regs.halves, 0, task.vcpu?.stackPointer() ?? 0, 0)
  }

  /** @param flags Flag.exec of a task that goes on as another program, Flag.thread of a thread */
  birth(task: Task, flags = 0): Seq {
    const p = this.#payload
    p.reset()
    // Of a thread its process, whose pid is its leader's: the rest of the family is known from there.
    p.number((flags & Flag.thread) !== 0 ? task.process.pid : (task.process.parent?.pid ?? 0))
    p.string(encodeUtf8(task.name))
    const { argv } = task.process.image
    p.number(argv.length)
    for (const arg of argv) p.string(arg, CAPTURE_BYTES)
    const draft = this.#draft(EventKind.birth, task.pid)
    draft.flags = flags
    draft.link = task.birthSeq
    return this.#append(draft)
  }

  death(task: Task): Seq {
    this.#takeBegun(task.pid)
    this.#payload.reset()
    const draft = this.#draft(EventKind.death, task.pid)
    draft.status = task.status
    draft.link = task.birthSeq
    return this.#append(draft)
  }

  #writeExit(task: Task, row: Row | undefined, ran: boolean): void {
    const captures = this.#captures
    captures.reset()
    this.#call.exit(task, row, ran, captures)
    captures.writeTo(this.#payload)
  }

  /** A syscall-entry-stop. */
  entry(task: Task, row: Row | undefined, by: number, flags: number, status: number): Seq {
    this.#payload.reset()
    this.#registers(this.#payload, task)
    const captures = this.#captures
    captures.reset()
    this.#call.entry(task, row, captures)
    captures.writeTo(this.#payload)
    const { arch, nr, ret } = task.regs
    task.memory.takeWrites()
    const draft = this.#draft(EventKind.entry, task.pid)
    draft.by = by
    draft.arch = archCode(arch)
    draft.flags = flags
    draft.nr = nr
    draft.ret = ret
    draft.status = status
    return this.#append(draft)
  }

  /** A syscall-exit-stop; `link` is the entry's seq, 0 when that was not shown. */
  exit(task: Task, row: Row | undefined, by: number, flags: number, status: number, link: Seq): Seq {
    this.#payload.reset()
    // An exit whose entry was not shown has to bring its own registers, and one whose arguments no request has changed.
    const own = link === 0 || (flags & Flag.forced) !== 0 ? Flag.registers : 0
    if (own !== 0) this.#registers(this.#payload, task)
    this.#writeExit(task, row, (flags & Flag.skipped) === 0)
    const { arch, nr, ret } = task.regs
    const draft = this.#draft(EventKind.exit, task.pid)
    draft.by = by
    draft.arch = archCode(arch)
    draft.flags = flags | own
    draft.nr = nr
    draft.ret = ret
    draft.status = status
    draft.link = link
    return this.#append(draft)
  }

  /** The end of a call without an exit stop. */
  outcome(task: Task, row: Row | undefined, flags: number, link: Seq): void {
    this.#payload.reset()
    this.#writeExit(task, row, (flags & Flag.skipped) === 0)
    const { arch, nr, ret } = task.regs
    const draft = this.#draft(EventKind.exit, task.pid)
    draft.arch = archCode(arch)
    draft.flags = flags
    draft.nr = nr
    draft.ret = ret
    draft.link = link
    this.#append(draft, 'outcomes')
  }

  /** Before a call that nobody traces is run: what it was asked is kept until `untraced`. */
  beginUntraced(task: Task, row: Row): void {
    // One whose end was not recorded, since somebody began to trace it on the way.
    this.#takeBegun(task.pid)
    const begun = this.#spare.pop() ?? { pid: 0, registers: new PayloadWriter(), captures: new CaptureWriter() }
    begun.pid = task.pid
    begun.registers.reset()
    begun.captures.reset()
    this.#registers(begun.registers, task)
    task.memory.takeWrites()
    this.#call.entry(task, row, begun.captures)
    this.#begun.push(begun)
  }
  /** One for each task that is in a call: mostly the last one's, which is not interrupted. */
  readonly #begun: Begun[] = []
  readonly #spare: Begun[] = []

  #takeBegun(pid: number): Begun | undefined {
    const begun = this.#begun
    for (let i = begun.length - 1; i >= 0; i--) {
      const one = begun[i] as Begun
      if (one.pid !== pid) continue
      if (i === begun.length - 1) begun.pop()
      else begun.splice(i, 1)
      this.#spare.push(one)
      return one
    }
    return undefined
  }

  /** A call that nobody traced, whole; of one that was not begun so, nothing: 0. */
  untraced(task: Task, row: Row, flags: number): Seq {
    const begun = this.#takeBegun(task.pid)
    if (begun === undefined) return 0
    const { registers, captures } = begun
    const p = this.#payload
    p.reset()
    p.part(registers)
    this.#call.exit(task, row, true, captures)
    captures.writeTo(p)
    const { arch, nr, ret } = task.regs
    const draft = this.#draft(EventKind.call, task.pid)
    draft.arch = archCode(arch)
    draft.flags = flags
    draft.nr = nr
    draft.ret = ret
    return this.#append(draft)
  }

  /** A PTRACE_EVENT_* stop; `link` is the entry of the call around it. */
  event(task: Task, by: number, event: number, message: number, status: number, link: Seq): Seq {
    this.#payload.reset()
    const draft = this.#draft(EventKind.event, task.pid)
    draft.by = by
    draft.nr = event
    draft.ret = message | 0
    draft.status = status
    draft.link = link
    return this.#append(draft)
  }

  signal(task: Task, by: number, info: Siginfo, status: number): Seq {
    const p = this.#payload
    p.reset()
    p.number(info.code >>> 0)
    p.number(info.pid)
    p.number((info.fault?.addr ?? info.value) >>> 0)
    if (info.signo === SIGNAL.SIGSYS && info.fault !== undefined) {
      p.number(info.fault.nr >>> 0)
      p.number(info.fault.arch)
    }
    if (info === steppedTrap || info === callTrap) {
      p.number(task.pc)
      p.number(task.func)
    }
    const draft = this.#draft(EventKind.signal, task.pid)
    draft.by = by
    draft.nr = info.signo
    draft.status = status
    return this.#append(draft)
  }

  group(task: Task, by: number, signo: number, status: number): Seq {
    this.#payload.reset()
    const draft = this.#draft(EventKind.group, task.pid)
    draft.by = by
    draft.nr = signo
    draft.status = status
    return this.#append(draft)
  }

  /** A tracer's request and its result (−errno). `link` is the stop that it was made at. */
  request(request: RequestRecord): Seq {
    const { by, pid, nr, addr, data, ret, link, line, flags, poked, registers } = request
    const p = this.#payload
    p.reset()
    p.number(addr >>> 0)
    p.number(data >>> 0)
    if (poked !== undefined) {
      p.number(Detail.poke)
      p.number(poked.addr)
      p.string(poked.was, CAPTURE_BYTES)
      p.string(poked.is, CAPTURE_BYTES)
    } else if (registers !== undefined) {
      p.number(Detail.registers)
      p.number(registers.regs.nr >>> 0)
      p.number(registers.regs.ret >>> 0)
      this.#registers(p, registers)
    } else p.number(Detail.none)
    const draft = this.#draft(EventKind.request, pid)
    draft.by = by
    draft.nr = nr
    draft.ret = ret
    draft.link = link
    draft.line = line
    draft.flags = flags
    return this.#append(draft)
  }

  /** A line that a script printed, or (pid 0) that the machine has to say. */
  print(pid: number, line: number, text: string): Seq {
    this.#payload.reset()
    this.#payload.string(encodeUtf8(text), MAX_TEXT)
    const draft = this.#draft(EventKind.print, pid)
    draft.line = line
    return this.#append(draft)
  }

  /** What the run failed of: the script (`pid`, at `line`), or the run as a whole (pid 0). */
  failure(pid: number, line: number, title: string): Seq {
    this.#payload.reset()
    this.#payload.string(encodeUtf8(title), MAX_TEXT)
    const draft = this.#draft(EventKind.failure, pid)
    draft.line = line
    return this.#append(draft)
  }

  /** Bytes that a guest wrote to its terminal; fd 0 is the echo of what was typed. */
  output(pid: number, fd: number, bytes: Uint8Array, at = 0, length = bytes.length): void {
    if (this.#closed) return
    this.outputBytes += length
    this.#payload.reset()
    this.#payload.stringAt(bytes, at, length, length)
    const draft = this.#draft(EventKind.print, pid)
    draft.nr = fd
    draft.link = this.events
    this.#append(draft, 'outputs')
  }
}
