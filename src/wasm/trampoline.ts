import { Writer } from './rewrite/bytes.ts'
import type { ValType } from './rewrite/module.ts'

/** The type of one guest import. Results: none, or one i32. */
export interface CallType {
  readonly params: readonly ValType[]
  readonly results: readonly ValType[]
}

export interface TrampolineOptions {
  /** Whether the guest may have signal handlers (it exports `__linux_signal`). */
  readonly signals: boolean
  /** Whether the guest tells of stores (the build `watch`). */
  readonly watches?: boolean
}

/** What each function of a trampoline is called, so that it is told from the guest's on a stack (stack.ts). */
export const TRAMPOLINE_NAME = 'skipcall.trampoline'

const TYPE_CODE: Readonly<Partial<Record<ValType, number>>> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c }
const I32 = 0x7f
const EMPTY = 0x40
const OP = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  call: 0x10,
  callIndirect: 0x11,
  drop: 0x1a,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  i32Const: 0x41,
  i64Const: 0x42,
  i32Eqz: 0x45,
  i64ShrU: 0x88,
  i32Wrap: 0xa7,
} as const

/** What `makeTrampoline` depends on, as a key for a cache of compiled trampolines. */
export function trampolineKey(imports: readonly CallType[], options: TrampolineOptions): string {
  const calls = imports.map(({ params, results }) => `${params.join(',')}:${results.join(',')}`)
  return `${options.signals ? 'signals' : 'none'};${options.watches === true ? 'watches;' : ''}${calls.join(';')}`
}

interface Signature {
  readonly params: readonly number[]
  readonly results: readonly number[]
}

const NOTHING: Signature = { params: [], results: [] }
const GET: Signature = { params: [], results: [I32] }
const TAKE: Signature = { params: [I32], results: [] }
const STEP: Signature = { params: [I32, I32], results: [] }
const HANDLER: Signature = { params: [I32, I32, I32], results: [] }
const WATCHED: Signature = { params: [I32, I32, I32, I32], results: [] }

function codes(types: readonly ValType[], what: string): number[] {
  return types.map((type) => {
    const code = TYPE_CODE[type]
    if (code === undefined) throw new RangeError(`a trampoline cannot pass a ${type} as a ${what}`)
    return code
  })
}

/** What JavaScript is called with: the fuel first, and an i64 as two halves. */
const split = (guest: Signature): Signature => ({
  params: [I32, ...guest.params.flatMap((code) => (code === TYPE_CODE.i64 ? [I32, I32] : [code]))],
  results: guest.results,
})

class Builder {
  private readonly types: Signature[] = []
  private readonly keys = new Map<string, number>()
  private readonly imports = new Writer()
  private importCount = 0
  private functions = 0
  private globals = 0

  type(signature: Signature): number {
    const key = `${signature.params.join()}:${signature.results.join()}`
    const known = this.keys.get(key)
    if (known !== undefined) return known
    this.keys.set(key, this.types.length)
    return this.types.push(signature) - 1
  }

  importFunction(module: string, name: string, signature: Signature): number {
    this.imports.name(module)
    this.imports.name(name)
    this.imports.u8(0)
    this.imports.u32(this.type(signature))
    this.importCount++
    return this.functions++
  }

  importGlobal(name: string): number {
    this.imports.name('env')
    this.imports.name(name)
    this.imports.raw([3, I32, 1])
    this.importCount++
    return this.globals++
  }

  typeSection(out: Writer): void {
    out.u32(this.types.length)
    for (const { params, results } of this.types) {
      out.u8(0x60)
      for (const list of [params, results]) {
        out.u32(list.length)
        out.raw(list)
      }
    }
  }

  importSection(out: Writer): void {
    out.u32(this.importCount)
    out.raw(this.imports.view())
  }
}

/** Indices of what a trampoline imports, besides the calls. */
interface Environment {
  readonly mode: number
  readonly todo: number
  readonly dead: number
  readonly fuel: number
  readonly signals?: {
    readonly pending: number
    readonly siginfo: number
    readonly context: number
    readonly again: number
    readonly next: number
    readonly waits: number
    readonly done: number
    readonly handlerType: number
  }
}

function op(out: Writer, opcode: number, index: number): void {
  out.u8(opcode)
  out.u32(index)
}

