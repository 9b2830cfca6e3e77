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

/** A pointer, and what is known of what it points to. */
export interface Pointed {
  readonly peek: Peek
  readonly name: string
  readonly addr: number
  /** Elements, as many as `elementsIn` says; bytes where an element is one. */
  readonly count: number
  /** Of a vector of buffers: may their contents be shown, and how many bytes of them altogether. */
  readonly contents: number
  /** Is a timestamp a date, or a length of time? */
  readonly date: boolean
  /** Where the strings of a list of pointers are. */
  readonly buffer: number
}

/** How what pointers point to is read, and how what was found is put into words: only those that somebody asks for. */
export interface Form<T> {
  /** The only one that looks at memory, which may change. Undefined if it is not known, or not inside memory. */
  read(at: Pointed): T | undefined
  text(found: T, at: Pointed): string
  brief(found: T, at: Pointed): string
  value(found: T, at: Pointed): Value
  regions(found: T, at: Pointed): readonly Region[]
}

/** Parts that may have been kept of a range too long to be kept whole: CAPTURE_BYTES, and what is shown. */
const PARTS = [4096, SHOWN] as const

/** More than this of an argument is not handed out as a value: a script can read memory itself. */
const MOST_VALUE = 1 << 16

/** The beginning of a buffer, as much of it as is known and wanted. */
const start = (peek: Peek, addr: number, length: number, most = MOST_VALUE): Uint8Array | undefined =>
  peekStart(peek, addr, Math.min(length, most), PARTS)

const readStart = ({ peek, addr, count }: Pointed): Uint8Array | undefined => start(peek, addr, count)
const readElements =
  (of: Pointee) =>
  ({ peek, addr, count }: Pointed): Uint8Array | undefined =>
    peek(addr, count * ELEMENT_BYTES[of])

const countedRegion = (_: Uint8Array, { name, addr, count }: Pointed): readonly Region[] => [{ label: name, addr, length: count }]
const bytesRegion = ({ length }: Uint8Array, { name, addr }: Pointed): readonly Region[] => [{ label: name, addr, length }]

const PATH: Form<Uint8Array> = {
  read: readStart,
  // As strace: a path is shown whole.
  text: (bytes, { count }) => quote(bytes, count, 4096),
  brief: (bytes, { count }) => quoteBriefly(bytes, count, 48),
  value: (bytes) => lossyText(bytes),
  regions: countedRegion,
}

const BYTES: Form<Uint8Array> = {
  read: readStart,
  text: (bytes, { count }) => quote(bytes, count),
  brief: (bytes, { count }) => quoteBriefly(bytes, count, 12),
  value: (bytes) => bytes.slice(),
  regions: countedRegion,
}

const DIRENTS: Form<Uint8Array> = {
  read: readStart,
  text: (bytes) => direntsShown(bytes).text,
  brief: (bytes) => direntsShown(bytes).brief,
  value: (bytes) => direntsShown(bytes).value,
  regions: countedRegion,
}

/** One buffer of a vector; its bytes, as far as they are known and may be shown. */
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
const pieceValue = ({ buf, length, bytes }: Piece): Value =>
  bytes === undefined ? { buf, buf_len: length } : { buf, buf_len: length, text: lossyText(bytes) }

/** The first texts of a list in brackets, and what stands for those left out. */
const listText = <T>(all: readonly T[], most: number, rest: string, textOf: (one: T) => string): string => {
  let text = '['
  for (let i = 0; i < all.length && i < most; i++) text += i === 0 ? textOf(all[i] as T) : `, ${textOf(all[i] as T)}`
  return all.length > most ? `${text}, ${rest}]` : `${text}]`
}

/** iovec and ciovec. Field names are readv(2)'s in text and the witx's in the value. */
export const VECTOR: Form<readonly Piece[]> = {
  read({ peek, addr, count, contents }) {
    const vector = peek(addr, count * 8)
    if (vector === undefined) return undefined
    const pieces: Piece[] = []
    let rest = contents
    let room = MOST_VALUE
    for (let i = 0; i < count; i++) {
      const buf = u32At(vector, 8 * i)
      const length = u32At(vector, 8 * i + 4)
      const inside = Math.max(0, Math.min(length, rest))
      rest -= inside
      const bytes = contents < 0 ? undefined : start(peek, buf, inside, Math.max(room, SHOWN))
      room = Math.max(0, room - (bytes?.length ?? 0))
      pieces.push({ buf, length, inside, bytes })
    }
    return pieces
  },
  text: (pieces) => listText(pieces, SHOWN, '...', pieceText),
  brief: (pieces) => listText(pieces, 3, '…', (piece) => pieceBrief(piece, pieces.length > 1 ? 8 : 16)),
  value: (pieces) => pieces.map(pieceValue),
  regions: (pieces, { name, addr, contents }) => {
    const regions: Region[] = [{ label: name, addr, length: 8 * pieces.length }]
    for (const [i, { buf, length, inside }] of pieces.entries()) {
      if (contents < 0) regions.push({ label: `${name}[${i}].buf`, addr: buf, length })
      else if (inside > 0) regions.push({ label: `${name}[${i}].buf`, addr: buf, length: inside })
    }
    return regions
  },
}

