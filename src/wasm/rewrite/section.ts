import type { Added } from './added.ts'
import { atomicCalls } from './atomic.ts'
import { Malformed, Reader, Writer } from './bytes.ts'
import { skipConstant } from './constant.ts'
import { HELP_NAMES } from './help.ts'
import { MAX_PAGES, MAX_TABLE_ENTRIES, MAX_TABLES, SHOWN_SLOTS, STACK_BYTES } from './limit.ts'
import { checkIndex, type Limits, type Module, type Section, SECTION } from './module.ts'
import { findGlobal, type Moves } from './name.ts'
import { Refused } from './problem.ts'

const EXPORT_CODE = { func: 0, table: 1, memory: 2, global: 3, tag: 4 } as const
const I32 = 0x7f
const I64 = 0x7e

/** The limits that a memory gets here, in pages: no maximum is above MAX_PAGES. */
export function memoryLimits(limits: Limits): Required<Pick<Limits, 'initial' | 'maximum'>> {
  return { initial: limits.initial, maximum: Math.min(limits.maximum ?? MAX_PAGES, MAX_PAGES) }
}

/** Writes the sections around the code. */
export class SectionWriter {
  private readonly module: Module
  private readonly added: Added
  private readonly moves: Moves
  private readonly thread: boolean

  /** @param thread for a second instance on a memory that has its data already: active segments become passive */
  constructor(module: Module, added: Added, moves: Moves, thread = false) {
    this.thread = thread
    this.module = module
    this.added = added
    this.moves = moves
  }

  /** Writes section `id`: from `section`, or, where the original has none, what is added alone. */
  write(id: number, section: Section | undefined, out: Writer): void {
    const writers: Readonly<Record<number, (reader: Reader, out: Writer) => void>> = {
      [SECTION.type]: this.types,
      [SECTION.import]: this.imports,
      [SECTION.function]: this.functions,
      [SECTION.table]: this.tables,
      [SECTION.global]: this.globals,
      [SECTION.export]: this.exports,
      [SECTION.element]: this.elements,
      [SECTION.data]: this.data,
    }
    if (id === SECTION.memory || id === SECTION.start) return
    const { bytes } = this.module
    const write = writers[id]
    if (write === undefined) {
      if (section !== undefined) out.copy(bytes, section.start, section.end)
      return
    }
    out.u8(id)
    const start = out.open()
    const reader = section === undefined ? new Reader(NONE, 0, 1) : new Reader(bytes, section.payload, section.end)
    write.call(this, reader, out)
    if ((id === SECTION.element || id === SECTION.data) && !reader.done()) {
      throw new Malformed('a section holds more than it declares', reader.at)
    }
    out.seal(start)
  }

  /** Copies the entries of a vector, with `more` more to come. */
  private vector(reader: Reader, out: Writer, more: number): void {
    const count = reader.u32()
    out.u32(count + more)
    out.copy(reader.bytes, reader.at, reader.end)
  }

  private types(reader: Reader, out: Writer): void {
    const steps = this.added.step >= 0
    const watches = this.added.watched >= 0
    const atomics = atomicCalls(this.module.memory)
    this.vector(reader, out, (steps || watches ? 4 : 3) + atomics.length)
    out.raw([0x60, 0, 0]) // () → ()
    out.raw([0x60, 1, I32, 1, I32]) // (i32) → (i32)
    out.raw([0x60, 1, I32, 0]) // (i32) → ()
    if (steps) out.raw([0x60, 2, I32, I32, 0]) // (i32, i32) → ()
    if (watches) out.raw([0x60, 4, I32, I32, I32, I32, 0]) // (i32, i32, i32, i32) → ()
    for (const { params } of atomics) out.raw([0x60, params.length, ...params.map((type) => (type === 'i64' ? I64 : I32)), 1, I32])
  }

  private functions(reader: Reader, out: Writer): void {
    const help = this.added.help < 0 ? 0 : HELP_NAMES.length
    this.vector(reader, out, help)
    for (let index = 0; index < help; index++) out.u32(this.module.types.length + 2)
  }

