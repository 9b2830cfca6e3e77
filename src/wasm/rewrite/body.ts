import { isAtomicCall } from './atomic.ts'
import { Malformed, Reader } from './bytes.ts'
import { readDeclarations } from './declaration.ts'
import { EDIT, EditList } from './edit.ts'
import { readFloat, readMemoryIndex, readOffset, readVector, skipImmediate } from './immediate.ts'
import { type ShownLocal, shownLocals } from './local.ts'
import { Loops } from './loop.ts'
import { checkIndex, type FunctionType, type Module, valueBytes } from './module.ts'
import { NanTracker, NUMBER, OPAQUE } from './nan.ts'
import { ATOMIC, BULK, DIVIDERS, Immediate, MISC, type Opcodes, PLAIN, Shape, SIMD } from './opcode.ts'
import { BLOCK, Operands } from './operand.ts'
import { Refused } from './problem.ts'
import { Steps } from './step.ts'
import { type Store, Stores } from './store.ts'
import type { Wanted } from './wanted.ts'

/**
 * Decodes function bodies one after another and lists the edits that each needs. Types are not validated: what was
 * wrong stays wrong, and the engine says so. Indices are, since the rewritten module has more of everything.
 */
export class BodyDecoder {
  readonly edits = new EditList()
  private readonly module: Module
  private readonly wanted: Wanted
  private readonly nans = new NanTracker(this.edits)
  private readonly operands: Operands
  private readonly loops: Loops
  private readonly steps: Steps | undefined
  private readonly watched: Stores | undefined
  /** By index: functions decoded so far that pay a tick at their entry. */
  private readonly charging: Uint8Array

  // Of the function last decoded:
  index = 0
  /** Where functions are stepped: the locals that are shown. */
  shown: readonly ShownLocal[] = []
  localCount = 0
  /** The bytes that its locals take when each is kept in memory. */
  localBytes = 0
  hasBulk = false
  usesVectors = false
  /** A bit (1 << Shape) for each shape that it makes canonical. */
  canonShapes = 0
  /** How many groups of locals it declares, where they begin, and where its instructions do. Offsets in the file. */
  groups = 0
  groupsAt = 0
  codeAt = 0

  constructor(module: Module, wanted: Wanted) {
    this.module = module
    this.wanted = wanted
    this.operands = new Operands(this.nans, module.bytes.length)
    this.loops = new Loops(this.edits, wanted.steps === 'none')
    this.steps = wanted.steps === 'none' ? undefined : new Steps(this.edits, wanted.steps === 'block')
    this.watched = wanted.stores ? new Stores(this.edits, module) : undefined
    this.charging = new Uint8Array(module.functions.length)
  }

  get maxHeight(): number {
    return this.operands.maxHeight
  }

  get calls(): number {
    return this.loops.calls
  }

  get hasLoop(): boolean {
    return this.loops.count > 0
  }

  /** By the argument of an EDIT.step: which locals must be shown there. */
  get stale(): readonly number[] {
    return this.steps?.stale ?? []
  }

  /** By the argument of an EDIT.store: its stores, where they are looked at. */
  get stores(): readonly Store[] {
    return this.watched?.list ?? []
  }

  /** Of each local that is shown: the Shape in which it is to be made canonical first. */
  shownShapes(): number[] {
    return this.shown.map((_, local) => (this.wanted.nans ? this.nans.deferredShape(local) : Shape.none))
  }

  /**
   * Decodes the body of function `index` that `reader` holds, locals first. Its edits are in `edits` until the next
   * call.
   */
  decode(reader: Reader, index: number): void {
    const type = this.module.types[this.module.functions[index]!]!
    this.index = index
    this.edits.clear()
    this.hasBulk = false
    this.usesVectors = false
    this.canonShapes = 0
    this.loops.begin()
    this.readLocals(reader, type)
    this.operands.begin(type.results.length)
    this.steps?.begin()
    this.watched?.begin()
    while (this.operands.depth >= 0) this.instruction(reader)
    if (!reader.done()) throw new Malformed('a function body goes on after its end', reader.at)
    if (this.wanted.nans) this.canonShapes = this.nans.finish()
    if (this.calls > 0) this.charging[index] = 1
  }