type Show = (bytes: Uint8Array, at: Pointed) => Shown

/** Elements of a fixed size, as a list: there is a count of them. */
const elements = (of: Pointee, show: Show): Form<Uint8Array> => {
  const size = ELEMENT_BYTES[of]
  const each = (bytes: Uint8Array, at: Pointed): readonly Shown[] =>
    Array.from({ length: at.count }, (_, i) => show(bytes.subarray(i * size, (i + 1) * size), at))
  return {
    read: readElements(of),
    text: (bytes, at) => listText(each(bytes, at), SHOWN, '...', ({ text }) => text),
    brief: (bytes, at) => listText(each(bytes, at), 3, '…', ({ brief }) => brief),
    value: (bytes, at) => each(bytes, at).map(({ value }) => value),
    regions: bytesRegion,
  }
}

const readOne =
  (of: Pointee) =>
  ({ peek, addr }: Pointed): Uint8Array | undefined =>
    peek(addr, ELEMENT_BYTES[of])

/** A structure behind a pointer: printed without brackets, as strace prints a `struct stat *`. */
const structure = (of: Pointee, show: Show): Form<Uint8Array> => ({
  read: readOne(of),
  text: (bytes, at) => show(bytes, at).text,
  brief: (bytes, at) => show(bytes, at).brief,
  value: (bytes, at) => show(bytes, at).value,
  regions: bytesRegion,
})

/** A number behind a pointer: in brackets. */
const number = (of: Pointee, show: Show): Form<Uint8Array> => ({
  ...structure(of, show),
  text: (bytes, at) => `[${show(bytes, at).text}]`,
  brief: (bytes, at) => `[${show(bytes, at).brief}]`,
})

/** The strings of argv and environ: a list of pointers into a buffer. */
const STRINGS: Form<readonly Uint8Array[]> = {
  read({ peek, addr, buffer }) {
    const extent = stringsExtent(peek, addr, buffer)
    const pool = extent.count > 0 ? peek(buffer, extent.bytes) : undefined
    if (pool === undefined) return undefined
    const strings: Uint8Array[] = []
    for (let from = 0; from < pool.length;) {
      const to = pool.indexOf(0, from)
      strings.push(pool.subarray(from, to))
      from = to + 1
    }
    return strings
  },
  text: (strings) => listText(strings, SHOWN, '...', (bytes) => quote(bytes)),
  brief: (strings) => listText(strings, 3, '…', (bytes) => quoteBriefly(bytes, bytes.length, 16)),
  value: (strings) => strings.map((bytes) => lossyText(bytes)),
  // A pointer for each string.
  regions: (strings, { name, addr }) => [{ label: name, addr, length: 4 * strings.length }],
}

const u16Shown: Show = (bytes) => shown(`${u16At(bytes, 0)}`, u16At(bytes, 0))
const u32Shown: Show = (bytes) => shown(`${u32At(bytes, 0)}`, u32At(bytes, 0))
const u64Shown: Show = (bytes) => shown(`${u64At(bytes, 0)}`, u64At(bytes, 0))

/** By what is pointed to. Nobody besides a form knows what it reads: it is handed back to it as it came. */
export const FORMS: Readonly<Record<Pointee, Form<unknown>>> = {
  path: PATH,
  bytes: BYTES,
  ciovec: VECTOR,
  iovec: VECTOR,
  pointers: STRINGS,
  dirent: DIRENTS,
  size: number('size', u32Shown),
  u32: number('u32', u32Shown),
  fd: number('fd', u32Shown),
  u16: number('u16', u16Shown),
  roflags: number('roflags', (bytes) => shown(flagsText('roflags', u16At(bytes, 0)), u16At(bytes, 0))),
  filesize: number('filesize', u64Shown),
  timestamp: number('timestamp', (bytes, at) => (at.date ? timeShown(u64At(bytes, 0)) : u64Shown(bytes, at))),
  fdstat: structure('fdstat', fdstatShown),
  filestat: structure('filestat', filestatShown),
  prestat: structure('prestat', prestatShown),
  subscription: elements('subscription', subscriptionShown),
  event: elements('event', eventShown),
}

/** How many elements of a count are looked at. */
export const elementsIn = (of: Pointee, count: number): number =>
  ELEMENT_BYTES[of] === 1 ? count : Math.min(count, MOST_ELEMENTS)
