import { Inflate as Inflater } from 'fflate'
import type { Inflate } from '../../engine/link/pack.ts'

/** Deflate cannot grow more than 1032-fold, so a slice of 1 KiB overshoots the limit by 1 MiB at most. */
const SLICE = 1024

/** Inflates slice by slice, so that a bomb is noticed before it has gone off. */
export const inflate: Inflate = (bytes, most) => {
  const parts: Uint8Array[] = []
  let length = 0
  let ended = false
  const inflater = new Inflater((part, final) => {
    parts.push(part)
    length += part.length
    ended ||= final
  })
  try {
    for (let at = 0; at < bytes.length && length <= most; at += SLICE) {
      inflater.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length)
    }
  } catch {
    return 'broken'
  }
  if (length > most) return 'too-big'
  if (!ended) return 'broken'
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
