import type { GuestMemory } from '../kernel/memory.ts'
import { PayloadWriter, type PayloadReader } from './payload.ts'

/** Bytes of a task's memory as they were at an event. */
export interface Capture {
  readonly addr: number
  /** What the call or the request is about; `bytes` keeps at most CAPTURE_BYTES of it. */
  readonly length: number
  readonly bytes: Uint8Array
  readonly origin: Origin
}

/** Why the bytes are in the trace: an argument pointed at them, the call wrote them, the tracer wrote them. */
export type Origin = 'seen' | 'call' | 'tracer'
const ORIGINS: readonly Origin[] = ['seen', 'call', 'tracer']
const codeOf = (origin: Origin): number => (origin === 'seen' ? 0 : origin === 'call' ? 1 : 2)

/** Kept of each stretch: enough for a page of text, small enough that a trace of big writes stays a trace. */
export const CAPTURE_BYTES = 4096

export const writeCaptures = (
  out: PayloadWriter,
  captures: readonly { addr: number; bytes: Uint8Array; length: number; origin: Origin }[],
): void => {
  out.number(captures.length)
  for (const { addr, bytes, length, origin } of captures) {
    out.number(codeOf(origin))
    out.number(addr)
    out.string(bytes, CAPTURE_BYTES, length)
  }
}

/** The captures of one event, whose bytes are taken at the moment they are added. Reused: it allocates nothing. */
export class CaptureWriter {
  readonly #out = new PayloadWriter()
  #count = 0

  reset(): void {
    this.#out.reset()
    this.#count = 0
  }
  /** What lies in memory there; nothing where that is not wholly inside, as far as it would be kept. */
  add(memory: GuestMemory, addr: number, length: number, origin: Origin): void {
    const kept = length < CAPTURE_BYTES ? length : CAPTURE_BYTES
    if (!memory.has(addr, kept)) return
    this.#out.number(codeOf(origin))
    this.#out.number(addr)
    this.#out.stringAt(memory.bytes, addr, kept, length)
    this.#count++
  }
  /** As `writeCaptures`. */
  writeTo(out: PayloadWriter): void {
    out.number(this.#count)
    if (this.#count > 0) out.part(this.#out)
  }
}

export const readCaptures = (from: PayloadReader): readonly Capture[] => {
  const captures: Capture[] = []
  for (let left = from.number(); left > 0 && !from.atEnd; left--) {
    const origin = ORIGINS[from.number()] ?? 'seen'
    const addr = from.number()
    const { length, bytes } = from.string()
    captures.push({ addr, length, bytes, origin })
  }
  return captures
}
