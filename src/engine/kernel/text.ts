/** UTF-8 (RFC 3629), without the platform's coders: what a guest sees must not depend on a browser. */

const REPLACEMENT = 0xfffd

/** Texts of ASCII, which most are, are made of so many bytes at once. */
const CHUNK = 4096

/** Bytes below 0x80, of which the caller has made sure, as text. */
export const asciiText = (bytes: Uint8Array): string => {
  if (bytes.length <= CHUNK) return String.fromCharCode.apply(null, bytes as unknown as number[])
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) text += asciiText(bytes.subarray(at, at + CHUNK))
  return text
}

const isAscii = (bytes: Uint8Array): boolean => {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] as number) >= 0x80) return false
  return true
}

/** The bytes of a text of ASCII; undefined for any other. */
const asciiBytes = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0x80) return undefined
    bytes[i] = code
  }
  return bytes
}

/** Encodes; a lone surrogate becomes U+FFFD, as with TextEncoder. */
export const encodeUtf8 = (text: string): Uint8Array<ArrayBuffer> => asciiBytes(text) ?? encodeAny(text)

const encodeAny = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(text.length * 3)
  let at = 0
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i)
    if (code < 0x80) {
      bytes[at++] = code
      continue
    }
    if (code >= 0xd800 && code < 0xe000) {
      const low = code < 0xdc00 ? text.charCodeAt(i + 1) : 0
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00)
        i++
      } else code = REPLACEMENT
    }
    if (code < 0x800) bytes[at++] = 0xc0 | (code >> 6)
    else {
      if (code < 0x1_0000) bytes[at++] = 0xe0 | (code >> 12)
      else {
        bytes[at++] = 0xf0 | (code >> 18)
        bytes[at++] = 0x80 | ((code >> 12) & 0x3f)
      }
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f)
    }
    bytes[at++] = 0x80 | (code & 0x3f)
  }
  return bytes.slice(0, at)
}

/**
 * One character from `at`: its code point and length; −1 with the length of the maximal ill-formed part
 * that one U+FFFD stands for (Unicode 16, 3.9, "U+FFFD Substitution of Maximal Subparts").
 */
const decodeOne = (bytes: Uint8Array, at: number): { readonly code: number; readonly length: number } => {
  const lead = bytes[at] ?? 0
  if (lead < 0x80) return { code: lead, length: 1 }
  const more = lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : 0
  if (more === 0) return { code: -1, length: 1 }
  // The second byte's range excludes over-long forms, surrogates and what is above U+10FFFF.
  let low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  let high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  let code = lead & (0x3f >> more)
  for (let k = 1; k <= more; k++) {
    const byte = bytes[at + k]
    if (byte === undefined || byte < low || byte > high) return { code: -1, length: k }
    code = (code << 6) | (byte & 0x3f)
    low = 0x80
    high = 0xbf
  }
  return { code, length: more + 1 }
}

const decode = (bytes: Uint8Array, strict: boolean): string | undefined => {
  if (isAscii(bytes)) return asciiText(bytes)
  let text = ''
  let codes: number[] = []
  for (let at = 0; at < bytes.length; ) {
    const { code, length } = decodeOne(bytes, at)
    if (code < 0 && strict) return undefined
    codes.push(code < 0 ? REPLACEMENT : code)
    at += length
    if (codes.length === 4096) {
      text += String.fromCodePoint(...codes)
      codes = []
    }
  }
  return text + String.fromCodePoint(...codes)
}

/** Decodes; ill-formed parts become U+FFFD exactly as with TextDecoder, but a BOM is kept. */
export const lossyText = (bytes: Uint8Array): string => decode(bytes, false) ?? ''

/** Decodes; undefined if the bytes are not well-formed UTF-8. */
export const strictText = (bytes: Uint8Array): string | undefined => decode(bytes, true)
