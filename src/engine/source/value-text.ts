/** How gdb writes characters, texts and floats. */

const ESCAPES: Readonly<Record<number, string>> = { 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r', 27: '\\033', 92: '\\\\' }

const escaped = (code: number, quote: string): string => {
  if (code === quote.charCodeAt(0)) return `\\${quote}`
  const escape = ESCAPES[code]
  if (escape !== undefined) return escape
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : `\\${code.toString(8).padStart(3, '0')}`
}

/** `'x'`, `'\n'`, `'\310'`; a code point of char16_t and char32_t as itself. */
export const characterText = (code: number, prefix: string): string => {
  if (prefix === '' || code < 0x80) return `${prefix}'${escaped(code, "'")}'`
  const shown = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : `\\${code.toString(8)}`
  return `${prefix}'${shown}'`
}

/** Equal characters in a row that are told once. */
const REPEATS = 10

/** A text in quotes; long rows of one character are folded, and `...` says that there is more. */
export const stringText = (bytes: Uint8Array, more: boolean): string => {
  const parts: string[] = []
  let open = ''
  const close = (): void => {
    if (open !== '') parts.push(`"${open}"`)
    open = ''
  }
  for (let at = 0; at < bytes.length; ) {
    const code = bytes[at] as number
    let end = at + 1
    while (end < bytes.length && bytes[end] === code) end++
    if (end - at >= REPEATS) {
      close()
      parts.push(`'${escaped(code, "'")}' <repeats ${end - at} times>`)
    } else open += escaped(code, '"').repeat(end - at)
    at = end
  }
  close()
  return `${parts.length === 0 ? '""' : parts.join(', ')}${more ? '...' : ''}`
}

/** %g of C with so many significant digits. */
const general = (value: number, digits: number): string => {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const exponent = Number(/e([+-]\d+)$/.exec(value.toExponential(digits - 1))?.[1] ?? 0)
  if (exponent < -4 || exponent >= digits) {
    const [mantissa = '', power = '+0'] = value.toExponential(digits - 1).split('e')
    const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa
    return `${short}e${power[0]}${power.slice(1).padStart(2, '0')}`
  }
  const text = value.toFixed(Math.min(100, Math.max(0, digits - 1 - exponent)))
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** A float or double of so many bytes, with as many digits as tell it from its neighbours: %.9g and %.17g. */
export const floatText = (bytes: Uint8Array): string => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (bytes.length === 16) return quadText(view)
  if (bytes.length !== 4 && bytes.length !== 8) return `<${bytes.length}-byte float>`
  const value = bytes.length === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true)
  if (Number.isNaN(value)) return nanText(view)
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  return general(value, bytes.length === 4 ? 9 : 17)
}

const nanText = (view: DataView): string => {
  const bits = view.byteLength === 4 ? BigInt(view.getUint32(0, true)) : view.getBigUint64(0, true)
  const fraction = view.byteLength === 4 ? 23 : 52
  const sign = (bits >> BigInt(view.byteLength * 8 - 1)) === 1n ? '-' : ''
  return `${sign}nan(0x${BigInt.asUintN(fraction, bits).toString(16)})`
}

/** Binary128, which is `long double` in wasm, to the digits of a double. */
const quadText = (view: DataView): string => {
  const high = view.getBigUint64(8, true)
  const exponent = Number((high >> 48n) & 0x7fffn)
  const fraction = (BigInt.asUintN(48, high) << 64n) | view.getBigUint64(0, true)
  const sign = high >> 63n === 1n ? '-' : ''
  if (exponent === 0x7fff) return fraction === 0n ? `${sign}inf` : `${sign}nan(0x${fraction.toString(16)})`
  const value = exponent === 0 ? 0 : (1 + Number(fraction) / 2 ** 112) * 2 ** (exponent - 16383)
  return `${sign}${Number.isFinite(value) ? general(value, 17) : 'inf'}`
}