function ifGlobal(out: Writer, global: number, body: () => void): void {
  op(out, OP.globalGet, global)
  out.raw([OP.if, EMPTY])
  body()
  out.u8(OP.end)
}

/** Runs handlers while there are signals to handle. `local`: a spare i32. */
function handleSignals(out: Writer, signals: NonNullable<Environment['signals']>, local: number): void {
  out.raw([OP.block, EMPTY, OP.loop, EMPTY])
  op(out, OP.globalGet, signals.pending)
  out.raw([OP.i32Eqz, OP.brIf, 1])
  op(out, OP.call, signals.next)
  op(out, OP.localTee, local)
  out.raw([OP.i32Eqz, OP.brIf, 1])
  op(out, OP.localGet, local)
  op(out, OP.globalGet, signals.siginfo)
  op(out, OP.globalGet, signals.context)
  out.raw([OP.i32Const, 0])
  op(out, OP.callIndirect, signals.handlerType)
  out.u8(0)
  op(out, OP.call, signals.waits)
  out.raw([OP.if, EMPTY])
  op(out, OP.call, signals.done)
  out.u8(OP.end)
  out.raw([OP.br, 0, OP.end, OP.end])
}

/** The calls of one entry: which function to take in which mode, and what finishes it. */
interface Entry {
  readonly guest: Signature
  readonly plain: number
  readonly suspending: number
  readonly finish: number
  /** Whether `finish` leaves an i32. */
  readonly finishGives: boolean
}

function pushArguments(out: Writer, guest: Signature, fuel: number): void {
  op(out, OP.globalGet, fuel)
  guest.params.forEach((code, index) => {
    op(out, OP.localGet, index)
    if (code !== TYPE_CODE.i64) return
    out.u8(OP.i32Wrap)
    op(out, OP.localGet, index)
    out.raw([OP.i64Const, 32, OP.i64ShrU, OP.i32Wrap])
  })
}

function writeEntry(out: Writer, environment: Environment, entry: Entry): void {
  const { guest, plain, suspending, finish } = entry
  const { signals } = environment
  const gives = guest.results.length === 1
  const result = guest.params.length
  const spare = result + 1
  out.raw([1, 2, I32])
  if (signals !== undefined) out.raw([OP.loop, EMPTY])
  op(out, OP.globalGet, environment.mode)
  out.raw([OP.if, gives ? I32 : EMPTY])
  pushArguments(out, guest, environment.fuel)
  op(out, OP.call, suspending)
  out.u8(OP.else)
  pushArguments(out, guest, environment.fuel)
  op(out, OP.call, plain)
  out.u8(OP.end)
  if (gives) op(out, OP.localSet, result)
  ifGlobal(out, environment.todo, () => {
    op(out, OP.call, finish)
    if (gives) op(out, OP.localSet, result)
    else if (entry.finishGives) out.u8(OP.drop)
  })
  if (signals !== undefined) handleSignals(out, signals, spare)
  ifGlobal(out, environment.dead, () => out.u8(OP.unreachable))
  if (signals !== undefined) {
    ifGlobal(out, signals.again, () => {
      out.raw([OP.i32Const, 0])
      op(out, OP.globalSet, signals.again)
      out.raw([OP.br, 1])
    })
    out.u8(OP.end)
  }
  if (gives) op(out, OP.localGet, result)
  out.u8(OP.end)
}

/** A step of a guest that is stepped: as a tick, but that it says where. */
function writeStep(out: Writer, environment: Environment, step: number, plain: number, finish: number): void {
  const spare = 2
  out.raw([1, 1, I32])
  const tell = (to: number): void => {
    op(out, OP.localGet, 0)
    op(out, OP.localGet, 1)
    op(out, OP.call, to)
  }
  op(out, OP.globalGet, environment.mode)
  out.raw([OP.if, EMPTY])
  tell(step)
  out.u8(OP.else)
  tell(plain)
  out.u8(OP.end)
  ifGlobal(out, environment.todo, () => op(out, OP.call, finish))
  if (environment.signals !== undefined) handleSignals(out, environment.signals, spare)
  ifGlobal(out, environment.dead, () => out.u8(OP.unreachable))
  out.u8(OP.end)
}

