import type { Arg, Row, Show, StructShow } from '../syscall/row.ts'
import { ARCH_LINUX } from '../abi/ptrace.ts'
import { STRUCT_FORMS } from './linux-form.ts'
import { addressText, signoText } from './linux-struct.ts'
import { meaningOf, type Around } from './linux-word.ts'
import { u32At, type Peek } from './peek.ts'
import { FORMS, elementsIn, type Form, type Pointed } from './pointee.ts'
import { rightsShown, timeShown } from './struct.ts'
import { durationText, enumText, flagsText, hexText, plural } from './text.ts'
import { shown, type Region, type Shown, type Value } from './value.ts'
import { lowOf, wordOf, type Word } from './word.ts'

/** Before the call its inputs can be read; after it, if it succeeded, its outputs too. */
export type Phase = 'before' | 'after'

/** One argument of a call. Memory has been read when there is one; what it was is put into words when they are asked for. */
export interface DecodedArg {
  readonly name: string
  /** Its place in `args` of the registers. */
  readonly index: number
  /** The register. */
  readonly raw: bigint
  readonly dir: 'value' | 'in' | 'out'
  /**
   * As strace prints it at this phase: an output that has not been written is an address. Empty for what it leaves out,
   * since the call does not look at it.
   */
  readonly text: string
  /** The same for a narrow column. */
  readonly brief: string
  /**
   * What a script reads as `call.args.NAME`: of a value the number, of an input what it points to, of an
   * output its address (where a tracer pokes), of an iovec its elements.
   */
  readonly value: Value
  /** What an output was found to hold after the call. */
  readonly out?: Value | undefined
  /** More words: what an fd is, what an output holds already. */
  readonly note?: string | undefined
  readonly regions: readonly Region[]
}

/** What is known when an argument is decoded. */
export interface ArgContext {
  readonly peek: Peek
  /** The outputs have been written. */
  readonly written: boolean
  /** The result, where it is known. */
  readonly ret?: number | undefined
  readonly describeFd?: ((fd: number) => string | undefined) | undefined
}

type PointerShow = Extract<Show, { kind: 'pointer' }>

/** The other arguments that an argument's row names, by their places; −1 for none. */
interface Places {
  readonly count: number
  readonly filled: number
}

/** What of a row's arguments is the same for all of its calls. */
interface Plan {
  readonly places: readonly Places[]
  /** Times of files are dates, and so is the time of the real clock; all others count from nowhere. */
  readonly dates: 'always' | 'realtime' | 'never'
  readonly isLinux: boolean
}

const plans = new WeakMap<Row, Plan>()

const planOf = (row: Row): Plan => {
  const known = plans.get(row)
  if (known !== undefined) return known
  const place = (name: string | undefined): number => (name === undefined ? -1 : row.args.findIndex((arg) => arg.name === name))
  const plan: Plan = {
    places: row.args.map(({ show }) =>
      show.kind === 'pointer' ? { count: place(show.struct?.count ?? show.count), filled: place(show.filled) } : { count: -1, filled: -1 },
    ),
    isLinux: row.arch === ARCH_LINUX,
    dates: row.name.includes('filestat') ? 'always' : row.name === 'clock_time_get' ? 'realtime' : 'never',
  }
  plans.set(row, plan)
  return plan
}

/** Every argument of a call, in order. */
export const decodeArgs = (row: Row, words: readonly Word[], context: ArgContext): readonly DecodedArg[] => {
  const { places, dates, isLinux } = planOf(row)
  const around: Around | undefined = isLinux ? { words: words.map(lowOf), peek: context.peek, written: context.written } : undefined
  const date = dates === 'always' || (dates === 'realtime' && lowOf(words[0] ?? 0) === 0)
  const decoded: DecodedArg[] = []
  for (let index = 0; index < row.args.length; index++) {
    const arg = row.args[index] as Arg
    const word = lowOf(words[index] ?? 0)
    const meaning = around && meaningOf(row.name, arg.name, word, around)
    if (meaning !== undefined) {
      decoded.push({ name: arg.name, index, raw: BigInt(word), dir: 'value', regions: NONE, ...meaning })
      continue
    }
    decoded.push(
      arg.show.kind === 'pointer'
        ? decodePointer(arg.name, arg.show, places[index] as Places, index, words, context, date, row)
        : new NumberArg(arg, index, words[index] ?? 0, date, context.describeFd),
    )
  }
  return decoded
}

