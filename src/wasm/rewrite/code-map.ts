import { BodyDecoder } from './body.ts'
import { Malformed, Reader, Writer } from './bytes.ts'
import { BodyEmitter } from './emit.ts'
import { readCommand } from './inspect.ts'
import { type BodyMap, CodeMarks, originOf } from './mark.ts'
import { type Module, SECTION } from './module.ts'
import { guarded, type Problem, type Result } from './problem.ts'
import { type Build, layout, rewrite, wantedOf } from './rewrite.ts'

/**
 * Where the instruction lies in the original for which the byte at `offset` of the rewritten file was written, which is
 * in the function that is number `index` in the original: an offset in the original's code section, as DWARF counts it.
 * Undefined if it is in no such function.
 */
export type CodeMap = (index: number, offset: number) => number | undefined

/** Where each body begins (with its locals) and ends: offsets in the file. */
interface Bodies {
  readonly start: Uint32Array
  readonly end: Uint32Array
}

function readBodies(bytes: Uint8Array, payload: number, end: number): Bodies {
  const reader = new Reader(bytes, payload, end)
  const count = reader.count()
  const bodies = { start: new Uint32Array(count), end: new Uint32Array(count) }
  for (let index = 0; index < count; index++) {
    const body = reader.part(reader.u32())
    bodies.start[index] = body.at
    bodies.end[index] = body.end
  }
  return bodies
}

/** The same of a module of which nothing else is to be known. */
function findBodies(bytes: Uint8Array): Bodies {
  const reader = new Reader(bytes, 8, bytes.length)
  while (!reader.done()) {
    const id = reader.u8()
    const section = reader.part(reader.u32())
    if (id === SECTION.code) return readBodies(bytes, section.at, section.end)
  }
  throw new Malformed('there is no code', bytes.length)
}

/** Maps one function at a time, since few of them ever stand on a stack. */
class FunctionMaps {
  private readonly module: Module
  private readonly decoder: BodyDecoder
  private readonly emitter: BodyEmitter
  private readonly marks = new CodeMarks()
  private readonly payload: number
  private readonly before: Bodies
  private readonly after: Bodies
  private readonly known = new Map<number, BodyMap>()

  constructor(module: Module, build: Build, after: Bodies) {
    this.module = module
    this.after = after
    const section = module.sections.find(({ id }) => id === SECTION.code)
    this.payload = section?.payload ?? 0
    this.before = section === undefined ? after : readBodies(module.bytes, section.payload, section.end)
    this.decoder = new BodyDecoder(module, wantedOf(build))
    this.emitter = new BodyEmitter(new Writer(4096), layout(module, build), this.payload, this.marks)
    // How a loop is charged depends on which of the functions before it pay at their entry.
    for (let body = 0; body < this.before.start.length; body++) this.decode(body)
  }

  private decode(body: number): void {
    const { start, end } = this.before
    this.decoder.decode(new Reader(this.module.bytes, start[body]!, end[body]!), this.module.imports.length + body)
  }

  private mapOf(body: number): BodyMap {
    const known = this.known.get(body)
    if (known !== undefined) return known
    this.decode(body)
    const { bytes, types, functions, imports } = this.module
    this.emitter.emit(bytes, this.before.end[body]!, this.decoder, types[functions[imports.length + body]!]!)
    const made = this.marks.taken()
    this.known.set(body, made)
    return made
  }

  origin(index: number, offset: number): number | undefined {
    const body = index - this.module.imports.length
    const from = this.after.start[body]
    if (from === undefined || body >= this.before.start.length || offset < from || offset >= this.after.end[body]!) return undefined
    return originOf(this.mapOf(body), offset - from) - this.payload
  }
}

/**
 * Maps what `rewrite` makes of a module back to it. Takes about twice as long as `rewrite`, once; then a fraction of a
 * millisecond for the first question about a function. Never throws, whatever the bytes; nor does the map, for whose
 * lifetime they must stay as they are.
 */
export function mapCode(bytes: Uint8Array, build: Build, thread = false): Result<CodeMap, Problem> {
  return guarded(() => {
    const rewritten = rewrite(bytes, build, thread)
    if (!rewritten.ok) throw new Malformed(rewritten.problem.sentence, 0)
    const maps = new FunctionMaps(readCommand(bytes).module, build, findBodies(rewritten.value))
    return (index, offset) => {
      const origin = guarded(() => maps.origin(index, offset))
      return origin.ok ? origin.value : undefined
    }
  })
}