/** A store into what is watched: as a step, but that the kernel says at once whether the guest must wait. */
function writeWatched(out: Writer, environment: Environment, { tell, wait }: { readonly tell: number; readonly wait: number }): void {
  const { params } = WATCHED
  out.raw([1, 1, I32])
  params.forEach((_, index) => op(out, OP.localGet, index))
  op(out, OP.call, tell)
  out.raw([OP.if, EMPTY])
  op(out, OP.call, wait)
  out.u8(OP.end)
  if (environment.signals !== undefined) handleSignals(out, environment.signals, params.length)
  ifGlobal(out, environment.dead, () => out.u8(OP.unreachable))
  out.u8(OP.end)
}

/** Names all functions alike. */
function writeNames(out: Writer, first: number, count: number): void {
  out.name('name')
  out.u8(1)
  const start = out.open()
  out.u32(count)
  for (let index = first; index < first + count; index++) {
    out.u32(index)
    out.name(TRAMPOLINE_NAME)
  }
  out.seal(start)
}

/** The guest found its stack full: it never goes on, though a handler may leave by longjmp. */
function writeOverflow(out: Writer, environment: Environment, overflow: number): void {
  out.raw([1, 1, I32])
  op(out, OP.call, overflow)
  if (environment.signals !== undefined) handleSignals(out, environment.signals, 0)
  out.raw([OP.unreachable, OP.end])
}

function section(out: Writer, id: number, write: (out: Writer) => void): void {
  out.u8(id)
  const start = out.open()
  write(out)
  out.seal(start)
}

/**
 * The bytes of the module that stands between a guest and the machine; one instance of it per guest instance, made
 * before the guest's.
 *
 * Imports, for guest import *i* (all globals are mutable i32):
 *
 * | name | type | |
 * |---|---|---|
 * | `plain.i`, `suspending.i` | (fuel i32, the parameters, each i64 as low and high i32) → the result | the call; the second wrapped in `WebAssembly.Suspending` |
 * | `env.mode` | global | ≠ 0: take `suspending` |
 * | `env.todo` | global | set by a plain call that must wait; `finish` (or `finish_tick`) clears it |
 * | `env.finish` | () → i32 | Suspending: waits, and gives the call's result |
 * | `env.tick_plain`, `env.tick_suspending` | (fuel i32) → () | the fuel went below zero; must be set to ≥ 0 again |
 * | `env.finish_tick` | () → () | Suspending: as `finish` |
 * | `env.overflow` | () → () | Suspending: the stack's limit was met |
 * | `env.step_plain`, `env.step` | (pc i32, function i32) → () | a step is due (builds `step` and `block`); the second Suspending; the first as `plain`, with `finish_tick` |
 * | `env.dead` | global | ≠ 0: whatever returns here traps |
 * | `env.fuel` | global | the same that the guest imports as `skipcall.fuel` |
 *
 * with `watches`:
 *
 * | name | type | |
 * |---|---|---|
 * | `env.watched` | (address i32, length i32, pc i32, function i32) → i32 | a store met what is watched; ≠ 0 if the guest must wait |
 * | `env.finish_watched` | () → () | Suspending: waits |
 *
 * and with `signals`:
 *
 * | name | type | |
 * |---|---|---|
 * | `env.signals` | global | ≠ 0: ask `next_signal` before the guest goes on |
 * | `env.next_signal` | () → i32 | the signal whose handler is to run, or 0 |
 * | `env.siginfo`, `env.context` | globals | addresses that the handler gets besides |
 * | `env.signal_returned` | () → i32 | the handler returned (not called if it left by longjmp): ≠ 0 if that must wait |
 * | `env.signal_return` | () → () | Suspending: waits |
 * | `env.again` | global | ≠ 0 after that: the call is made once more, with the same arguments; cleared here |
 *
 * Exports: `"0"`, `"1"`, … the guest's imports, with the guest's types; `tick`, `overflow`, () → (), and `step`, for
 * `skipcall.tick`, `skipcall.overflow` and `skipcall.step`; with `watches` `watched`, for `skipcall.watched`; with `signals` the table `handler`, whose entry 0 must be set to the guest's
 * `__linux_signal` (i32 signo, i32 siginfo, i32 context) → ().
 *
 * @throws RangeError for a type that no system call has (`inspect` refuses modules that import such).
 */
