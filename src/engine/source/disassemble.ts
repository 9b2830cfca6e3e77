import { Cursor, guarded, Malformed } from './cursor.ts'
import { type FunctionType, type ModuleLayout, readHeapType, readValueType } from './module.ts'
import type { Names } from './name.ts'
import { ATOMIC, type Immediate, MISC, type Opcode, PLAIN, SIMD } from './opcode.ts'
import { floatConstant, identifier, vectorConstant } from './wat.ts'

/** An instruction as a line of the text format. */
export interface Instruction {
  /** In the code section. */
  readonly offset: number
  /** In bytes, immediates included. */
  readonly length: number
  /** Blocks around it. `else`, `catch` and `end` stand where their block does. */
  readonly depth: number
  readonly text: string
  /** What the text does not say: a label's name, a type. '' for nothing. */
  readonly comment: string
  /** The function that it calls, or takes a reference of. */
  readonly target: number | undefined
}

/** A function as text. */
export interface Disassembly {
  readonly index: number
  readonly name: string
  readonly type: FunctionType
  /** Types of its locals by index, parameters first; a name where the name section has one. */
  readonly locals: readonly { readonly type: string; readonly name: string | undefined }[]
  readonly instructions: readonly Instruction[]
  /** Why the listing ends before the function does; '' if it does not. */
  readonly problem: string
}

/** Engines allow so many locals; a listing needs no more. */
const MAX_LOCALS = 50_000
/** Longer functions are cut: nobody reads them, and each line costs the page memory. */
const MAX_INSTRUCTIONS = 200_000

const PREFIXES: Readonly<Record<number, readonly (Opcode | undefined)[]>> = { 0xfc: MISC, 0xfd: SIMD, 0xfe: ATOMIC }

const NO_TYPE: FunctionType = { params: [], results: [] }

class Disassembler {
  readonly #layout: ModuleLayout
  readonly #names: Names
  readonly #locals: Disassembly['locals']
  readonly #cursor: Cursor
  depth = 0
  comment = ''
  target: number | undefined

  constructor(layout: ModuleLayout, names: Names, locals: Disassembly['locals'], cursor: Cursor) {
    this.#layout = layout
    this.#names = names
    this.#locals = locals
    this.#cursor = cursor
  }

  /** Reads one instruction; its text. Throws Malformed. */
  read(): string {
    this.comment = ''
    this.target = undefined
    const cursor = this.#cursor
    const byte = cursor.u8()
    const prefixed = PREFIXES[byte]
    const code = prefixed === undefined ? byte : cursor.leb()
    const opcode = (prefixed ?? PLAIN)[code]
    if (opcode === undefined) throw new Malformed(`an instruction that is not known: 0x${byte.toString(16).padStart(2, '0')}${prefixed === undefined ? '' : ` ${code}`}`)
    const rest = this.#immediate(opcode.immediate, opcode.align)
    return rest === '' ? opcode.name : `${opcode.name} ${rest}`
  }

  #immediate(immediate: Immediate, align: number): string {
    const cursor = this.#cursor
    switch (immediate) {
      case 'none': return ''
      case 'zero': cursor.u8(); return ''
      case 'block': return this.#block()
      case 'try-table': return this.#tryTable()
      case 'label': return this.#label()
      case 'labels': {
        const count = cursor.count()
        return Array.from({ length: count + 1 }, () => this.#label()).join(' ')
      }
      case 'function': return this.#function(cursor.leb())
      case 'call-indirect': {
        const [type, table] = [cursor.leb(), cursor.leb()]
        this.comment = this.#typeComment(type)
        return `${table === 0 ? '' : `${table} `}(type ${type})`
      }
      case 'type': return `${cursor.leb()}`
      case 'local': {
        const index = cursor.leb()
        return identifier(this.#locals[index]?.name, index)
      }
      case 'global': {
        const index = cursor.leb()
        return identifier(this.#names.globals.get(index), index)
      }
      case 'memory': return this.#unlessZero(cursor.leb())
      case 'two-tables': case 'two-memories': {
        const [to, from] = [cursor.leb(), cursor.leb()]
        return to === 0 && from === 0 ? '' : `${to} ${from}`
      }
      case 'table': case 'tag': case 'data': case 'element': return `${cursor.leb()}`
      case 'memory-init': case 'table-init': {
        const [segment, index] = [cursor.leb(), cursor.leb()]
        return index === 0 ? `${segment}` : `${index} ${segment}`
      }
      case 'memarg': return this.#memarg(align)
      case 'memarg-lane': {
        const memarg = this.#memarg(align)
        return `${memarg === '' ? '' : `${memarg} `}${cursor.u8()}`
      }
      case 'lane': return `${cursor.u8()}`
      case 'shuffle': return [...cursor.take(16)].join(' ')
      case 'i32': return `${BigInt.asIntN(32, cursor.signedLeb())}`
      case 'i64': return `${cursor.signedLeb()}`
      case 'f32': return floatConstant(cursor.take(4))
      case 'f64': return floatConstant(cursor.take(8))
      case 'v128': return vectorConstant(cursor.take(16))
      case 'heap-type': return readHeapType(cursor)
      case 'select': {
        const count = cursor.count()
        return `(result${Array.from({ length: count }, () => ` ${readValueType(cursor)}`).join('')})`
      }
      default: return ''
    }
  }

  #unlessZero(index: number): string {
    return index === 0 ? '' : `${index}`
  }

  #memarg(align: number): string {
    const flags = this.#cursor.leb()
    const memory = flags & 0x40 ? this.#cursor.leb() : 0
    const offset = this.#cursor.bigLeb()
    const power = flags & 0x3f
    const parts = [memory === 0 ? '' : `${memory}`, offset === 0n ? '' : `offset=${offset}`, power === align ? '' : `align=${2 ** power}`]
    return parts.filter((part) => part !== '').join(' ')
  }

