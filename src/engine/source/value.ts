import { ATE } from './dwarf.ts'
import { bytesAt, type FrameState, type Place } from './expression.ts'
import { characterText, floatText, stringText } from './value-text.ts'
import { bare, sizeOf, typeName, type CType, type Member } from './type.ts'

/** A value as a debugger shows it: a line of text, and what it is made of. */
export interface Value {
  readonly name: string
  /** As C writes it. */
  readonly type: string
  /** As gdb prints it. */
  readonly text: string
  /** Where it is, if it is in memory. */
  readonly address?: number
  /** In bytes. */
  readonly size: number
  /** Members, elements, or what a pointer points to (`*p`). */
  readonly children: readonly Value[]
}

/** gdb's `print elements`, which limits arrays and texts alike. */
const ELEMENTS = 200
/** Equal elements in a row that gdb's `print repeats` folds. */
const REPEATS = 10
/** How deep structs in structs are printed. */
const DEPTH = 4
/** Bytes of the longest number: a long double. */
const SCALAR = 16
/** Values made for one variable. */
const NODES = 2000

const OPTIMISED = '<optimized out>'
const unreadable = (address: number): string => `<error: Cannot access memory at address 0x${address.toString(16)}>`

/** Bytes, little-endian, as a number without sign. */
const unsignedOf = (bytes: Uint8Array): bigint => {
  let value = 0n
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] as number)
  return value
}

const isSigned = (encoding: number): boolean => encoding === ATE.signed || encoding === ATE.signed_char

const isCharacter = (type: CType): boolean => {
  const inner = bare(type)
  return inner.kind === 'base' && inner.size === 1 && (inner.encoding === ATE.signed_char || inner.encoding === ATE.unsigned_char)
}

class Printer {
  readonly #state: FrameState
  #left = NODES

  constructor(state: FrameState) {
    this.#state = state
  }

