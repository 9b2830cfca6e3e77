import { Refused } from './problem.ts'

/** First bytes of what people take for a module, and what to call it. */
const SIGNATURES: readonly (readonly [bytes: readonly number[], what: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive'],
  [[0x1f, 0x8b], 'compressed with gzip'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'compressed with zstd'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'compressed with xz'],
  [[0x7f, 0x45, 0x4c, 0x46], 'an ELF file, a native Linux program'],
  [[0x4d, 0x5a], 'a Windows program'],
  [[0xcf, 0xfa, 0xed, 0xfe], 'a macOS program'],
  [[0x42, 0x43, 0xc0, 0xde], 'LLVM bitcode'],
  [[0x21, 0x3c, 0x61, 0x72, 0x63, 0x68, 0x3e], 'a library archive (.a)'],
  [[0x23, 0x21], 'a script'],
]

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte)

/** Text is what has no control characters but tabs and ends of lines in its first kilobyte. */
const isText = (bytes: Uint8Array): boolean =>
  bytes
    .subarray(0, 1024)
    .every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x0c)

function describe(bytes: Uint8Array): string {
  for (const [start, what] of SIGNATURES) if (startsWith(bytes, start)) return what
  if (!isText(bytes)) return 'some other binary file'
  const text = new TextDecoder().decode(bytes.subarray(0, 1024)).trimStart().toLowerCase()
  if (text.startsWith('<!doctype html') || text.startsWith('<html')) return 'an HTML page (was the address right?)'
  if (text.startsWith('<')) return 'an XML or HTML document'
  if (text.startsWith('(module') || text.startsWith('(component') || text.startsWith(';;')) {
    return 'WebAssembly text; assemble it first, for example with wat2wasm'
  }
  if (text.startsWith('version https://git-lfs')) return 'a Git LFS pointer, not the file itself'
  return 'text'
}

/** Refuses what isn't a WebAssembly core module of version 1, and says what it is. */
export function refuseForeign(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new Refused('not-wasm', 'This file is empty.')
  if (!startsWith(bytes, [0x00, 0x61, 0x73, 0x6d]))
    throw new Refused('not-wasm', `This is not a WebAssembly module: it is ${describe(bytes)}.`, 0)
  if (bytes.length < 8)
    throw new Refused('not-wasm', 'This WebAssembly module ends in its first eight bytes.', bytes.length)
  const version = bytes[4]! | (bytes[5]! << 8)
  const layer = bytes[6]! | (bytes[7]! << 8)
  if (layer === 1) {
    throw new Refused(
      'component',
      'This is a WebAssembly component (WASI 0.2 or later). Build it for wasm32-wasip1, as a core module.',
      4,
    )
  }
  if (layer !== 0 || version !== 1)
    throw new Refused('version', `This is WebAssembly version ${version}, layer ${layer}; version 1 is supported.`, 4)
}