  private readLocals(reader: Reader, type: FunctionType): void {
    const params = type.params.length
    const { groups, groupsAt, count, bytes } = readDeclarations(reader, params)
    this.groups = groups
    this.groupsAt = groupsAt
    this.localCount = count
    this.localBytes = valueBytes(type.params) + bytes
    this.codeAt = reader.at
    if (this.steps !== undefined) this.shown = shownLocals(type.params, groups, new Reader(reader.bytes, groupsAt, reader.at))
    if (!this.wanted.nans) return
    this.operands.spend(count)
    this.nans.begin(count)
    reader.at = this.groupsAt
    for (let index = 0, first = params; index < this.groups; index++) {
      const size = reader.u32()
      this.nans.declare(first, first + size, reader.u8())
      first += size
    }
  }

  private instruction(reader: Reader): void {
    const at = reader.at
    const opcode = reader.u8()
    if (this.steps !== undefined && (!DIVIDERS.includes(opcode) || (opcode === 0x0b && this.operands.depth === 0))) {
      this.steps.before(at)
    }
    if (PLAIN.immediate[opcode] !== Immediate.control) this.simple(PLAIN, opcode, reader, at)
    else if (opcode >= 0x20) this.variable(opcode, reader, at)
    else this.control(opcode, reader, at)
    this.watched?.after(opcode, reader.bytes, at, reader.at)
  }

  /** An instruction of which the table says everything. */
  private simple(table: Opcodes, opcode: number, reader: Reader, at: number): void {
    skipImmediate(table.immediate[opcode], this.module, reader, at)
    const operands = this.operands
    const pops = table.pops[opcode]!
    const nan = table.nan[opcode]!
    let result: number = OPAQUE
    if (this.wanted.nans && pops <= 2 && pops > 0) {
      const b = pops === 2 ? operands.pop() : NUMBER
      result = this.nans.result(operands.pop(), b, nan, table.reads[opcode]!, table.makes[opcode]!, reader.at)
    } else operands.take(pops)
    if (table.pushes[opcode] === 1) operands.push(result)
  }

  private blockType(kind: number, reader: Reader): void {
    const at = reader.at
    const code = reader.s33()
    if (code >= 0) {
      checkIndex(code, this.module.types.length, 'type', at)
      const type = this.module.types[code]!
      this.operands.open(kind, type.params.length, type.results.length)
    } else this.operands.open(kind, 0, code === -64 ? 0 : 1)
  }

  private control(opcode: number, reader: Reader, at: number): void {
    const operands = this.operands
    if (opcode !== 0x02 && opcode < 0x10) this.loops.bend()
    switch (opcode) {
      case 0x02: // block
      case 0x06: // try
        this.steps?.block()
        return this.blockType(BLOCK.plain, reader)
      case 0x03:
        return this.loop(reader, at)
      case 0x04: // if
        operands.take(1)
        this.steps?.if()
        return this.blockType(BLOCK.plain, reader)
      case 0x05: // else
        this.steps?.other()
        return operands.other()
      case 0x07: // catch
        this.steps?.handler()
        return operands.part(this.tag(reader).params.length)
      case 0x19: // catch_all
        this.steps?.handler()
        return operands.part(0)
      case 0x08: // throw
        operands.take(this.tag(reader).params.length)
        return this.cut()
      case 0x0a: // throw_ref
      case 0x00: // unreachable
        return this.cut()
      case 0x09: // rethrow
        this.loops.fix()
        reader.u32()
        return this.cut()
      case 0x18: // delegate
        this.loops.fix()
        reader.u32()
        return this.end(reader, at)
      case 0x0b:
        return this.end(reader, at)
      case 0x0c: // br
        this.branch(reader)
        return this.cut()
      case 0x0d: // br_if
        operands.take(1)
        return this.branch(reader)
      case 0x0e: {
        // br_table
        operands.take(1)
        const count = reader.count()
        for (let index = 0; index <= count; index++) this.branch(reader)
        return this.cut()
      }
      case 0x0f: // return
        operands.branch(operands.depth, at)
        return this.cut()
      case 0x1a: // drop
        operands.pop()
        return
      case 0x1b:
      case 0x1c:
        return this.select(opcode, reader)
      case 0x1f:
        return this.tryTable(reader)
      default:
        return this.call(opcode, reader, at)
    }
  }

