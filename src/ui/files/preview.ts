import { strictText } from '../../engine/kernel/text.ts'

/** How much of a file is shown, in bytes: the rest can be downloaded. */
export const SHOWN = 16 * 1024

const HEX_ROW = 16

/** The beginning of a file as text; undefined if it is none. A character that the end cuts is left out. */
export const textOf = (bytes: Uint8Array): string | undefined => {
  const shown = bytes.subarray(0, SHOWN)
  if (shown.includes(0)) return undefined
  for (let cut = 0; cut < Math.min(4, shown.length + 1); cut++) {
    const text = strictText(shown.subarray(0, shown.length - cut))
    if (text !== undefined) return text
    if (bytes.length <= SHOWN) return undefined
  }
  return undefined
}

/** The beginning of a file as `hexdump -C` writes it. */
export const hexOf = (bytes: Uint8Array): string => {
  const lines: string[] = []
  for (let at = 0; at < Math.min(bytes.length, SHOWN); at += HEX_ROW) {
    const row = bytes.subarray(at, Math.min(at + HEX_ROW, SHOWN))
    const hex = Array.from(row, (byte) => byte.toString(16).padStart(2, '0'))
    const left = hex.slice(0, 8).join(' ').padEnd(23)
    const right = hex.slice(8).join(' ').padEnd(23)
    const text = Array.from(row, (byte) => (byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('')
    lines.push(`${at.toString(16).padStart(5, '0')}  ${left}  ${right}  ${text}`)
  }
  return lines.join('\n')
}
