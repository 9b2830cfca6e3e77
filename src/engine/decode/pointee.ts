import { lossyText } from '../kernel/text.ts'
import type { Pointee } from '../syscall/row.ts'
import { ELEMENT_BYTES, MOST_ELEMENTS, stringsExtent } from './layout.ts'
import { peekStart, u16At, u32At, u64At, type Peek } from './peek.ts'
import {
  direntsShown,
  eventShown,
  fdstatShown,
  filestatShown,
  prestatShown,
  subscriptionShown,
  timeShown,
} from './struct.ts'
import { SHOWN, flagsText, hexText, quote, quoteBriefly } from './text.ts'
import { shown, type Region, type Shown, type Value } from './value.ts'

/** What a pointer's decoder knows. */
export interface Pointed {
  readonly peek: Peek
  readonly name: string
  readonly addr: number
  /** Elements, or bytes where an element is one. */
  readonly count: number
  /** Of a vector of buffers: may their contents be shown, and how many bytes of them altogether. */
  readonly contents: number
  /** Is a timestamp a date, or a length of time? */
  readonly date: boolean
  /** Where the strings of a list of pointers are. */
  readonly buffer: number
}

/** What was found behind a pointer. */
export interface Found extends Shown {
  readonly regions: readonly Region[]
}

/** Parts that may have been kept of a range too long to be kept whole: CAPTURE_BYTES, and what is shown. */
const PARTS = [4096, SHOWN] as const

/** More than this of an argument is not handed out as a value: a script can read memory itself. */
const MOST_VALUE = 1 << 16

const start = ({ peek }: Pointed, addr: number, length: number, most = MOST_VALUE): Uint8Array | undefined =>
  peekStart(peek, addr, Math.min(length, most), PARTS)

const pathFound = (at: Pointed): Found | undefined => {
  const bytes = start(at, at.addr, at.count)
  return (
    bytes && {
      // As strace: a path is shown whole.
      text: quote(bytes, at.count, 4096),
      get brief() {
        return quoteBriefly(bytes, at.count, 48)
      },
      value: lossyText(bytes),
      regions: [{ label: at.name, addr: at.addr, length: at.count }],
    }
  )
}

const bytesFound = (at: Pointed): Found | undefined => {
  const bytes = start(at, at.addr, at.count)
  return (
    bytes && {
      text: quote(bytes, at.count),
      get brief() {
        return quoteBriefly(bytes, at.count, 12)
      },
      value: bytes.slice(),
      regions: [{ label: at.name, addr: at.addr, length: at.count }],
    }
  )
}

/** One buffer of a vector, as far as its bytes are known and may be shown. */
interface Piece {
  readonly buf: number
  readonly length: number
  readonly inside: number
  readonly bytes: Uint8Array | undefined
}

const pieceText = ({ buf, length, inside, bytes }: Piece): string =>
  `{iov_base=${bytes === undefined ? hexText(buf) : quote(bytes, inside)}, iov_len=${length}}`
const pieceBrief = ({ buf, length, inside, bytes }: Piece, most: number): string =>
  `{${bytes === undefined ? hexText(buf) : quoteBriefly(bytes, inside, most)}, ${length}}`

/** iovec and ciovec. Field names are readv(2)'s in text and the witx's in the value. */
const vectorsFound = (at: Pointed): Found | undefined => {
  const vector = at.peek(at.addr, at.count * 8)
  if (vector === undefined) return undefined
  const pieces: Piece[] = []
  const value: Value[] = []
  const regions: Region[] = [{ label: at.name, addr: at.addr, length: vector.length }]
  let rest = at.contents
  let room = MOST_VALUE
  for (let i = 0; i < at.count; i++) {
    const buf = u32At(vector, 8 * i)
    const length = u32At(vector, 8 * i + 4)
    const inside = Math.max(0, Math.min(length, rest))
    rest -= inside
    const bytes = at.contents < 0 ? undefined : start(at, buf, inside, Math.max(room, SHOWN))
    room = Math.max(0, room - (bytes?.length ?? 0))
    if (i < SHOWN) pieces.push({ buf, length, inside, bytes })
    value.push(bytes === undefined ? { buf, buf_len: length } : { buf, buf_len: length, text: lossyText(bytes) })
    if (at.contents < 0 || inside > 0)
      regions.push({ label: `${at.name}[${i}].buf`, addr: buf, length: at.contents < 0 ? length : inside })
  }
  const texts = pieces.map(pieceText)
  if (at.count > SHOWN) texts.push('...')
  return {
    text: `[${texts.join(', ')}]`,
    get brief() {
      const briefs = pieces.slice(0, 3).map((piece) => pieceBrief(piece, at.count > 1 ? 8 : 16))
      return `[${[...briefs, ...(at.count > 3 ? ['…'] : [])].join(', ')}]`
    },
    value,
    regions,
  }
}

