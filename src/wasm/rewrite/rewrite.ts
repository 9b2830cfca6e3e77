import type { Added } from './added.ts'
import { atomicCalls } from './atomic.ts'
import { BodyDecoder } from './body.ts'
import { Malformed, Reader, Writer } from './bytes.ts'
import { BodyEmitter } from './emit.ts'
import { BranchHints } from './hint.ts'
import { HELP_NAMES, writeHelp } from './help.ts'
import { type ModuleInfo, readCommand } from './inspect.ts'
import { type Limits, type Module, type Section, SECTION, SECTION_ORDER } from './module.ts'
import { copyNames, type Moves } from './name.ts'
import { guarded, type Problem, type Result } from './problem.ts'
import { SectionWriter } from './section.ts'
import type { Wanted } from './wanted.ts'

/**
 * `count` counts ticks and frames and makes NaNs canonical; `plain` only gives the machine its memory. `step` and
 * `block` are `count` with a step before each instruction, or each basic block; `watch` is `count` with a look at each
 * store.
 */
export type Build = 'count' | 'plain' | 'step' | 'block' | 'watch'

const isStepped = (build: Build): boolean => build === 'step' || build === 'block'

/**
 * How many functions a rewritten module imports after the guest's own: `skipcall.tick`, `grow`, `overflow`, in `step`
 * and `block` `step`, in `watch` `watched`; and, if its memory was shared, three more (atomic.ts).
 */
export const addedFunctions = (build: Build, memory?: Limits): number =>
  (isStepped(build) || build === 'watch' ? 4 : 3) + atomicCalls(memory).length

/**
 * The index that a function of the original has in a rewritten module; `imports` is the number of functions that the
 * original imports.
 */
export const movedFunction = (index: number, imports: number, build: Build = 'count', memory?: Limits): number =>
  index < imports ? index : index + addedFunctions(build, memory)

/** The reverse of `movedFunction`; undefined for the engine's own. */
export function originalFunction(
  index: number,
  info: Pick<ModuleInfo, 'imports' | 'functions'> & Partial<Pick<ModuleInfo, 'memory'>>,
  build: Build = 'count',
): number | undefined {
  const imports = info.imports.length
  if (index < imports) return index
  const original = index - addedFunctions(build, info.memory)
  return original >= imports && original < imports + info.functions ? original : undefined
}

/** Where the module that `build` makes of this one has what it adds. */
export function layout(module: Module, build: Build): Added {
  const imported = module.imports.length
  const counts = build !== 'plain'
  const steps = isStepped(build)
  const globalShift = steps ? 2 : counts ? 1 : 0
  const functionShift = addedFunctions(build, module.memory)
  const behind = module.globals.length + globalShift
  return {
    imported,
    functionShift,
    globalShift,
    tick: imported,
    grow: imported + 1,
    overflow: imported + 2,
    fuel: counts ? 0 : -1,
    stack: counts ? behind : -1,
    step: steps ? imported + 3 : -1,
    atomics: module.memory?.shared === true ? imported + addedFunctions(build) : -1,
    stepping: steps ? 1 : -1,
    depth: steps ? behind + 1 : -1,
    shown: steps ? behind + 2 : -1,
    watched: build === 'watch' ? imported + 3 : -1,
    watch: build === 'watch' ? behind + 1 : -1,
    help: counts ? module.functions.length + functionShift : -1,
  }
}

/** Which edits a build wants of a module. */
export const wantedOf = (build: Build): Wanted => {
  const counts = build !== 'plain'
  return {
    ticks: counts,
    frames: counts,
    nans: counts,
    globals: counts,
    steps: build === 'step' ? 'instruction' : build === 'block' ? 'block' : 'none',
    stores: build === 'watch',
  }
}

function writeCode(
  module: Module,
  section: Section | undefined,
  build: Build,
  added: Added,
  out: Writer,
  hints: BranchHints,
): void {
  const reader = section === undefined ? new Reader(NONE, 0, 1) : new Reader(module.bytes, section.payload, section.end)
  const count = reader.count()
  const defined = module.functions.length - module.imports.length
  if (count !== defined)
    throw new Malformed(`${defined} functions are declared and ${count} have code`, section?.payload ?? 0)
  const decoder = new BodyDecoder(module, wantedOf(build))
  const emitter = new BodyEmitter(out, added, section?.payload ?? 0)
  out.u32(count + (added.help < 0 ? 0 : HELP_NAMES.length))
  for (let index = module.imports.length; index < module.functions.length; index++) {
    const body = reader.part(reader.u32())
    decoder.decode(body, index)
    const start = out.open()
    emitter.emit(module.bytes, body.end, decoder, module.types[module.functions[index]!]!)
    out.seal(start)
    hints.add(index + added.functionShift, emitter.unlikely)
  }
  if (added.help >= 0) writeHelp(added, out)
  if (!reader.done()) throw new Malformed('a section holds more than it declares', reader.at)
}

