import { AT, LIMIT, TAG } from './dwarf.ts'
import { evaluate, evaluateNumber, type FrameState, type Place } from './expression.ts'
import { expressionAt } from './location.ts'
import { covers, type Range, rangesOf } from './range.ts'
import { type CType, type Entry, type Follow, typeOf } from './type.ts'
import type { Die, Unit } from './unit.ts'

/** A function's code in a unit. */
export interface Subprogram {
  readonly unit: Unit
  readonly die: Die
  readonly ranges: readonly Range[]
}

/** A function that was inlined, and where the call stood. */
export interface InlinedCall {
  readonly entry: Entry
  readonly file: number
  readonly line: number
  readonly column: number
}

/** What is open at a code offset: the subprogram, blocks and inlined functions, the outermost first. */
export interface Scope {
  readonly subprogram: Subprogram
  readonly blocks: readonly Entry[]
  readonly inlined: readonly InlinedCall[]
}

/** A variable or parameter, and how to find it at one code offset. */
export interface Variable {
  readonly name: string
  readonly kind: 'parameter' | 'local' | 'global'
  readonly type: CType
  /** Where it is declared: a file by its number in the unit's line table. */
  readonly file: number
  readonly line: number
  /** 0: of the function itself that stands there, which may be inlined; 1: of its caller, and so on. */
  readonly depth: number
  /** Where it is; undefined if the compiler has optimised it away there, or part of what it needs is not in `state`. */
  readonly locate: (state: FrameState) => Place | undefined
}

/** An attribute of an entry, or of the declaration that it completes or copies. */
export const inherited = <T>(entry: Entry, follow: Follow, read: (entry: Entry) => T | undefined): T | undefined => {
  let at: Entry | undefined = entry
  for (let left = 8; left > 0 && at !== undefined; left--) {
    const found = read(at)
    if (found !== undefined) return found
    at = follow(at, AT.abstract_origin) ?? follow(at, AT.specification)
  }
  return undefined
}

/** The name of a function or variable; undefined if it has none. */
export const nameOf = (entry: Entry, follow: Follow): string | undefined =>
  inherited(entry, follow, ({ unit, die }) => unit.text(die, AT.name))

/** Functions of a unit with code in `(0, codeLength]`, by their first offset. */
export const subprogramsOf = (unit: Unit, codeLength: number): readonly Subprogram[] => {
  const found: Subprogram[] = []
  let budget: number = LIMIT.ranges
  for (const die of unit.dies.values()) {
    if (die.tag !== TAG.subprogram || budget <= 0) continue
    const ranges = rangesOf(unit, die).filter(({ start, end }) => start > 0 && end <= codeLength)
    budget -= ranges.length + 1
    if (ranges.length > 0) found.push({ unit, die, ranges })
  }
  return found.sort((a, b) => (a.ranges[0] as Range).start - (b.ranges[0] as Range).start)
}

/** `budget`: ranges that may still be read; entries of a damaged file may all share one long list. */
const isOpen = (unit: Unit, die: Die, pc: number, budget: { left: number }): boolean => {
  if (budget.left <= 0) return false
  const ranges = rangesOf(unit, die)
  budget.left -= ranges.length + 1
  return ranges.length === 0 ? unit.attribute(die, AT.ranges) === undefined && unit.attribute(die, AT.low_pc) === undefined : covers(ranges, pc)
}

/** What is open at `pc` in a function that has it. */
export const scopeAt = (subprogram: Subprogram, pc: number): Scope => {
  const { unit } = subprogram
  const blocks: Entry[] = [{ unit, die: subprogram.die }]
  const inlined: InlinedCall[] = []
  const budget = { left: LIMIT.ranges as number }
  let die: Die | undefined = subprogram.die
  for (let left: number = LIMIT.depth; left > 0 && die !== undefined; left--) {
    const next: Die | undefined = die.children.find((child) => (child.tag === TAG.lexical_block || child.tag === TAG.inlined_subroutine) && isOpen(unit, child, pc, budget))
    if (next !== undefined) {
      const entry = { unit, die: next }
      blocks.push(entry)
      if (next.tag === TAG.inlined_subroutine) {
        const number = (attribute: number): number => unit.number(next, attribute) ?? 0
        inlined.push({ entry, file: number(AT.call_file), line: number(AT.call_line), column: number(AT.call_column) })
      }
    }
    die = next
  }
  return { subprogram, blocks, inlined }
}

