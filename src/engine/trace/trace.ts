import { wordOf, type Word } from '../decode/word.ts'
import { SIGNAL } from '../abi/signal.ts'
import { lossyText } from '../kernel/text.ts'
import { readCaptures, type Capture } from './capture.ts'
import { ArchCode, EventKind, Flag, TABLES, type Chunk, type Seq, type TableName } from './format.ts'
import { PayloadReader } from './payload.ts'
import type { PoolCodec } from './pool.ts'
import { ARGS, readRegisters, type Registers } from './registers.ts'
import { Table } from './table.ts'

/** A row of `events`, as a value. The meaning of each field is told in format.ts. */
export interface TraceEvent {
  readonly seq: Seq
  readonly kind: EventKind
  readonly pid: number
  readonly by: number
  readonly arch: number
  readonly flags: number
  readonly nr: number
  readonly ret: number
  readonly status: number
  readonly link: Seq
  readonly line: number
  readonly time: number
}

/** How a call ended: at an exit stop or silently. */
export interface Outcome {
  /** The exit event, or 0 when there was no exit stop. */
  readonly exit: Seq
  readonly ret: number
  readonly flags: number
  readonly time: number
  /** Read from the payload each time. */
  readonly captures: readonly Capture[]
}

/** A request's words and what it changed. */
export interface RequestDetail {
  readonly addr: number
  readonly data: number
  /** POKE*: what the bytes were and are. */
  readonly poked?: { readonly addr: number; readonly was: Uint8Array; readonly is: Uint8Array }
  /** SETREGS, SETREGSET, SET_SYSCALL_INFO: the registers afterwards. */
  readonly registers?: Registers & { readonly nr: number; readonly ret: number }
}

/** What a call was made with. */
export interface Made {
  /** The argument registers as `decode` takes them; those that are missing are 0. */
  readonly words: readonly Word[]
  readonly captures: readonly Capture[]
}

/** What a task was born as. */
export interface Birth {
  readonly seq: Seq
  readonly pid: number
  readonly parent: number
  readonly name: string
  readonly argv: readonly string[]
  /** The death event, or 0 while it lives. */
  readonly death: Seq
}

/** What a trace keeps of a siginfo. */
export interface KeptSiginfo {
  readonly code: number
  /** si_pid. */
  readonly pid: number
  /** si_addr of a fault, si_status of a SIGCHLD, si_value of a queued signal. */
  readonly addr: number
  /** si_syscall and si_arch of a SIGSYS that seccomp sent. */
  readonly refused?: { readonly nr: number; readonly arch: number }
  /** Of a signal in an imported log: its siginfo as it stood there, without the braces. */
  readonly text?: string
  /** Of the trap after a step: the offset in the code section of what is next, and the index of its function. */
  readonly step?: { readonly pc: number; readonly func: number }
}

/** A stretch of output: `seq` is the last event before it. */
export interface Output {
  readonly seq: Seq
  readonly pid: number
  /** 1 stdout, 2 stderr, 0 the tty's echo. */
  readonly fd: number
  readonly bytes: Uint8Array
}

/** Kinds of a request's detail in its payload. */
export const Detail = { none: 0, poke: 1, registers: 2 } as const

/**
 * A trace that grows by chunks, read by seq. What can be derived (which exit belongs to an entry, who was
 * born when) is indexed while chunks arrive, and is nowhere stored.
 */
export class Trace {
  readonly events = new Table(1024, { narrow: true })
  readonly outcomes = new Table(256, { narrow: true })
  readonly outputs = new Table(64, { narrow: true })
  /** By seq: the exit event of an entry, or −1 − the row of its outcome; 0 unknown yet. */
  #ends = new Int32Array(1024)
  #births: Birth[] = []
  #indexed = { events: 0, outcomes: 0 }

  /** The number of events; also the last seq. */
  get length(): number {
    return this.events.length
  }
  /** Tasks in order of birth. */
  get births(): readonly Birth[] {
    return this.#births
  }

  /** Appends what a machine sent; false if it does not follow. */
  append(table: TableName, chunk: Chunk): boolean {
    const ok = this[table].appendChunk(chunk)
    if (ok) this.index()
    return ok
  }