/** An empty vector. */
const NONE = new Uint8Array([0])

/** Custom sections that speak of offsets in the code, or of another file's. */
const isStale = (name: string): boolean =>
  name.startsWith('.debug_') ||
  name.startsWith('reloc.') ||
  name.startsWith('metadata.code.') ||
  name === 'sourceMappingURL' ||
  name === 'external_debug_info'

function writeCustom(module: Module, section: Section, moves: Moves, out: Writer): void {
  const name = section.name ?? ''
  if (isStale(name)) return
  if (name !== 'name') return out.copy(module.bytes, section.start, section.end)
  const names = new Writer(section.end - section.payload + 256)
  try {
    copyNames(new Reader(module.bytes, section.payload, section.end), names, moves)
  } catch (error) {
    // A name section that is wrong is no reason to refuse a module.
    if (!(error instanceof Malformed)) throw error
    return
  }
  out.u8(SECTION.custom)
  const start = out.open()
  out.name('name')
  out.raw(names.view())
  out.seal(start)
}

/** How much more code there is, at a guess. */
const CODE_GROWTH: Readonly<Record<Build, number>> = { plain: 1.25, count: 1.25, step: 8, block: 4, watch: 3 }

/** Sections that a rewritten module has even if the original lacks them. */
const NEEDED: readonly number[] = [
  SECTION.type,
  SECTION.import,
  SECTION.function,
  SECTION.global,
  SECTION.export,
  SECTION.code,
]

function writeModule(module: Module, build: Build, thread: boolean): Uint8Array<ArrayBuffer> {
  const added = layout(module, build)
  const helped = HELP_NAMES.map((name, index): [number, string] => [added.help + index, name])
  const moves: Moves = {
    func: (index) => movedFunction(index, added.imported, build, module.memory),
    global: (index) => index + added.globalShift,
    addedFunctions: [
      [added.tick, 'skipcall.tick'],
      [added.grow, 'skipcall.grow'],
      [added.overflow, 'skipcall.overflow'],
      ...(added.step < 0 ? [] : [[added.step, 'skipcall.step'] as const]),
      ...(added.watched < 0 ? [] : [[added.watched, 'skipcall.watched'] as const]),
      ...atomicCalls(module.memory).map(({ name }, index) => [added.atomics + index, name] as const),
      ...(added.help < 0 ? [] : helped),
    ],
  }
  const sections = new SectionWriter(module, added, moves, thread)
  let out = new Writer(4096)
  const chunks = [out]
  const write = (id: number, section: Section | undefined): void => {
    if (id !== SECTION.code) return sections.write(id, section, out)
    const code = new Writer(
      section === undefined ? 256 : Math.ceil((section.end - section.payload) * CODE_GROWTH[build]) + 1024,
    )
    const hints = new BranchHints()
    writeCode(module, section, build, added, code, hints)
    hints.write(out)
    out.u8(SECTION.code)
    out.u32(code.length)
    out = new Writer(section === undefined ? 256 : module.bytes.length - section.end + 4096)
    chunks.push(code, out)
  }
  const waiting = [...NEEDED]
  const place = (id: number): number => (SECTION_ORDER as readonly number[]).indexOf(id)
  const writeUpTo = (order: number): void => {
    while (waiting.length > 0 && place(waiting[0]!) < order) write(waiting.shift()!, undefined)
  }
  out.copy(module.bytes, 0, 8)
  for (const section of module.sections) {
    if (section.id === SECTION.custom) {
      writeCustom(module, section, moves, out)
      continue
    }
    writeUpTo(place(section.id))
    if (waiting[0] === section.id) waiting.shift()
    write(section.id, section)
  }
  writeUpTo(Infinity)
  return joined(chunks)
}

function joined(chunks: readonly Writer[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk.view(), at)
    at += chunk.length
  }
  return whole
}

/**
 * Makes a guest's module into one that the machine can run, interrupt and run again alike (see README.md for what it
 * imports and exports). Never throws, whatever the bytes. Takes about a second for 26 MB.
 *
 * @param thread for a second instance on the memory of a first: it leaves the memory as it is
 */
export function rewrite(bytes: Uint8Array, build: Build, thread = false): Result<Uint8Array<ArrayBuffer>, Problem> {
  return guarded(() => writeModule(readCommand(bytes).module, build, thread))
}
