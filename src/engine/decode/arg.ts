import type { Arg, Row, Show } from '../syscall/row.ts'
import { u32At, type Peek } from './peek.ts'
import { findPointed, type Pointed } from './pointee.ts'
import { rightsShown, timeShown } from './struct.ts'
import { durationText, enumText, flagsText, hexText, plural } from './text.ts'
import { shown, type Region, type Shown, type Value } from './value.ts'

/** Before the call its inputs can be read; after it, if it succeeded, its outputs too. */
export type Phase = 'before' | 'after'

/** One argument of a call. */
export interface DecodedArg {
  readonly name: string
  /** Its place in `args` of the registers. */
  readonly index: number
  /** The register. */
  readonly raw: bigint
  readonly dir: 'value' | 'in' | 'out'
  /** As strace prints it at this phase: an output that has not been written is an address. */
  readonly text: string
  /** The same for a narrow column. */
  readonly brief: string
  /**
   * What a script reads as `call.args.NAME`: of a value the number, of an input what it points to, of an
   * output its address (where a tracer pokes), of an iovec its elements.
   */
  readonly value: Value
  /** What an output was found to hold after the call. */
  readonly out?: Value
  /** More words: what an fd is, what an output holds already. */
  readonly note?: string
  readonly regions: readonly Region[]
}

/** What is known when an argument is decoded. */
export interface ArgContext {
  readonly peek: Peek
  /** The outputs have been written. */
  readonly written: boolean
  readonly describeFd?: ((fd: number) => string | undefined) | undefined
}

const u32 = (raw: bigint): number => Number(BigInt.asUintN(32, raw))

const argNamed = (row: Row, name: string | undefined): number => row.args.findIndex((arg) => arg.name === name)

/** Every argument of a call, in order. `args` are the registers as unsigned 64-bit numbers. */
export const decodeArgs = (row: Row, args: readonly bigint[], context: ArgContext): readonly DecodedArg[] => {
  const date = isDate(row, args)
  return row.args.map((arg, index) =>
    arg.show.kind === 'pointer'
      ? decodePointer(row, arg.show, index, args, context, date)
      : decodeScalar(arg, index, args[index] ?? 0n, date, context),
  )
}

const decodeScalar = (
  { name, wasm, show }: Arg,
  index: number,
  register: bigint,
  date: boolean,
  context: ArgContext,
): DecodedArg => {
  const raw = wasm === 'i32' ? BigInt.asUintN(32, register) : BigInt.asUintN(64, register)
  const { text, brief, value } = scalarShown(show, raw, date)
  const note = scalarNote(show, raw, context)
  return { name, index, raw, dir: 'value', text, brief, value, ...(note === undefined ? {} : { note }), regions: [] }
}

const scalarShown = (show: Show, raw: bigint, date: boolean): Shown => {
  switch (show.kind) {
    case 'fd':
      // −1 is what programs pass for no descriptor; everything else that large is a mistake, shown as such.
      return shown(raw === 0xffff_ffffn ? '-1' : `${raw}`, Number(raw))
    case 'exitcode':
      return shown(`${Number(raw) | 0}`, Number(raw) | 0)
    case 'offset':
      return shown(`${BigInt.asIntN(64, raw)}`, Number(BigInt.asIntN(64, raw)))
    case 'timestamp':
      return date && raw !== 0n ? timeShown(raw) : shown(`${raw}`, raw)
    case 'rights':
      return rightsShown(raw)
    case 'enum':
      return shown(enumText(show.xlat, raw), Number(raw))
    case 'flags':
      return shown(flagsText(show.xlat, raw), Number(raw))
    case 'cookie':
    case 'u64':
      return shown(`${raw}`, raw <= 0x1f_ffff_ffff_ffffn ? Number(raw) : raw)
    case 'size':
    case 'u32':
      return shown(`${raw}`, Number(raw))
    case 'pointer':
      return shown(hexText(raw), Number(raw))
  }
}

const scalarNote = (show: Show, raw: bigint, { describeFd }: ArgContext): string | undefined =>
  show.kind === 'fd'
    ? describeFd?.(Number(raw))
    : show.kind === 'timestamp' && raw !== 0n
      ? durationText(raw)
      : undefined

/** Times of files are dates, and so is the time of the real clock; all others count from nowhere. */
const isDate = (row: Row, args: readonly bigint[]): boolean =>
  row.name.includes('filestat') || (row.name === 'clock_time_get' && u32(args[0] ?? 0n) === 0)

type PointerShow = Extract<Show, { kind: 'pointer' }>

const decodePointer = (
  row: Row,
  show: PointerShow,
  index: number,
  args: readonly bigint[],
  { peek, written }: ArgContext,
  date: boolean,
): DecodedArg => {
  const name = (row.args[index] as Arg).name
  const addr = u32(args[index] ?? 0n)
  const dir = show.of === 'iovec' ? 'out' : show.dir
  const room = show.count === undefined ? 1 : u32(args[argNamed(row, show.count)] ?? 0n)
  const filled = written ? filledBy(row, show, args, peek) : undefined
  const out = dir === 'out'
  const pointed: Pointed = {
    peek,
    name,
    addr,
    count: out && show.of !== 'iovec' && filled !== undefined ? Math.min(room, filled) : room,
    contents: !out ? Infinity : written ? (filled ?? Infinity) : -1,
    date,
    buffer: u32(args[index + 1] ?? 0n),
  }
  // The buffer of argv has no length of its own, and is shown with its pointers.
  const bare = show.of === 'bytes' && show.count === undefined
  const found = bare ? undefined : findPointed(show.of, pointed)
  const base = { name, index, raw: BigInt(addr), dir }
  const regions = found?.regions ?? []
  if (found !== undefined && (!out || written || show.of === 'iovec')) {
    const value = out && show.of !== 'iovec' ? addr : found.value
    return {
      name, index, raw: base.raw, dir,
      text: found.text,
      get brief() {
        return found.brief
      },
      value,
      ...(out && written ? { out: found.value } : {}),
      regions,
    }
  }
  const note =
    out && !written && show.count === undefined && found !== undefined && typeof found.value !== 'object'
      ? `holds ${COUNTS_BYTES.test(name) ? plural(BigInt(found.value), 'byte') : found.brief.slice(1, -1)}`
      : undefined
  return {
    ...base,
    text: hexText(addr),
    brief: hexText(addr),
    value: addr,
    ...(note === undefined ? {} : { note }),
    regions,
  }
}

/** Outputs of preview1 that are a number of bytes. */
const COUNTS_BYTES = /^(nread|nwritten|bufused|[rs]o_datalen|.*_buf_size)$/

/** How much of an output the call says that it filled: what its `filled` argument points to. */
const filledBy = (row: Row, show: PointerShow, args: readonly bigint[], peek: Peek): number | undefined => {
  if (show.filled === undefined) return undefined
  const bytes = peek(u32(args[argNamed(row, show.filled)] ?? 0n), 4)
  return bytes && u32At(bytes, 0)
}
