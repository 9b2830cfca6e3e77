/** The lines of the console: what guests wrote to their terminal, what scripts printed, what the engine has to say. */
import { signalName } from '../../engine/abi/signal.ts'
import { WIFSIGNALED, WTERMSIG } from '../../engine/abi/wait.ts'
import { lossyText } from '../../engine/kernel/text.ts'
import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'

export type Stream = 'stdout' | 'stderr' | 'echo' | 'script' | 'engine'

/** A stretch of a line, written at one event. */
export interface Piece {
  readonly seq: Seq
  readonly text: string
  /** Where it begins among the bytes that were written there, and how many bytes it is of them; 0 of what nobody wrote. */
  readonly from: number
  readonly length: number
}

export interface ConsoleLine {
  /** The event that began the line: the entry of the call, where that was traced. */
  readonly seq: Seq
  /** 0: nobody's. */
  readonly pid: number
  readonly stream: Stream
  readonly pieces: readonly Piece[]
  /** No newline has come yet. */
  readonly open: boolean
  /** A script's failure. */
  readonly failed: boolean
}

interface OpenPiece extends Piece {
  seq: Seq
}
interface OpenLine extends ConsoleLine {
  seq: Seq
  readonly pieces: OpenPiece[]
  open: boolean
  /** Bytes of a UTF-8 sequence that a write cut in two. */
  rest: Uint8Array
}

const STREAMS: Readonly<Record<number, Stream>> = { 0: 'echo', 1: 'stdout', 2: 'stderr' }
/** How far back the call that wrote is looked for. */
const NEAR = 200

/** How many bytes at the end may be the beginning of a UTF-8 sequence that is not all there: 0 to 3. */
const unfinished = (bytes: Uint8Array): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  if (a.length === 0) return b
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

/** Follows a trace as it grows. A line that is not finished goes on when its task writes to its stream again. */
export class ConsoleLines {
  #lines: OpenLine[] = []
  #open = new Map<string, OpenLine>()
  /** Written by calls of tasks that have no event yet: one that nobody traces has it when it is over. */
  #early = new Map<number, (OpenLine | OpenPiece)[]>()
  /** Of a task's latest write: the event before it, and its bytes so far. */
  #writes = new Map<number, { readonly after: Seq; readonly fd: number; bytes: number }>()
  #outputs = 0
  #events = 0

  get lines(): readonly ConsoleLine[] {
    return this.#lines
  }

  /** Takes what is new in the trace; answers whether there was anything. */
  follow(trace: Trace): boolean {
    const [outputs, events] = [this.#outputs, this.#events]
    for (;;) {
      // What was written after event n comes before event n + 1.
      const { link } = trace.outputs.columns
      while (this.#outputs < trace.outputs.length && (link[this.#outputs] as number) <= this.#events) {
        this.#output(trace, this.#outputs++)
      }
      if (this.#events >= trace.length) break
      this.#event(trace, ++this.#events)
    }
    return this.#outputs !== outputs || this.#events !== events
  }

  #event(trace: Trace, seq: Seq): void {
    const { kind, status, pid } = trace.events.columns
    const task = pid[seq - 1] as number
    const early = this.#early.get(task)
    if (early !== undefined) {
      if (kind[seq - 1] === EventKind.call) for (const one of early) one.seq = seq
      this.#early.delete(task)
    }
    if (kind[seq - 1] === EventKind.print) this.#whole('script', seq, task, trace.text(seq), false)
    else if (kind[seq - 1] === EventKind.failure) this.#whole('script', seq, task, trace.text(seq), true)
    else if (kind[seq - 1] === EventKind.death && WIFSIGNALED(status[seq - 1] as number)) {
      this.#whole('engine', seq, task, `killed by ${signalName(WTERMSIG(status[seq - 1] as number))}`, false)
    }
  }

  #whole(stream: Stream, seq: Seq, pid: number, text: string, failed: boolean): void {
    for (const line of text.split('\n')) this.#lines.push({ seq, pid, stream, pieces: [{ seq, text: line, from: 0, length: 0 }], open: false, failed, rest: NONE })
  }

  #output(trace: Trace, i: number): void {
    const { seq: after, pid, fd, bytes } = trace.output(i)
    const stream = STREAMS[fd] ?? 'stdout'
    const key = `${pid} ${stream}`
    const call = stream === 'echo' ? after : writerOf(trace, pid, after)
    const seq = call === 0 ? after : call
    const early: (OpenLine | OpenPiece)[] = []
    let line = this.#open.get(key)
    let left = joined(line?.rest ?? NONE, bytes)
    let from = this.#begins(pid, fd, after, bytes.length) - (line?.rest.length ?? 0)
    while (left.length > 0) {
      const newline = left.indexOf(10)
      const cut = newline === -1 ? left.length - unfinished(left) : newline
      if (line === undefined) {
        line = { seq, pid, stream, pieces: [], open: true, failed: false, rest: NONE }
        this.#lines.push(line)
        early.push(line)
      }
      if (cut > 0) {
        const piece = { seq, text: lossyText(left.subarray(0, cut)), from: Math.max(0, from), length: cut }
        line.pieces.push(piece)
        early.push(piece)
      }
      if (newline === -1) {
        line.rest = left.slice(cut)
        this.#open.set(key, line)
        break
      }
      line.open = false
      line.rest = NONE
      line = undefined
      this.#open.delete(key)
      left = left.subarray(newline + 1)
      from += newline + 1
    }
    if (call === 0) this.#early.set(pid, [...(this.#early.get(pid) ?? []), ...early])
  }

  /** Where these bytes begin among all that the same call writes: it may write them vector by vector. */
  #begins(pid: number, fd: number, after: Seq, length: number): number {
    const write = this.#writes.get(pid)
    const goesOn = write?.after === after && write.fd === fd
    const begin = goesOn ? write.bytes : 0
    this.#writes.set(pid, { after, fd, bytes: begin + length })
    return begin
  }
}

const NONE = new Uint8Array(0)

/** The entry of the task's call that wrote what came after `after`; 0 where that call has no event, or not yet. */
const writerOf = (trace: Trace, pid: number, after: Seq): Seq => {
  const c = trace.events.columns
  for (let i = after - 1; i >= Math.max(0, after - NEAR); i--) {
    if (c.pid[i] !== pid) continue
    if (c.kind[i] === EventKind.entry) return i + 1
    if (c.kind[i] === EventKind.exit || c.kind[i] === EventKind.call) return 0
  }
  return 0
}

/** C0 controls and DEL as the pictures of Unicode's "Control Pictures"; a tab stays, and so does everything else. */
export const pictures = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  text.replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, (c) => String.fromCharCode(c === '\u007f' ? 0x2421 : 0x2400 + c.charCodeAt(0)))
