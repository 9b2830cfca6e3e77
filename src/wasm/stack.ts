import type { GuestFrame } from '../engine/ports.ts'
import type { Loaded } from './load.ts'
import { originalFunction } from './rewrite/rewrite.ts'
import { TRAMPOLINE_NAME } from './trampoline.ts'

/** Taken before the realm is locked, which gives scripts errors that have no stack (script/error.ts). */
const EngineError = Error as ErrorConstructor & { stackTraceLimit?: number }
/** SpiderMonkey has it on the prototype, from where it is removed; V8 gives each error its own. */
const inheritedStack = Object.getOwnPropertyDescriptor(Error.prototype, 'stack')?.get
const { apply } = Reflect

/** More frames than any guest's stack has room for (rewrite/limit.ts), with what is below. */
const MOST_FRAMES = 20_000

/** An error that knows the stack below, up to so many frames. */
const errorHere = (most: number): Error => {
  const limit = EngineError.stackTraceLimit
  // V8 alone has this, and takes ten frames otherwise.
  if (limit === undefined) return new EngineError()
  EngineError.stackTraceLimit = most
  try {
    return new EngineError()
  } finally {
    EngineError.stackTraceLimit = limit
  }
}

const textOf = (error: Error): string => {
  const stack: unknown = inheritedStack === undefined ? error.stack : apply(inheritedStack, error, [])
  return typeof stack === 'string' ? stack : ''
}

/** What the engine says of the stack below, as a text of its own form. */
export const captureStack = (): string => textOf(errorHere(MOST_FRAMES))

/** Enough for the innermost function of a guest, below which stand ours. */
const SPOT_FRAMES = 16

/** Keeps where the stack is: what it costs to say it is paid by who asks. */
export const keepSpot = (): (() => string) => {
  const error = errorHere(SPOT_FRAMES)
  return () => textOf(error)
}

/** A line of a stack that stands for WebAssembly; each part as far as the engine says it. */
export interface StackLine {
  readonly name: string | undefined
  /** The function's index in the module that runs. */
  readonly index: number | undefined
  /** Where it is in that module's file. */
  readonly offset: number | undefined
}

const V8 = /^ +at (?:(?<name>.*) \()?wasm:\/\/.*:wasm-function\[(?<index>\d+)\]:0x(?<offset>[\da-f]+)\)?$/
const SPIDERMONKEY = /^(?<name>.*)@.*:wasm-function\[(?<index>\d+)\]:0x(?<offset>[\da-f]+)$/
/** In the brackets stands the name, if there is one. */
const JAVASCRIPTCORE = /^(?:.*\.)?wasm-function\[(?<either>.*)\]@\[wasm code\]$/
/** Between WebAssembly and JavaScript: nobody's function. */
const JAVASCRIPTCORE_STUB = /^wasm-stub@/

const NOBODY: StackLine = { name: undefined, index: undefined, offset: undefined }

const parseLine = (line: string): StackLine | undefined => {
  const groups = (V8.exec(line) ?? SPIDERMONKEY.exec(line))?.groups
  if (groups !== undefined) {
    const { name, index, offset } = groups
    const isNamed = name !== undefined && !name.startsWith('wasm-function[')
    return { name: isNamed ? name : undefined, index: Number(index), offset: parseInt(offset as string, 16) }
  }
  const either = JAVASCRIPTCORE.exec(line)?.groups?.['either']
  if (either === undefined) return JAVASCRIPTCORE_STUB.test(line) ? NOBODY : undefined
  return /^\d+$/.test(either) ? { ...NOBODY, index: Number(either) } : { ...NOBODY, name: either }
}

/**
 * The lines of a stack that stand for WebAssembly, innermost first, from the first one up to where JavaScript called it.
 * Reads what V8, SpiderMonkey and JavaScriptCore write.
 */
export const parseStack = (stack: string): readonly StackLine[] => {
  const lines: StackLine[] = []
  for (const text of stack.split('\n')) {
    const line = parseLine(text)
    if (line !== undefined) lines.push(line)
    else if (lines.length > 0) break
  }
  return lines
}

/**
 * The functions of a guest that stand on a stack, innermost first: the trampoline's and those that were added to it are
 * left out. Where the engine gives but a name, it is the first function of that name.
 */
export const guestFrames = (stack: string, { info, build, codeMap }: Pick<Loaded, 'info' | 'build' | 'codeMap'>): readonly GuestFrame[] => {
  const frames: GuestFrame[] = []
  for (const { name, index, offset } of parseStack(stack)) {
    if (name === TRAMPOLINE_NAME) continue
    const func = index === undefined ? indexOfName(info.names, name) : originalFunction(index, info, build)
    if (func === undefined || func < info.imports.length) continue
    frames.push({ func, codeOffset: offset === undefined ? undefined : codeMap()(func, offset) })
  }
  return frames
}

const indexOfName = (names: ReadonlyMap<number, string>, wanted: string | undefined): number | undefined => {
  for (const [index, name] of names) if (name === wanted) return index
  return undefined
}
