/** Pieces of the WebAssembly text format (core specification, "Text Format"). */

/** `$name` where there is one, in quotes if need be; otherwise the index. */
export const identifier = (name: string | undefined, index: number): string => {
  if (name === undefined || name === '') return `${index}`
  return /^[\w.+*/\\^~=<>!?@#$%&|:'`-]+$/.test(name) ? `$${name}` : `$${JSON.stringify(name)}`
}

/** A float of 4 or 8 bytes, in as few digits as tell it from its neighbours; a NaN with its payload. */
export const floatConstant = (bytes: Uint8Array): string => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const narrow = bytes.length === 4
  const value = narrow ? view.getFloat32(0, true) : view.getFloat64(0, true)
  if (Number.isNaN(value)) return nan(view, narrow)
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  if (Object.is(value, -0)) return '-0'
  return narrow ? shortest32(value) : `${value}`
}

/** A float32 has at most nine digits that matter. */
const shortest32 = (value: number): string => {
  for (let digits = 1; digits < 9; digits++) {
    const text = `${Number(value.toPrecision(digits))}`
    if (Math.fround(Number(text)) === value) return text
  }
  return `${Number(value.toPrecision(9))}`
}

const nan = (view: DataView, narrow: boolean): string => {
  const bits = narrow ? BigInt(view.getUint32(0, true)) : view.getBigUint64(0, true)
  const width = narrow ? 23 : 52
  const payload = BigInt.asUintN(width, bits)
  const sign = bits >> BigInt(narrow ? 31 : 63) === 1n ? '-' : ''
  return payload === 1n << BigInt(width - 1) ? `${sign}nan` : `${sign}nan:0x${payload.toString(16)}`
}

/** A vector as four numbers, which is how `wasm-objdump` and others show one. */
export const vectorConstant = (bytes: Uint8Array): string => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return `i32x4 ${[0, 4, 8, 12].map((at) => `0x${view.getUint32(at, true).toString(16).padStart(8, '0')}`).join(' ')}`
}