  private imports(reader: Reader, out: Writer): void {
    const { module, added } = this
    const nothing = module.types.length
    const entry = (name: string, description: readonly number[]): void => {
      out.name('skipcall')
      out.name(name)
      out.raw(description)
    }
    const func = (name: string, type: number): void => {
      entry(name, [0])
      out.u32(type)
    }
    const steps = added.step >= 0
    const watches = added.watched >= 0
    const atomics = atomicCalls(module.memory)
    const count = reader.u32()
    const own = module.memoryImport
    out.u32(count + (steps ? 7 : watches ? 6 : added.fuel < 0 ? 4 : 5) + atomics.length - (own === undefined ? 0 : 1))
    // A memory that it imports is the one that it gets anyway.
    out.copy(reader.bytes, reader.at, own?.start ?? reader.end)
    if (own !== undefined) out.copy(reader.bytes, own.end, reader.end)
    func('tick', nothing)
    func('grow', nothing + 1)
    func('overflow', nothing)
    if (steps) func('step', nothing + 3)
    if (watches) func('watched', nothing + 3)
    atomics.forEach(({ name }, index) => func(name, nothing + (steps || watches ? 4 : 3) + index))
    const { initial, maximum } = memoryLimits(module.memory ?? { initial: 0, maximum: 0 })
    entry('memory', [2, 1])
    out.u32(initial)
    out.u32(maximum)
    if (added.fuel >= 0) entry('fuel', [3, I32, 1])
    if (steps) entry('stepping', [3, I32, 1])
  }

  private tables(reader: Reader, out: Writer): void {
    const { tables } = this.module
    if (tables.length > MAX_TABLES) {
      throw new Refused(
        'table-size',
        `This module has ${tables.length} tables; a guest may have ${MAX_TABLES}.`,
        reader.at,
      )
    }
    out.u32(reader.u32())
    for (const { limits } of tables) {
      const start = reader.at
      if (reader.bytes[reader.at] === 0x40) {
        reader.skip(3)
        out.raw([0x40, 0])
        out.u8(reader.bytes[reader.at - 1]!)
        this.tableLimits(limits, reader, out, start)
        this.constant(reader, out)
        continue
      }
      out.u8(reader.u8())
      this.tableLimits(limits, reader, out, start)
    }
  }

  /** A table may fail to grow only where every engine says so. */
  private tableLimits(limits: Limits, reader: Reader, out: Writer, at: number): void {
    if (limits.initial > MAX_TABLE_ENTRIES) {
      throw new Refused(
        'table-size',
        `This module has a table of ${limits.initial} entries; ${MAX_TABLE_ENTRIES} are allowed.`,
        at,
      )
    }
    if (reader.u8() & 1) {
      reader.u32()
      reader.u32()
    } else reader.u32()
    out.u8(1)
    out.u32(limits.initial)
    out.u32(Math.min(limits.maximum ?? MAX_TABLE_ENTRIES, MAX_TABLE_ENTRIES))
  }

  private globals(reader: Reader, out: Writer): void {
    const count = reader.u32()
    const counts = this.added.stack >= 0
    const steps = this.added.step >= 0
    const watches = this.added.watched >= 0
    out.u32(count + (steps ? 2 + SHOWN_SLOTS : watches ? 3 : counts ? 1 : 0))
    for (let index = 0; index < count; index++) {
      out.u8(reader.u8())
      out.u8(reader.u8())
      this.constant(reader, out)
    }
    if (!counts) return
    out.raw([I32, 1, 0x41])
    out.s32(STACK_BYTES)
    out.u8(0x0b)
    if (watches) for (let bound = 0; bound < 2; bound++) out.raw([I32, 1, 0x41, 0, 0x0b])
    if (!steps) return
    out.raw([I32, 1, 0x41, 0, 0x0b])
    for (let slot = 0; slot < SHOWN_SLOTS; slot++) out.raw([I64, 1, 0x42, 0, 0x0b])
  }

  /** Copies a constant expression with its indices moved. */
  private constant(reader: Reader, out: Writer): void {
    let from = reader.at
    skipConstant(reader, (space, index, start, end) => {
      const { functions, globals } = this.module
      checkIndex(index, space === 'func' ? functions.length : globals.length, space, start)
      out.copy(reader.bytes, from, start)
      out.u32(this.moves[space](index))
      from = end
    })
    out.copy(reader.bytes, from, reader.at)
  }