  private cut(): void {
    this.operands.cut()
    this.steps?.cut()
  }

  private loop(reader: Reader, at: number): void {
    const isEmpty = reader.bytes[reader.at] === 0x40
    this.blockType(BLOCK.loop, reader)
    if (this.wanted.ticks) this.loops.enter(at, reader.at, this.operands.depth, isEmpty)
    this.steps?.loop()
    this.nans.loops++
  }

  private end(reader: Reader, at: number): void {
    this.steps?.end()
    if (!this.operands.close()) return
    this.nans.loops--
    if (this.wanted.ticks) this.loops.leave(at, reader.at)
  }

  private branch(reader: Reader): void {
    const from = reader.at
    const label = reader.u32()
    this.operands.branch(label, from)
    this.steps?.branch(this.operands.depth - label)
    if (this.wanted.ticks) this.loops.branch(this.operands.depth - label, label, from, reader.at)
  }

  private tag(reader: Reader): FunctionType {
    const at = reader.at
    const index = reader.u32()
    checkIndex(index, this.module.tags.length, 'tag', at)
    return this.module.types[this.module.tags[index]!]!
  }

  private tryTable(reader: Reader): void {
    this.loops.fix()
    this.steps?.block()
    this.blockType(BLOCK.plain, reader)
    const count = reader.count()
    for (let index = 0; index < count; index++) {
      const at = reader.at
      const kind = reader.u8()
      if (kind > 3) throw new Malformed('a catch clause is of no known kind', at)
      if (kind < 2) this.tag(reader)
      const label = reader.u32()
      this.steps?.caught(this.operands.depth - 1 - label)
    }
  }

  private select(opcode: number, reader: Reader): void {
    if (opcode === 0x1c) for (let count = reader.count(); count > 0; count--) reader.u8()
    const operands = this.operands
    operands.pop()
    const b = operands.pop()
    const a = operands.pop()
    operands.push(this.nans.selected(a, b, reader.at))
  }

  private functionIndex(reader: Reader): number {
    const from = reader.at
    const index = reader.u32()
    checkIndex(index, this.module.functions.length, 'function', from)
    if (index >= this.module.imports.length) this.edits.add(from, EDIT.functionIndex, index, reader.at - from)
    return index
  }

  private call(opcode: number, reader: Reader, at: number): void {
    const direct = opcode === 0x10 || opcode === 0x12
    const tail = opcode === 0x12 || opcode === 0x13
    if (!direct && opcode !== 0x11 && opcode !== 0x13) {
      throw new Refused('unsupported', 'This module uses typed function references, which are not supported here.', at)
    }
    if (this.wanted.frames) this.edits.add(at, tail ? EDIT.unframe : EDIT.frame, 0, 0)
    let index: number
    let pays = false
    if (direct) {
      const callee = this.functionIndex(reader)
      index = this.module.functions[callee]!
      pays = callee === this.index || (callee < this.index && this.charging[callee] === 1)
    } else {
      index = reader.u32()
      checkIndex(index, this.module.types.length, 'type', at)
      reader.u32()
      this.operands.pop()
    }
    this.loops.call(pays)
    const type = this.module.types[index]!
    this.operands.take(type.params.length)
    if (tail) return this.cut()
    this.operands.give(type.results.length)
    this.steps?.returned()
  }

  private local(reader: Reader): number {
    const at = reader.at
    const index = reader.u32()
    if (index >= this.localCount) checkIndex(index, this.localCount, 'local', at)
    return index
  }