  print(name: string, type: CType, place: Place | undefined, depth: number): Value {
    const size = sizeOf(type)
    const head = { name, type: typeName(type), size, ...(place?.kind === 'memory' ? { address: place.address } : {}) }
    if (--this.#left < 0) return { ...head, text: '...', children: [] }
    if (place === undefined) return { ...head, text: OPTIMISED, children: [] }
    const inner = bare(type)
    if (size > 0 && place.kind === 'memory' && this.#state.memory(place.address, 1) === undefined) return { ...head, text: unreadable(place.address), children: [] }
    if (inner.kind === 'record') return { ...head, ...this.#record(inner.members(), place, depth) }
    if (inner.kind === 'array') return { ...head, ...this.#array(inner.of(), inner.counts, place, depth) }
    if (size === 0) return { ...head, text: inner.kind === 'unknown' ? '<unknown type>' : '<incomplete type>', children: [] }
    if (size > SCALAR) return { ...head, text: `<${size}-byte value>`, children: [] }
    const bytes = bytesAt(place, size, this.#state)
    if (bytes === undefined || bytes.length < size) return { ...head, text: place.kind === 'memory' ? unreadable(place.address) : OPTIMISED, children: [] }
    if (inner.kind === 'pointer') return { ...head, ...this.#pointer(name, inner.to(), Number(BigInt.asUintN(32, unsignedOf(bytes))), depth) }
    return { ...head, text: scalarText(inner, bytes), children: [] }
  }

  #record(members: readonly Member[], place: Place, depth: number): Pick<Value, 'text' | 'children'> {
    if (depth >= DEPTH) return { text: '{...}', children: [] }
    const children = members.slice(0, ELEMENTS).map((member) => this.#member(member, place, depth))
    return { text: `{${children.map(({ name, text }) => (name === '' ? text : `${name} = ${text}`)).join(', ')}${members.length > ELEMENTS ? '...' : ''}}`, children }
  }

  #member({ name, type, offset, bits }: Member, place: Place, depth: number): Value {
    if (bits === undefined) return this.print(name, type(), this.#part(place, offset, sizeOf(type())), depth + 1)
    const inner = bare(type())
    const length = Math.ceil((bits.from + bits.count) / 8)
    const part = this.#part(place, offset, length)
    const bytes = part === undefined ? undefined : bytesAt(part, length, this.#state)
    const head = { name, type: typeName(type(), `: ${bits.count}`).replace(' : ', ' : '), size: length, children: [] }
    if (bytes === undefined) return { ...head, text: place.kind === 'memory' ? unreadable(place.address) : OPTIMISED }
    const raw = BigInt.asUintN(bits.count, unsignedOf(bytes) >> BigInt(bits.from))
    const signed = inner.kind === 'base' && isSigned(inner.encoding)
    return { ...head, text: inner.kind === 'enum' ? enumText(inner.values(), raw, raw) : inner.kind === 'base' && inner.encoding === ATE.boolean ? (raw === 0n ? 'false' : 'true') : `${signed ? BigInt.asIntN(bits.count, raw) : raw}` }
  }

  /** A stretch of a place. */
  #part(place: Place, offset: number, size: number): Place | undefined {
    if (place.kind === 'memory') return { kind: 'memory', address: (place.address + offset) >>> 0 }
    const bytes = bytesAt(place, offset + size, this.#state)
    return bytes === undefined ? undefined : { kind: 'bytes', bytes: bytes.subarray(offset) }
  }

  #array(of: CType, counts: readonly number[], place: Place, depth: number): Pick<Value, 'text' | 'children'> {
    const [count = 0, ...inner] = counts
    const type: CType = inner.length === 0 ? of : { kind: 'array', of: () => of, counts: inner }
    const each = sizeOf(type)
    if (inner.length === 0 && isCharacter(of)) {
      const bytes = bytesAt(place, Math.min(count, ELEMENTS + 1), this.#state)
      if (bytes === undefined) return { text: place.kind === 'memory' ? unreadable(place.address) : OPTIMISED, children: [] }
      // gdb leaves out one zero at the end of a text that it shows whole.
      const whole = count <= ELEMENTS
      return { text: stringText(whole && bytes.at(-1) === 0 ? bytes.subarray(0, -1) : bytes.subarray(0, ELEMENTS), !whole), children: [] }
    }
    if (depth >= DEPTH) return { text: '{...}', children: [] }
    const children: Value[] = []
    for (let i = 0; i < Math.min(count, ELEMENTS) && this.#left > 0; i++) children.push(this.print(`[${i}]`, type, this.#part(place, i * each, each), depth + 1))
    return { text: `{${foldRepeats(children.map(({ text }) => text))}${children.length < count ? '...' : ''}}`, children }
  }

  #pointer(name: string, to: CType, address: number, depth: number): Pick<Value, 'text' | 'children'> {
    const text = `0x${address.toString(16)}`
    if (address === 0) return { text, children: [] }
    if (isCharacter(to)) return { text: `${text} ${this.#stringAt(address)}`, children: [] }
    const target = bare(to)
    if (depth > 0 || target.kind === 'void' || target.kind === 'function' || sizeOf(target) === 0) return { text, children: [] }
    return { text, children: [this.print(`*${name}`, to, { kind: 'memory', address }, DEPTH - 1)] }
  }

  #stringAt(address: number): string {
    const bytes: number[] = []
    while (bytes.length < ELEMENTS) {
      const byte = this.#state.memory(address + bytes.length, 1)?.[0]
      if (byte === undefined) return bytes.length === 0 ? unreadable(address) : `${stringText(Uint8Array.from(bytes), false)}${unreadable(address + bytes.length)}`
      if (byte === 0) return stringText(Uint8Array.from(bytes), false)
      bytes.push(byte)
    }
    return stringText(Uint8Array.from(bytes), true)
  }
}

const foldRepeats = (texts: readonly string[]): string => {
  const parts: string[] = []
  for (let at = 0; at < texts.length; ) {
    let end = at + 1
    while (end < texts.length && texts[end] === texts[at]) end++
    if (end - at >= REPEATS) parts.push(`${texts[at]} <repeats ${end - at} times>`)
    else parts.push(...texts.slice(at, end))
    at = end
  }
  return parts.join(', ')
}

/** An enumerator's name; several joined by `|` if they are flags, as gdb has it. */
const enumText = (values: readonly (readonly [string, bigint])[], value: bigint, unsigned: bigint): string => {
  const exact = values.find(([, each]) => each === value || each === unsigned)
  if (exact !== undefined) return exact[0]
  const isFlags = values.length > 0 && values.every(([, each]) => each >= 0n && (each & (each - 1n)) === 0n)
  if (!isFlags) return `${value}`
  const set = values.filter(([, each]) => each !== 0n && (unsigned & each) === each)
  const rest = set.reduce((left, [, each]) => left & ~each, unsigned)
  if (set.length === 0) return unsigned === 0n ? '0' : `(unknown: 0x${unsigned.toString(16)})`
  return `(${[...set.map(([name]) => name), ...(rest === 0n ? [] : [`unknown: 0x${rest.toString(16)}`])].join(' | ')})`
}

/** A number, character, boolean, enumerator or float, as gdb prints it. */
const scalarText = (type: CType, bytes: Uint8Array): string => {
  const raw = unsignedOf(bytes)
  const bits = bytes.length * 8
  if (type.kind === 'enum') return enumText(type.values(), BigInt.asIntN(bits, raw), raw)
  if (type.kind !== 'base') return `0x${raw.toString(16)}`
  switch (type.encoding) {
    case ATE.boolean: return raw === 0n ? 'false' : raw === 1n ? 'true' : `${raw}`
    case ATE.float: return floatText(bytes)
    case ATE.signed_char: case ATE.unsigned_char: case ATE.UTF: {
      const value = type.encoding === ATE.signed_char ? BigInt.asIntN(bits, raw) : raw
      return `${value} ${characterText(Number(raw), type.encoding === ATE.UTF ? (bytes.length === 2 ? 'u' : bytes.length === 4 ? 'U' : 'u8') : '')}`
    }
    case ATE.address: return `0x${raw.toString(16)}`
    default: return `${isSigned(type.encoding) ? BigInt.asIntN(bits, raw) : raw}`
  }
}

/** The value of a type at a place; `<optimized out>` where there is none. */
export const printValue = (name: string, type: CType, place: Place | undefined, state: FrameState): Value =>
  new Printer(state).print(name, type, place, 0)