  /** A label by how many blocks out it is; the comment in it names the block as its own line does. */
  #label(): string {
    const out = this.#cursor.leb()
    return `${out} (;@${this.depth - out};)`
  }

  #block(): string {
    this.comment = `label = @${this.depth + 1}`
    return this.#blockType()
  }

  #blockType(): string {
    const first = this.#cursor.bytes[this.#cursor.at] ?? 0
    if (first === 0x40) {
      this.#cursor.u8()
      return ''
    }
    // A type's index is not negative; a value type is one negative byte, or begins with one.
    if ((first & 0xc0) === 0x40) return `(result ${readValueType(this.#cursor)})`
    const { params, results } = this.#layout.types[Number(this.#cursor.signedLeb())] ?? NO_TYPE
    return signature(params, results)
  }

  #tryTable(): string {
    this.comment = `label = @${this.depth + 1}`
    const parts = [this.#blockType()]
    for (let left = this.#cursor.count(); left > 0; left--) {
      const kind = this.#cursor.u8()
      const name = ['catch', 'catch_ref', 'catch_all', 'catch_all_ref'][kind]
      if (name === undefined) throw new Malformed('a handler of no known kind')
      parts.push(`(${name} ${kind < 2 ? `${this.#cursor.leb()} ` : ''}${this.#label()})`)
    }
    return parts.filter((part) => part !== '').join(' ')
  }

  #function(index: number): string {
    this.target = index
    const { imported, exported } = this.#layout
    return identifier(this.#names.functions.get(index) ?? exported.get(index) ?? imported[index], index)
  }

  #typeComment(index: number): string {
    const type = this.#layout.types[index]
    return type === undefined ? '' : `(${type.params.join(', ')}) → ${type.results.length === 1 ? type.results[0] : `(${type.results.join(', ')})`}`
  }
}

const signature = (params: readonly string[], results: readonly string[]): string =>
  [params.length === 0 ? '' : `(param ${params.join(' ')})`, results.length === 0 ? '' : `(result ${results.join(' ')})`].filter((part) => part !== '').join(' ')

/** Opens a block, divides one, or ends one. */
const OPENS = /^(?:block|loop|if|try|try_table)(?: |$)/
const DIVIDES = /^(?:else|catch|catch_all)(?: |$)/
const ENDS = /^(?:end|delegate)(?: |$)/

const readLocals = (cursor: Cursor, type: FunctionType, names: ReadonlyMap<number, string>): Disassembly['locals'] => {
  const locals = type.params.map((each, i) => ({ type: each, name: names.get(i) }))
  for (let left = cursor.count(); left > 0; left--) {
    const count = cursor.leb()
    const each = readValueType(cursor)
    if (locals.length + count > MAX_LOCALS) throw new Malformed('more locals than engines allow')
    for (let i = 0; i < count; i++) locals.push({ type: each, name: names.get(locals.length) })
  }
  return locals
}

/**
 * A function of a module as text, one instruction a line. Undefined if the function is imported or not there; what
 * cannot be read ends the listing with its reason.
 */
export const disassemble = (layout: ModuleLayout, names: Names, index: number): Disassembly | undefined => {
  const body = layout.bodies[index - layout.imported.length]
  if (body === undefined) return undefined
  const type = layout.types[layout.functionTypes[index] ?? -1] ?? NO_TYPE
  const name = names.functions.get(index) ?? layout.exported.get(index) ?? `func[${index}]`
  const cursor = new Cursor(layout.bytes, layout.code.at + body.start, layout.code.at + body.end)
  const instructions: Instruction[] = []
  const locals = guarded(() => readLocals(cursor, type, names.localsOf(index)), undefined)
  if (locals === undefined) return { index, name, type, locals: [], instructions, problem: 'Its locals cannot be read.' }
  const reader = new Disassembler(layout, names, locals, cursor)
  let problem = ''
  try {
    while (cursor.left > 0) {
      if (instructions.length >= MAX_INSTRUCTIONS) {
        problem = `It goes on for ${cursor.left.toLocaleString('en')} more bytes.`
        break
      }
      const start = cursor.at
      // A delegate names labels as seen from outside of its try.
      if (cursor.bytes[start] === DELEGATE) reader.depth--
      const text = reader.read()
      if (ENDS.test(text) && cursor.bytes[start] !== DELEGATE) reader.depth--
      const depth = Math.max(0, DIVIDES.test(text) ? reader.depth - 1 : reader.depth)
      instructions.push({ offset: start - layout.code.at, length: cursor.at - start, depth, text, comment: reader.comment, target: reader.target })
      if (OPENS.test(text)) reader.depth++
    }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    problem = `Here begins what cannot be read: ${error.message}.`
  }
  return { index, name, type, locals, instructions, problem }
}

const DELEGATE = 0x18
