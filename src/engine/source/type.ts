import { ATE, AT, LIMIT, TAG } from './dwarf.ts'
import type { Die, Unit } from './unit.ts'

/** An entry with the unit that it is in. */
export interface Entry {
  readonly unit: Unit
  readonly die: Die
}

/** Finds the entry that a reference of another leads to. */
export type Follow = (entry: Entry, attribute: number) => Entry | undefined

/** A type of the program. What it is made of is read when it is asked for: types may contain themselves. */
export type CType =
  | { readonly kind: 'void' }
  | { readonly kind: 'base'; readonly name: string; readonly size: number; readonly encoding: number }
  | { readonly kind: 'pointer'; readonly size: number; readonly mark: '*' | '&' | '&&'; readonly to: () => CType }
  | { readonly kind: 'enum'; readonly name: string; readonly size: number; readonly values: () => readonly (readonly [string, bigint])[] }
  | { readonly kind: 'array'; readonly of: () => CType; readonly counts: readonly number[] }
  | { readonly kind: 'record'; readonly word: 'struct' | 'union' | 'class'; readonly name: string; readonly size: number; readonly members: () => readonly Member[] }
  | { readonly kind: 'function'; readonly returns: () => CType; readonly takes: () => readonly CType[] }
  | { readonly kind: 'alias'; readonly name: string; readonly of: () => CType }
  | { readonly kind: 'qualified'; readonly word: string; readonly of: () => CType }
  | { readonly kind: 'unknown' }

/** A member of a struct, union or class. */
export interface Member {
  readonly name: string
  readonly type: () => CType
  /** In bytes from the beginning of the record. */
  readonly offset: number
  /** Of a bit field: its first bit, counted from `offset` upwards, and how many. */
  readonly bits: { readonly from: number; readonly count: number } | undefined
}

const VOID: CType = { kind: 'void' }
const UNKNOWN: CType = { kind: 'unknown' }

const QUALIFIERS: Readonly<Record<number, string>> = {
  [TAG.const_type]: 'const', [TAG.volatile_type]: 'volatile', [TAG.restrict_type]: 'restrict', [TAG.atomic_type]: '_Atomic',
}
const POINTERS: Readonly<Record<number, '*' | '&' | '&&'>> = {
  [TAG.pointer_type]: '*', [TAG.reference_type]: '&', [TAG.rvalue_reference_type]: '&&',
}
const RECORDS: Readonly<Record<number, 'struct' | 'union' | 'class'>> = {
  [TAG.structure_type]: 'struct', [TAG.union_type]: 'union', [TAG.class_type]: 'class',
}

/** The type that an entry's DW_AT_type leads to; void where it has none. */
export const typeOf = (entry: Entry, follow: Follow): CType => {
  if (entry.unit.attribute(entry.die, AT.type) === undefined) return VOID
  const target = follow(entry, AT.type)
  return target === undefined ? UNKNOWN : readType(target, follow)
}

const readType = (entry: Entry, follow: Follow): CType => {
  const { unit, die } = entry
  const name = unit.text(die, AT.name) ?? ''
  const size = unit.number(die, AT.byte_size) ?? 0
  const inner = (): CType => typeOf(entry, follow)
  const qualifier = QUALIFIERS[die.tag]
  if (qualifier !== undefined) return { kind: 'qualified', word: qualifier, of: inner }
  const mark = POINTERS[die.tag]
  if (mark !== undefined) return { kind: 'pointer', size: size === 0 ? unit.encoding.addressSize : size, mark, to: inner }
  const word = RECORDS[die.tag]
  if (word !== undefined) return { kind: 'record', word, name, size, members: () => membersOf(entry, follow) }
  switch (die.tag) {
    case TAG.base_type: return { kind: 'base', name, size, encoding: unit.number(die, AT.encoding) ?? ATE.unsigned }
    case TAG.typedef: return { kind: 'alias', name, of: inner }
    case TAG.enumeration_type: {
      const under = bare(typeOf(entry, follow))
      return { kind: 'enum', name, size: size === 0 && under.kind === 'base' ? under.size : size, values: () => enumerators(entry) }
    }
    case TAG.array_type: return { kind: 'array', of: inner, counts: of(die, TAG.subrange_type).slice(0, LIMIT.dimensions).map((each) => countOf(unit, each)) }
    case TAG.subroutine_type: {
      const takes = (): CType[] => of(die, TAG.formal_parameter).slice(0, LIMIT.parameters).map((each) => typeOf({ unit, die: each }, follow))
      return { kind: 'function', returns: inner, takes }
    }
    case TAG.unspecified_type: return { kind: 'base', name, size: 0, encoding: ATE.unsigned }
    default: return UNKNOWN
  }
}

const of = (die: Die, tag: number): readonly Die[] => die.children.filter((each) => each.tag === tag)

const countOf = (unit: Unit, die: Die): number => {
  const count = unit.number(die, AT.count)
  const upper = unit.number(die, AT.upper_bound)
  const found = count ?? (upper === undefined ? 0 : upper + 1)
  return found > 0 && found <= 2 ** 32 ? found : 0
}