const variable = (entry: Entry, kind: Variable['kind'], depth: number, pc: number, follow: Follow, frameBase?: (state: FrameState) => bigint | undefined): Variable | undefined => {
  const { unit, die } = entry
  const name = nameOf(entry, follow)
  if (name === undefined || unit.flag(die, AT.declaration)) return undefined
  const number = (attribute: number): number => inherited(entry, follow, (at) => at.unit.number(at.die, attribute)) ?? 0
  const typed = inherited(entry, follow, (at) => (at.unit.attribute(at.die, AT.type) === undefined ? undefined : at)) ?? entry
  const locate = (state: FrameState): Place | undefined => {
    const constant = inherited(entry, follow, (at) => at.unit.attribute(at.die, AT.const_value)?.value)
    const location = unit.attribute(die, AT.location)
    if (location === undefined) {
      if (constant === undefined) return undefined
      return constant instanceof Uint8Array ? { kind: 'bytes', bytes: constant } : { kind: 'bits', bits: BigInt.asUintN(64, BigInt(constant)) }
    }
    const expression = expressionAt(unit, location, pc)
    return expression === undefined ? undefined : evaluate(expression, { unit, state, frameBase: frameBase && (() => frameBase(state)) })
  }
  return { name, kind, type: typeOf(typed, follow), file: number(AT.decl_file), line: number(AT.decl_line), depth, locate }
}

/** What DW_OP_fbreg counts from in a function. */
const frameBaseOf = ({ unit, die }: Subprogram, pc: number) => (state: FrameState): bigint | undefined => {
  if (state.frameBase !== undefined) return BigInt(state.frameBase)
  const attribute = unit.attribute(die, AT.frame_base)
  const expression = attribute === undefined ? undefined : expressionAt(unit, attribute, pc)
  const base = expression === undefined ? undefined : evaluateNumber(expression, { unit, state })
  return base === undefined ? undefined : BigInt.asUintN(32, base)
}

/** Parameters and locals of all functions that are open, of the innermost first; of a function its parameters, then the innermost block. */
export const variablesIn = ({ subprogram, blocks, inlined }: Scope, pc: number, follow: Follow): readonly Variable[] => {
  const frameBase = frameBaseOf(subprogram, pc)
  const functions: { parameters: Variable[]; locals: Variable[] }[] = []
  let depth = inlined.length + 1
  for (const { unit, die } of blocks) {
    if (die.tag !== TAG.lexical_block) {
      depth--
      functions.unshift({ parameters: [], locals: [] })
    }
    const here: Variable[] = []
    for (const child of die.children.slice(0, LIMIT.members)) {
      if (child.tag !== TAG.formal_parameter && child.tag !== TAG.variable) continue
      const isParameter = child.tag === TAG.formal_parameter
      const found = variable({ unit, die: child }, isParameter ? 'parameter' : 'local', depth, pc, follow, frameBase)
      if (found !== undefined) (isParameter ? functions[0]?.parameters : here)?.push(found)
    }
    functions[0]?.locals.unshift(...here)
  }
  return functions.flatMap(({ parameters, locals }) => [...parameters, ...locals])
}

/** Variables of a unit outside of its functions that have names. */
export const globalsIn = (unit: Unit, follow: Follow): readonly Variable[] =>
  (unit.tree?.children ?? []).slice(0, LIMIT.abbreviations).flatMap((die) => {
    const found = die.tag === TAG.variable ? variable({ unit, die }, 'global', 0, 0, follow) : undefined
    return found === undefined || unit.attribute(die, AT.location) === undefined ? [] : [found]
  })
