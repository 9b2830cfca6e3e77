/** Below so many bytes a loop is faster than a call of the platform, which makes a view first. */
const FEW = 64

/** Copies `length` bytes from one array, at `fromAt`, into another, at `toAt`. Both must have them. */
export const copyBytes = (from: Uint8Array, fromAt: number, to: Uint8Array, toAt: number, length: number): void => {
  if (length > FEW) to.set(from.subarray(fromAt, fromAt + length), toAt)
  else for (let i = 0; i < length; i++) to[toAt + i] = from[fromAt + i] as number
}