  private exports(_reader: Reader, out: Writer): void {
    const { module, moves, added } = this
    const ours: [name: string, kind: keyof typeof EXPORT_CODE, index: number][] = []
    if (module.start !== undefined) ours.push(['skipcall.start', 'func', moves.func(module.start)])
    const sp = this.stackPointer()
    if (sp !== undefined) ours.push(['skipcall.sp', 'global', moves.global(sp)])
    const table = this.functionTable()
    if (table !== undefined) ours.push(['skipcall.table', 'table', table])
    if (added.stack >= 0) ours.push(['skipcall.stack', 'global', added.stack])
    if (added.step >= 0) {
      ours.push(['skipcall.depth', 'global', added.depth])
      for (let slot = 0; slot < SHOWN_SLOTS; slot++) ours.push([`skipcall.local.${slot}`, 'global', added.shown + slot])
    }
    if (added.watched >= 0) {
      ours.push(['skipcall.watch.lo', 'global', added.watch], ['skipcall.watch.hi', 'global', added.watch + 1])
    }
    out.u32(module.exports.length + ours.length)
    const entry = (name: string, kind: keyof typeof EXPORT_CODE, index: number): void => {
      out.name(name)
      out.u8(EXPORT_CODE[kind])
      out.u32(index)
    }
    for (const { name, kind, index } of module.exports) {
      entry(name, kind, kind === 'func' ? moves.func(index) : kind === 'global' ? moves.global(index) : index)
    }
    for (const each of ours) entry(...each)
  }

  /** The shadow stack's pointer: by its name, by its export, or the first global where that is a mutable i32. */
  private stackPointer(): number | undefined {
    const { module } = this
    const fits = (index: number): boolean => module.globals[index]?.type === 'i32' && module.globals[index].mutable
    const exported = module.exports.find(({ name, kind }) => kind === 'global' && name === '__stack_pointer')
    const named = findGlobal(module, '__stack_pointer') ?? exported?.index
    if (named !== undefined) return fits(named) ? named : undefined
    return fits(0) ? 0 : undefined
  }

  private functionTable(): number | undefined {
    const { tables, exports } = this.module
    const named = exports.find(({ name, kind }) => kind === 'table' && name === '__indirect_function_table')
    const index = named?.index ?? 0
    return tables[index]?.type === 'funcref' ? index : undefined
  }

  private elements(reader: Reader, out: Writer): void {
    const count = reader.u32()
    out.u32(count)
    for (let index = 0; index < count; index++) {
      const at = reader.at
      const flags = reader.u32()
      if (flags > 7) throw new Malformed('an element segment has unknown flags', at)
      out.u32(flags)
      const passive = (flags & 1) === 1
      if (!passive) {
        if (flags & 2) out.u32(reader.u32())
        this.constant(reader, out)
      }
      if (flags & 3) out.u8(reader.u8())
      const entries = reader.count()
      out.u32(entries)
      for (let entry = 0; entry < entries; entry++) {
        if (flags & 4) {
          this.constant(reader, out)
          continue
        }
        const start = reader.at
        const func = reader.u32()
        checkIndex(func, this.module.functions.length, 'function', start)
        out.u32(this.moves.func(func))
      }
    }
  }

  private data(reader: Reader, out: Writer): void {
    const count = reader.u32()
    out.u32(count)
    for (let index = 0; index < count; index++) {
      const at = reader.at
      const flags = reader.u32()
      if (flags > 2) throw new Malformed('a data segment has unknown flags', at)
      const { thread } = this
      out.u32(thread ? 1 : flags)
      if (flags === 2 && reader.u32() > 0)
        throw new Refused('several-memories', 'This module has several memories. A guest has one.', at)
      if (flags === 2 && !thread) out.u32(0)
      if (flags !== 1) this.constant(reader, thread ? new Writer(16) : out)
      const start = reader.at
      reader.skip(reader.u32())
      out.copy(reader.bytes, start, reader.at)
    }
  }
}

/** An empty vector. */
const NONE = new Uint8Array([0])
