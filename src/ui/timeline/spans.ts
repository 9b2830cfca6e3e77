import { Flag, type Seq } from '../../engine/trace/format.ts'
import { bytes, floats, words } from './growing.ts'
import { Bit } from './mip.ts'

/** What is known of a call. Until `outcome`, nothing after its entry may be drawn. */
export const Known = {
  /** It ended, and how */
  outcome: 1,
  /** It was not run */
  skipped: 2,
  error: 4,
  /** It had to wait */
  waited: 8,
  /** Registers or memory were written by the tracer during it */
  poked: 16,
  /** It has no stop at all: nobody traced it */
  untraced: 32,
  /** An event stop happened inside */
  inside: 64,
  /** It is a restart of an interrupted call */
  restarted: 128,
} as const

/** Calls in columns. A span is an index; its anchor is its entry or, without one, its exit. */
export class Spans {
  /** 0: there was no entry stop */
  readonly entry = words(256)
  /** 0: there was no exit stop, or not yet */
  readonly exit = words(256)
  /** The last request that resumed it; 0: none yet */
  readonly resumed = words(256)
  readonly cls = bytes(256)
  readonly flags = bytes(256)
  /** The result register; as unsigned, see `result` */
  readonly ret = words(256)
  /** When it ended, virtual ns; −1: not yet */
  readonly endTime = floats(256)

  get length(): number {
    return this.cls.length
  }
  /** The event at which it is found. */
  anchor(span: number): Seq {
    return (this.entry.values[span] as number) || (this.exit.values[span] as number)
  }
  /** The result register, signed. */
  result(span: number): number {
    return (this.ret.values[span] as number) | 0
  }
  is(span: number, known: number): boolean {
    return ((this.flags.values[span] as number) & known) !== 0
  }
  set(span: number, known: number): void {
    this.flags.values[span] = (this.flags.values[span] as number) | known
  }

  begin(by: 'entry' | 'exit' | 'untraced', seq: Seq, cls: number, flags: number): number {
    this.entry.push(by === 'exit' ? 0 : seq)
    this.exit.push(by === 'exit' ? seq : 0)
    this.resumed.push(0)
    this.ret.push(0)
    this.endTime.push(-1)
    this.flags.push((by === 'untraced' ? Known.untraced : 0) | ((flags & Flag.restarted) !== 0 ? Known.restarted : 0))
    return this.cls.push(cls)
  }
  /** Takes the outcome; answers what the summaries must know of it. */
  finish(span: number, ret: number, flags: number, time: number): number {
    const skipped = (flags & Flag.skipped) !== 0
    const error = (flags & Flag.error) !== 0
    this.ret.values[span] = ret
    this.endTime.values[span] = time
    this.set(
      span,
      Known.outcome |
        (skipped ? Known.skipped : 0) |
        (error ? Known.error : 0) |
        ((flags & Flag.waited) !== 0 ? Known.waited : 0),
    )
    return (skipped ? Bit.skip : 0) | (error ? Bit.error : 0)
  }
  resumedAt(span: number, seq: Seq): void {
    this.resumed.values[span] = seq
  }
  /** Its task died in it. */
  endsAt(span: number, time: number): void {
    this.endTime.values[span] = time
  }
}