  private variable(opcode: number, reader: Reader, at: number): void {
    const operands = this.operands
    const nans = this.wanted.nans
    switch (opcode) {
      case 0x20: {
        const local = this.local(reader)
        return operands.push(nans ? this.nans.get(local, reader.at) : OPAQUE)
      }
      case 0x21:
      case 0x22: {
        const local = this.local(reader)
        const value = operands.pop()
        if (nans) this.nans.set(local, value)
        this.steps?.set(local)
        if (opcode === 0x22) operands.push(value)
        return
      }
      case 0x23:
      case 0x24: {
        const from = reader.at
        const index = reader.u32()
        checkIndex(index, this.module.globals.length, 'global', from)
        if (this.wanted.globals) this.edits.add(from, EDIT.globalIndex, index, reader.at - from)
        if (opcode === 0x23) operands.push(OPAQUE)
        else operands.take(1)
        return
      }
      case 0x25: // table.get
        reader.u32()
        operands.take(1)
        return operands.push(OPAQUE)
      case 0x26: // table.set
        reader.u32()
        return operands.take(2)
      case 0x3f: // memory.size
        readMemoryIndex(this.module, reader)
        return operands.push(OPAQUE)
      case 0x40: // memory.grow
        readMemoryIndex(this.module, reader)
        this.loops.call(false)
        this.edits.add(at, EDIT.grow, 0, reader.at - at)
        this.steps?.turn()
        operands.take(1)
        return operands.push(OPAQUE)
      case 0x41:
        reader.skipLeb(5)
        return operands.push(OPAQUE)
      case 0x42:
        reader.skipLeb(10)
        return operands.push(OPAQUE)
      case 0x43:
      case 0x44:
        return operands.push(readFloat(opcode === 0x43 ? 4 : 8, reader) ? NUMBER : OPAQUE)
      case 0xd0:
        reader.s33()
        return operands.push(OPAQUE)
      case 0xd2:
        this.functionIndex(reader)
        return operands.push(OPAQUE)
      default:
        return this.prefixed(opcode, reader, at)
    }
  }

  private prefixed(prefix: number, reader: Reader, at: number): void {
    const opcode = reader.u32()
    switch (prefix) {
      case 0xfc:
        if (opcode < 8) return this.simple(MISC, opcode, reader, at)
        return this.bulk(opcode, reader, at)
      case 0xfd:
        this.usesVectors = true
        if (opcode >= 0x100 && opcode < 0x180) {
          throw new Refused(
            'relaxed-simd',
            'This module uses relaxed SIMD, whose results differ from machine to machine. Build it without -mrelaxed-simd.',
            at,
          )
        }
        if (opcode === 12) return this.operands.push(readVector(reader) ? NUMBER : OPAQUE)
        return this.simple(SIMD, opcode, reader, at)
      case 0xfe:
        if (isAtomicCall(this.module.memory, opcode)) return this.atomicCall(opcode, reader, at)
        return this.simple(ATOMIC, opcode, reader, at)
      default:
        throw new Refused(
          'unsupported',
          'This module uses garbage-collected objects, which are not supported here.',
          at,
        )
    }
  }

  /** An instruction that sleeps or wakes: others may run meanwhile, and handlers in this frame. */
  private atomicCall(opcode: number, reader: Reader, at: number): void {
    if (this.wanted.frames) this.edits.add(at, EDIT.frame, 0, 0)
    this.edits.add(at, EDIT.atomic + opcode, readOffset(this.module, reader, at) | 0, reader.at - at)
    this.loops.call(false)
    this.operands.take(ATOMIC.pops[opcode]!)
    this.operands.give(1)
    this.steps?.returned()
  }

  private bulk(opcode: number, reader: Reader, at: number): void {
    const bulk = BULK[opcode]
    if (bulk === undefined) throw new Refused('unsupported', `This module uses an instruction that is not known here (fc ${opcode}).`, at)
    for (let count = bulk.indices; count > 0; count--) reader.u32()
    for (let count = bulk.memories; count > 0; count--) readMemoryIndex(this.module, reader)
    if (bulk.shift >= 0) {
      this.hasBulk = true
      this.steps?.turn()
      if (this.wanted.ticks) this.edits.add(at, EDIT.bulk, bulk.shift, 0)
    }
    this.operands.take(bulk.pops)
    this.operands.give(bulk.pushes)
  }
}