export function makeTrampoline(imports: readonly CallType[], options: TrampolineOptions): Uint8Array<ArrayBuffer> {
  const builder = new Builder()
  const guests = imports.map(({ params, results }): Signature => {
    if (results.length > 1 || (results.length === 1 && results[0] !== 'i32'))
      throw new RangeError(`a call cannot give (${results.join(', ')})`)
    return { params: codes(params, 'parameter'), results: codes(results, 'result') }
  })
  const plain = guests.map((guest, index) => builder.importFunction('plain', String(index), split(guest)))
  const suspending = guests.map((guest, index) => builder.importFunction('suspending', String(index), split(guest)))
  const finish = builder.importFunction('env', 'finish', GET)
  const tick: Entry = {
    guest: NOTHING,
    plain: builder.importFunction('env', 'tick_plain', TAKE),
    suspending: builder.importFunction('env', 'tick_suspending', TAKE),
    finish: builder.importFunction('env', 'finish_tick', NOTHING),
    finishGives: false,
  }
  const overflow = builder.importFunction('env', 'overflow', NOTHING)
  const stepPlain = builder.importFunction('env', 'step_plain', STEP)
  const step = builder.importFunction('env', 'step', STEP)
  const watched = options.watches !== true ? undefined : {
    tell: builder.importFunction('env', 'watched', { ...WATCHED, results: [I32] }),
    wait: builder.importFunction('env', 'finish_watched', NOTHING),
  }
  const base: Environment = {
    mode: builder.importGlobal('mode'),
    todo: builder.importGlobal('todo'),
    dead: builder.importGlobal('dead'),
    fuel: builder.importGlobal('fuel'),
  }
  let defined = (watched?.wait ?? step) + 1
  let environment = base
  if (options.signals) {
    const next = builder.importFunction('env', 'next_signal', GET)
    const waits = builder.importFunction('env', 'signal_returned', GET)
    const done = builder.importFunction('env', 'signal_return', NOTHING)
    defined = done + 1
    const pending = builder.importGlobal('signals')
    const siginfo = builder.importGlobal('siginfo')
    const context = builder.importGlobal('context')
    const again = builder.importGlobal('again')
    environment = {
      ...base,
      signals: { pending, siginfo, context, again, next, waits, done, handlerType: builder.type(HANDLER) },
    }
  }
  const entries: Entry[] = guests.map((guest, index) => ({
    guest,
    plain: plain[index]!,
    suspending: suspending[index]!,
    finish,
    finishGives: true,
  }))
  entries.push(tick)
  const own = [NOTHING, NOTHING, STEP, ...(watched === undefined ? [] : [WATCHED])]
  const signatures = [...guests, ...own].map((guest) => builder.type(guest))
  const names = [...guests.keys()].map(String).concat('tick', 'overflow', 'step', watched === undefined ? [] : 'watched')

  const out = new Writer(1024)
  out.raw([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0])
  section(out, 1, (to) => builder.typeSection(to))
  section(out, 2, (to) => builder.importSection(to))
  section(out, 3, (to) => {
    to.u32(signatures.length)
    for (const type of signatures) to.u32(type)
  })
  if (options.signals) section(out, 4, (to) => to.raw([1, 0x70, 1, 1, 1]))
  section(out, 7, (to) => {
    to.u32(names.length + (options.signals ? 1 : 0))
    names.forEach((name, index) => {
      to.name(name)
      to.u8(0)
      to.u32(defined + index)
    })
    if (!options.signals) return
    to.name('handler')
    to.raw([1, 0])
  })
  section(out, 10, (to) => {
    to.u32(names.length)
    for (const entry of entries) {
      const start = to.open()
      writeEntry(to, environment, entry)
      to.seal(start)
    }
    const start = to.open()
    writeOverflow(to, environment, overflow)
    to.seal(start)
    const stepStart = to.open()
    writeStep(to, environment, step, stepPlain, tick.finish)
    to.seal(stepStart)
    if (watched === undefined) return
    const watchedStart = to.open()
    writeWatched(to, environment, watched)
    to.seal(watchedStart)
  })
  section(out, 0, (to) => writeNames(to, defined, names.length))
  return out.view().slice()
}