const enumerators = ({ unit, die }: Entry): readonly (readonly [string, bigint])[] =>
  of(die, TAG.enumerator).slice(0, LIMIT.members).map((each) => {
    const value = unit.attribute(each, AT.const_value)?.value
    return [unit.text(each, AT.name) ?? '', typeof value === 'object' || value === undefined ? 0n : BigInt(value)]
  })

const membersOf = ({ unit, die }: Entry, follow: Follow): readonly Member[] =>
  of(die, TAG.member).slice(0, LIMIT.members).flatMap((each): Member[] => {
    if (unit.flag(each, AT.external)) return []
    const type = (): CType => typeOf({ unit, die: each }, follow)
    const place = memberOffset(unit, each)
    if (place === undefined) return []
    const { offset, bits } = bitsOf(unit, each, place, type)
    return [{ name: unit.text(each, AT.name) ?? '', type, offset, bits }]
  })

/** DWARF 2 wrote DW_OP_plus_uconst; later versions a number. */
const memberOffset = (unit: Unit, die: Die): number | undefined => {
  const value = unit.attribute(die, AT.data_member_location)?.value
  if (value === undefined) return 0
  if (!(value instanceof Uint8Array)) return Number(value)
  if (value[0] !== 0x23) return undefined
  let offset = 0
  for (let i = 1; i < Math.min(value.length, 6); i++) offset += ((value[i] as number) & 0x7f) * 2 ** (7 * (i - 1))
  return offset
}

/** DW_AT_data_bit_offset counts from the record's first bit, DW_AT_bit_offset (DWARF 2, 3) from the highest of its unit. */
const bitsOf = (unit: Unit, die: Die, offset: number, type: () => CType): Pick<Member, 'offset' | 'bits'> => {
  const count = unit.number(die, AT.bit_size)
  if (count === undefined || !(count > 0 && count <= 64)) return { offset, bits: undefined }
  const at = unit.number(die, AT.data_bit_offset)
  if (at !== undefined) return { offset: offset + Math.floor(at / 8), bits: { from: at % 8, count } }
  const size = unit.number(die, AT.byte_size) ?? sizeOf(type())
  const from = size * 8 - (unit.number(die, AT.bit_offset) ?? 0) - count
  return { offset: offset + Math.floor(from / 8), bits: { from: ((from % 8) + 8) % 8, count } }
}

/** Without names and qualifiers: what the bytes mean. */
export const bare = (type: CType): CType => {
  let inner = type
  for (let left: number = LIMIT.depth; left > 0 && (inner.kind === 'alias' || inner.kind === 'qualified'); left--) inner = inner.of()
  return inner
}

/** In bytes; 0 for what has no size. */
export const sizeOf = (type: CType, depth = 0): number => {
  const inner = bare(type)
  switch (inner.kind) {
    case 'base': case 'pointer': case 'enum': case 'record': return inner.size
    case 'array': {
      const each = depth < LIMIT.depth ? sizeOf(inner.of(), depth + 1) : 0
      const size = inner.counts.reduce((product, count) => product * count, each)
      return size <= 2 ** 32 ? size : 0
    }
    default: return 0
  }
}

/** As C writes it, and gdb's `ptype`: `const char *`, `int [5]`, `void (*)(int)`. */
export const typeName = (type: CType, declarator = ''): string => spell(type, declarator, { left: LIMIT.spelled })

/** A base with its declarator: `char *p`, `char **`, `int [5]`. */
const joined = (name: string, declarator: string): string =>
  declarator === '' ? name : name.endsWith('*') && /^[*&]/.test(declarator) ? `${name}${declarator}` : `${name} ${declarator}`

/** `budget`: types within types are shared, so that a damaged file could spell one of any length. */
const spell = (type: CType, declarator: string, budget: { left: number }): string => {
  if (--budget.left < 0) return joined('…', declarator)
  switch (type.kind) {
    case 'void': return joined('void', declarator)
    case 'base': return joined(type.name === '' ? '<unnamed type>' : type.name, declarator)
    case 'enum': return joined(type.name === '' ? 'enum {...}' : `enum ${type.name}`, declarator)
    case 'record': return joined(type.name === '' ? `${type.word} {...}` : `${type.word} ${type.name}`, declarator)
    case 'alias': return joined(type.name, declarator)
    case 'qualified': {
      const inner = type.of()
      if (inner.kind !== 'pointer') return `${type.word} ${spell(inner, declarator, budget)}`
      return spell(inner.to(), `${inner.mark} ${type.word}${declarator === '' ? '' : ` ${declarator}`}`, budget)
    }
    case 'pointer': {
      const target = type.to()
      const wraps = target.kind === 'array' || target.kind === 'function'
      return spell(target, wraps ? `(${type.mark}${declarator})` : `${type.mark}${declarator}`, budget)
    }
    case 'array': return spell(type.of(), `${declarator}${type.counts.map((count) => (count === 0 ? '[]' : `[${count}]`)).join('')}`, budget)
    case 'function': {
      const takes = type.takes().map((each) => spell(each, '', budget)).join(', ')
      return spell(type.returns(), `${declarator}(${takes === '' ? 'void' : takes})`, budget)
    }
    default: return joined('<unknown type>', declarator)
  }
}