const NONE: readonly Region[] = []

/** An argument that is a number. A class for its getters: on a prototype they cost nothing until one is asked. */
class NumberArg implements DecodedArg {
  readonly name: string
  readonly index: number
  readonly dir = 'value'
  readonly regions = NONE
  readonly #show: Show
  readonly #word: Word
  readonly #date: boolean
  readonly #describeFd: ArgContext['describeFd']
  #shown: Shown | undefined

  constructor({ name, wasm, show }: Arg, index: number, word: Word, date: boolean, describeFd: ArgContext['describeFd']) {
    this.name = name
    this.index = index
    this.#show = show
    this.#word = wasm === 'i32' ? lowOf(word) : wordOf(word)
    this.#date = date
    this.#describeFd = describeFd
  }

  #shownOnce(): Shown {
    return (this.#shown ??= numberShown(this.#show, this.#word, this.#date))
  }
  get raw(): bigint {
    return BigInt(this.#word)
  }
  get text(): string {
    return this.#shownOnce().text
  }
  get brief(): string {
    return this.#shownOnce().brief
  }
  get value(): Value {
    return this.#shownOnce().value
  }
  get note(): string | undefined {
    if (this.#show.kind === 'fd') return this.#describeFd?.(Number(this.#word))
    return this.#show.kind === 'timestamp' && this.#word !== 0 ? durationText(this.raw) : undefined
  }
}

const numberShown = (show: Show, word: Word, date: boolean): Shown => {
  switch (show.kind) {
    case 'fd':
      // −1 is what programs pass for no descriptor; everything else that large is a mistake, shown as such.
      return shown(word === 0xffff_ffff ? '-1' : `${word}`, Number(word))
    case 'exitcode':
      return shown(`${Number(word) | 0}`, Number(word) | 0)
    case 'offset':
      return offsetShown(typeof word === 'number' ? word : BigInt.asIntN(64, word))
    case 'timestamp':
      return date && word !== 0 ? timeShown(BigInt(word)) : shown(`${word}`, BigInt(word))
    case 'rights':
      return rightsShown(BigInt(word))
    case 'enum':
      return shown(show.xlat === 'linux_signal' ? signoText(Number(word)) : enumText(show.xlat, word), Number(word))
    case 'flags':
      return shown(flagsText(show.xlat, word), Number(word))
    case 'cookie':
    case 'u64':
      return shown(`${word}`, word)
    case 'u32':
      if (show.word === 'int' || show.word === 'pid') return shown(`${Number(word) | 0}`, Number(word) | 0)
      return shown(show.word === 'address' ? addressText(Number(word)) : `${word}`, Number(word))
    case 'size':
      return shown(`${word}`, Number(word))
    case 'pointer':
      return shown(hexText(word), Number(word))
  }
}

const offsetShown = (offset: Word): Shown => shown(`${offset}`, Number(offset))

const decodePointer = (
  name: string,
  show: PointerShow,
  places: Places,
  index: number,
  words: readonly Word[],
  context: ArgContext,
  date: boolean,
  row: Row,
): DecodedArg => {
  const isLinux = row.arch === ARCH_LINUX
  const { peek, written, ret } = context
  const addr = lowOf(words[index] ?? 0)
  const room = places.count < 0 ? 1 : lowOf(words[places.count] ?? 0)
  if (show.struct !== undefined) return structArg(name, show, show.struct, { peek, name, addr, count: room, contents: 0, date, buffer: 0 }, index, words, context, row.name)
  const out = show.dir === 'out' || show.of === 'iovec'
  const filled = !written ? undefined : show.result === true ? ret : places.filled >= 0 ? u32Behind(peek, lowOf(words[places.filled] ?? 0)) : undefined
  const at: Pointed = {
    peek,
    name,
    addr,
    count: elementsIn(show.of, out && show.of !== 'iovec' && filled !== undefined ? Math.min(room, filled) : room),
    contents: !out ? Infinity : written ? (filled ?? Infinity) : -1,
    date,
    buffer: lowOf(words[index + 1] ?? 0),
  }
  // The buffer of argv has no length of its own, and is shown with its pointers.
  const bare = (show.of === 'bytes' && places.count < 0) || (isLinux && addr === 0)
  const form = FORMS[show.of]
  return new PointerArg(index, show, at, bare ? undefined : form.read(at), written, form, isLinux)
}

/** A structure of the table linux. NULL points to nothing, though memory has bytes there (abi.md). */
const structArg = (
  name: string,
  show: PointerShow,
  { of }: StructShow,
  at: Pointed,
  index: number,
  words: readonly Word[],
  { written, ret }: ArgContext,
  call: string,
): DecodedArg => {
  const form = STRUCT_FORMS[of]
  // What the caller's vector holds: of a write all of it, of a read what was moved. Of an ioctl, the request tells.
  const local = name !== 'local_iov' ? -1 : call === 'process_vm_writev' ? Infinity : written ? (ret ?? -1) : -1
  const contents = of === 'ioctl_arg' ? lowOf(words[1] ?? 0) : of === 'iovec' ? local : 0
  const pointed: Pointed = { ...at, contents }
  return new PointerArg(index, show, pointed, at.addr === 0 ? undefined : form.read(pointed), written, form, true)
}

/** How much of an output the call says that it filled. */
const u32Behind = (peek: Peek, addr: number): number | undefined => {
  const bytes = peek(addr, 4)
  return bytes && u32At(bytes, 0)
}

/** An argument that is an address, with what was found there. */
class PointerArg implements DecodedArg {
  readonly name: string
  readonly index: number
  readonly dir: 'in' | 'out'
  readonly #form: Form<unknown>
  readonly #at: Pointed
  /** What its form read there, if anything. */
  readonly #found: unknown
  /** It stands for what it points to; else the address is shown. */
  readonly #stands: boolean
  readonly #written: boolean
  readonly #show: PointerShow

  readonly #isLinux: boolean

  constructor(index: number, show: PointerShow, at: Pointed, found: unknown, written: boolean, form: Form<unknown>, isLinux: boolean) {
    this.name = at.name
    this.index = index
    this.dir = show.of === 'iovec' ? 'out' : show.dir
    this.#form = form
    this.#isLinux = isLinux
    this.#at = at
    this.#found = found
    this.#stands = found !== undefined && (this.dir === 'in' || written || show.of === 'iovec')
    this.#written = written
    this.#show = show
  }

  get raw(): bigint {
    return BigInt(this.#at.addr)
  }
  get text(): string {
    return this.#stands ? this.#form.text(this.#found, this.#at) : this.#address
  }
  get brief(): string {
    return this.#stands ? this.#form.brief(this.#found, this.#at) : this.#address
  }
  get #address(): string {
    return this.#isLinux ? addressText(this.#at.addr) : hexText(this.#at.addr)
  }
  get value(): Value {
    const isAddress = !this.#stands || (this.dir === 'out' && this.#show.of !== 'iovec')
    return isAddress ? this.#at.addr : this.#form.value(this.#found, this.#at)
  }
  get out(): Value | undefined {
    return this.dir === 'out' && this.#written && this.#stands ? this.#form.value(this.#found, this.#at) : undefined
  }
  get note(): string | undefined {
    if (this.#stands || this.#found === undefined || this.#show.count !== undefined || this.#isLinux) return undefined
    const holds = this.#form.value(this.#found, this.#at)
    if (typeof holds === 'object') return undefined
    const text = COUNTS_BYTES.test(this.name) ? plural(BigInt(holds), 'byte') : this.#form.brief(this.#found, this.#at).slice(1, -1)
    return `holds ${text}`
  }
  get regions(): readonly Region[] {
    return this.#found === undefined ? NONE : this.#form.regions(this.#found, this.#at)
  }
}

/** Outputs of preview1 that are a number of bytes. */
const COUNTS_BYTES = /^(nread|nwritten|bufused|[rs]o_datalen|.*_buf_size)$/
