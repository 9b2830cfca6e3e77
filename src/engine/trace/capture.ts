import type { PayloadReader, PayloadWriter } from './payload.ts'

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

/** Kept of each stretch: enough for a page of text, small enough that a trace of big writes stays a trace. */
export const CAPTURE_BYTES = 4096

export const writeCaptures = (
  out: PayloadWriter,
  captures: readonly { addr: number; bytes: Uint8Array; length: number; origin: Origin }[],
): void => {
  out.number(captures.length)
  for (const { addr, bytes, length, origin } of captures) {
    out.number(ORIGINS.indexOf(origin))
    out.number(addr)
    out.string(bytes, CAPTURE_BYTES, length)
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