  /** Bytes that the tables take here, without unused room. */
  get heldLength(): number {
    return this.events.heldLength + this.outcomes.heldLength + this.outputs.heldLength
  }

  /**
   * Packs up to `most` blocks of old payloads in each table. Reading them takes longer then, and gives the same.
   * @returns whether there are more
   */
  pack(codec: PoolCodec, most?: number): boolean {
    return TABLES.map((name) => this[name].pack(codec, most)).includes(true)
  }

  /** Indexes rows that were appended directly to the tables. */
  index(): void {
    const { events, outcomes } = this
    if (events.length >= this.#ends.length) {
      const grown = new Int32Array(Math.max(this.#ends.length * 2, events.length + 1))
      grown.set(this.#ends)
      this.#ends = grown
    }
    const c = events.columns
    for (let i = this.#indexed.events; i < events.length; i++) {
      const link = c.link[i] as number
      switch (c.kind[i]) {
        case EventKind.exit:
          if (link > 0 && link <= events.length) this.#ends[link] = i + 1
          break
        case EventKind.birth:
          this.#births.push(this.#readBirth(i))
          break
        case EventKind.death: {
          const at = this.#births.findLastIndex((birth) => birth.pid === c.pid[i])
          const birth = this.#births[at]
          if (birth !== undefined) this.#births[at] = { ...birth, death: i + 1 }
          break
        }
        default:
      }
    }
    this.#indexed.events = events.length
    const o = outcomes.columns
    for (let i = this.#indexed.outcomes; i < outcomes.length; i++) {
      const link = o.link[i] as number
      if (link > 0 && link <= events.length) this.#ends[link] = -1 - i
    }
    this.#indexed.outcomes = outcomes.length
  }

  #readBirth(i: number): Birth {
    const from = new PayloadReader(this.events.payload(i))
    const parent = from.number()
    const name = lossyText(from.string().bytes)
    const argv: string[] = []
    for (let left = from.number(); left > 0 && !from.atEnd; left--) argv.push(lossyText(from.string().bytes))
    return { seq: i + 1, pid: this.events.columns.pid[i] as number, parent, name, argv, death: 0 }
  }

  /** The event, or undefined if there is none with that seq. */
  event(seq: Seq): TraceEvent | undefined {
    const i = seq - 1
    if (!Number.isInteger(i) || i < 0 || i >= this.events.length) return undefined
    const c = this.events.columns
    return {
      seq,
      kind: c.kind[i] as EventKind,
      pid: c.pid[i] as number,
      by: c.by[i] as number,
      arch: c.arch[i] as number,
      flags: c.flags[i] as number,
      nr: c.nr[i] as number,
      ret: c.ret[i] as number,
      status: c.status[i] as number,
      link: c.link[i] as number,
      line: c.line[i] as number,
      time: c.time[i] as number,
    }
  }

  /** The registers at an entry, exit or untraced call. An exit that changed nothing has those of its entry. */
  registers(seq: Seq): Registers {
    const event = this.event(seq)
    if (event !== undefined && this.#hasRegisters(event)) return readRegisters(new PayloadReader(this.events.payload(seq - 1)))
    if (event?.kind === EventKind.exit && event.link > 0 && event.link < seq) return this.registers(event.link)
    return { args: Array.from({ length: ARGS }, () => 0n), pc: 0, sp: 0, fp: 0 }
  }

  #hasRegisters(event: TraceEvent): boolean {
    return (
      event.kind === EventKind.entry || event.kind === EventKind.call ||
      (event.kind === EventKind.exit && (event.flags & Flag.registers) !== 0)
    )
  }

  /** What a call was made with, in one reading: `registers` and `captures` of its first event. */
  made(event: TraceEvent): Made {
    const { seq } = event
    if (!this.#hasRegisters(event)) return { words: this.registers(seq).args.map(wordOf), captures: this.captures(seq) }
    const payload = this.events.payload(seq - 1)
    const from = new PayloadReader(payload)
    const words: number[] = []
    let exact = true
    for (let left = Math.min(from.number(), ARGS); left > 0; left--) {
      const word = from.number()
      words.push(word)
      exact &&= word <= Number.MAX_SAFE_INTEGER
    }
    // pc, sp and fp
    for (let left = 3; left > 0; left--) from.number()
    return {
      words: exact ? words : readRegisters(new PayloadReader(payload)).args.map(wordOf),
      captures: readCaptures(from),
    }
  }

  /** The memory that was captured at a stop, an untraced call, or that a request wrote. */
  captures(seq: Seq): readonly Capture[] {
    const event = this.event(seq)
    if (event === undefined) return []
    const from = new PayloadReader(this.events.payload(seq - 1))
    if (event.kind === EventKind.request) {
      const poked = this.request(seq).poked
      return poked === undefined
        ? []
        : [{ addr: poked.addr, length: poked.is.length, bytes: poked.is, origin: 'tracer' }]
    }
    if (event.kind !== EventKind.entry && event.kind !== EventKind.exit && event.kind !== EventKind.call) return []
    if (this.#hasRegisters(event)) readRegisters(from)
    return readCaptures(from)
  }

  /** Whether the call of an entry is known to have ended, and that without an exit stop. */
  endedSilently(entry: Seq): boolean {
    return (this.#ends[entry] ?? 0) < 0
  }

  /** Whether it is known how the call of an entry ended. */
  hasEnded(entry: Seq): boolean {
    return (this.#ends[entry] ?? 0) !== 0
  }

  /** How the call of an entry ended, or undefined while that is unknown. */
  outcome(entry: Seq): Outcome | undefined {
    const end = this.#ends[entry] ?? 0
    if (end > 0) {
      const exit = this.event(end)
      const captures = (): readonly Capture[] => this.captures(end)
      return exit && { exit: end, ret: exit.ret, flags: exit.flags, time: exit.time, get captures() { return captures() } }
    }
    if (end < 0) {
      const i = -1 - end
      const { outcomes } = this
      const c = outcomes.columns
      return {
        exit: 0,
        ret: c.ret[i] as number,
        flags: c.flags[i] as number,
        time: c.time[i] as number,
        get captures() { return readCaptures(new PayloadReader(outcomes.payload(i))) },
      }
    }
    return undefined
  }

  /** The words of a request and what it changed. */
  request(seq: Seq): RequestDetail {
    const from = new PayloadReader(this.events.payload(seq - 1))
    const addr = from.number()
    const data = from.number()
    switch (from.number()) {
      case Detail.poke: {
        const at = from.number()
        return { addr, data, poked: { addr: at, was: from.string().bytes, is: from.string().bytes } }
      }
      case Detail.registers: {
        // nr and ret may be −1: kept as unsigned, read as signed.
        const nr = from.number() | 0
        const ret = from.number() | 0
        return { addr, data, registers: { ...readRegisters(from), nr, ret } }
      }
      default:
        return { addr, data }
    }
  }

  /** The siginfo of a signal-delivery-stop: si_code, the sender's pid, and what else its kind has. */
  siginfo(seq: Seq): KeptSiginfo {
    const from = new PayloadReader(this.events.payload(seq - 1))
    const [code, pid, addr] = [from.number() | 0, from.number(), from.number()]
    if (from.atEnd) return { code, pid, addr }
    if (this.events.columns.arch[seq - 1] === ArchCode.foreign) return { code, pid, addr, text: lossyText(from.string().bytes) }
    const [first, second] = [from.number(), from.number()]
    return this.events.columns.nr[seq - 1] === SIGNAL.SIGTRAP
      ? { code, pid, addr, step: { pc: first, func: second } }
      : { code, pid, addr, refused: { nr: first | 0, arch: second } }
  }

  /** What a script printed, or its failure. */
  text(seq: Seq): string {
    return lossyText(new PayloadReader(this.events.payload(seq - 1)).string().bytes)
  }

  /** Output row i, from 0. */
  output(i: number): Output {
    const c = this.outputs.columns
    return {
      seq: c.link[i] as number,
      pid: c.pid[i] as number,
      fd: c.nr[i] as number,
      bytes: new PayloadReader(this.outputs.payload(i)).string().bytes,
    }
  }

  /** The birth of a task that lived at `seq`, or the latest one before. */
  birthOf(pid: number, seq: Seq = this.length): Birth | undefined {
    return this.#births.findLast((birth) => birth.pid === pid && birth.seq <= seq) ?? this.#births.find((birth) => birth.pid === pid)
  }
}