/** Elements of a fixed size: one in brackets if it is a number, a list if there is a count. */
const elementsFound = (
  at: Pointed,
  of: Pointee,
  show: (bytes: Uint8Array, from: number) => Shown,
): Found | undefined => {
  const size = ELEMENT_BYTES[of]
  const bytes = at.peek(at.addr, at.count * size)
  if (bytes === undefined) return undefined
  const all: Shown[] = []
  for (let i = 0; i < at.count; i++) all.push(show(bytes.subarray(i * size, (i + 1) * size), 0))
  const texts = all.slice(0, SHOWN).map((one) => one.text)
  if (all.length > SHOWN) texts.push('...')
  const briefs = all.slice(0, 3).map((one) => one.brief)
  if (all.length > 3) briefs.push('…')
  return {
    text: `[${texts.join(', ')}]`,
    brief: `[${briefs.join(', ')}]`,
    value: all.map((one) => one.value),
    regions: [{ label: at.name, addr: at.addr, length: bytes.length }],
  }
}

/** A structure behind a pointer: printed without brackets, as strace prints a `struct stat *`. */
const structFound = (at: Pointed, of: Pointee, show: (bytes: Uint8Array) => Shown): Found | undefined => {
  const bytes = at.peek(at.addr, ELEMENT_BYTES[of])
  return bytes && { ...show(bytes), regions: [{ label: at.name, addr: at.addr, length: bytes.length }] }
}

const numberFound = (at: Pointed, of: Pointee, show: (bytes: Uint8Array) => Shown): Found | undefined => {
  const bytes = at.peek(at.addr, ELEMENT_BYTES[of])
  if (bytes === undefined) return undefined
  const { text, brief, value } = show(bytes)
  return { text: `[${text}]`, brief: `[${brief}]`, value, regions: [{ label: at.name, addr: at.addr, length: bytes.length }] }
}

const stringsFound = (at: Pointed): Found | undefined => {
  const extent = stringsExtent(at.peek, at.addr, at.buffer)
  const pool = extent.count > 0 ? at.peek(at.buffer, extent.bytes) : undefined
  if (pool === undefined) return undefined
  const strings: Uint8Array[] = []
  for (let from = 0; from < pool.length;) {
    const to = pool.indexOf(0, from)
    strings.push(pool.subarray(from, to))
    from = to + 1
  }
  const texts = strings.slice(0, SHOWN).map((bytes) => quote(bytes))
  if (strings.length > SHOWN) texts.push('...')
  const briefs = strings.slice(0, 3).map((bytes) => quoteBriefly(bytes, bytes.length, 16))
  if (strings.length > 3) briefs.push('…')
  return {
    text: `[${texts.join(', ')}]`,
    brief: `[${briefs.join(', ')}]`,
    value: strings.map((bytes) => lossyText(bytes)),
    regions: [{ label: at.name, addr: at.addr, length: 4 * extent.count }],
  }
}

const u32Shown = (bytes: Uint8Array): Shown => shown(`${u32At(bytes, 0)}`, u32At(bytes, 0))
const u64Shown = (bytes: Uint8Array): Shown => shown(`${u64At(bytes, 0)}`, u64At(bytes, 0))

const FIND: Readonly<Record<Pointee, (at: Pointed) => Found | undefined>> = {
  path: pathFound,
  bytes: bytesFound,
  ciovec: vectorsFound,
  iovec: vectorsFound,
  pointers: stringsFound,
  dirent: (at) => {
    const bytes = start(at, at.addr, at.count)
    return bytes && { ...direntsShown(bytes), regions: [{ label: at.name, addr: at.addr, length: at.count }] }
  },
  size: (at) => numberFound(at, 'size', u32Shown),
  u32: (at) => numberFound(at, 'u32', u32Shown),
  fd: (at) => numberFound(at, 'fd', u32Shown),
  u16: (at) => numberFound(at, 'u16', (bytes) => shown(`${u16At(bytes, 0)}`, u16At(bytes, 0))),
  roflags: (at) => numberFound(at, 'roflags', (bytes) => shown(flagsText('roflags', u16At(bytes, 0)), u16At(bytes, 0))),
  filesize: (at) => numberFound(at, 'filesize', u64Shown),
  timestamp: (at) => numberFound(at, 'timestamp', (bytes) => (at.date ? timeShown(u64At(bytes, 0)) : u64Shown(bytes))),
  fdstat: (at) => structFound(at, 'fdstat', fdstatShown),
  filestat: (at) => structFound(at, 'filestat', filestatShown),
  prestat: (at) => structFound(at, 'prestat', prestatShown),
  subscription: (at) => elementsFound(at, 'subscription', subscriptionShown),
  event: (at) => elementsFound(at, 'event', eventShown),
}

/** What is behind a pointer, or undefined if that is not known (or not inside memory). */
export const findPointed = (of: Pointee, at: Pointed): Found | undefined =>
  FIND[of]({ ...at, count: ELEMENT_BYTES[of] === 1 ? at.count : Math.min(at.count, MOST_ELEMENTS) })
