import { atomicCalls } from './rewrite/atomic.ts'
import { inspect, type GuestImport, type ModuleInfo } from './rewrite/inspect.ts'
import { mapCode, type CodeMap } from './rewrite/code-map.ts'
import { memoryLimits } from './rewrite/section.ts'
import { rewrite, type Build } from './rewrite/rewrite.ts'
import { makeTrampoline } from './trampoline.ts'

/** Taken before the realm is locked, which removes the name. */
const wasm = WebAssembly

/** Where a thread of a guest begins: abi.md, "Threads". */
export const THREAD_START = '__linux_thread_start'
/** … and where one of wasi-threads does, which has set up neither stack nor thread-local storage. */
export const WASI_THREAD_START = 'wasi_thread_start'

/** Whether a further thread of the program has somewhere to begin. */
export const hasThreads = ({ exports }: ModuleInfo): boolean =>
  exports.get(THREAD_START) === 'func' || exports.get(WASI_THREAD_START) === 'func'

/** What runs a guest's signal handlers: abi.md, "Signal handlers". */
export const HANDLER = '__linux_signal'

/** A guest's program, ready to be instantiated any number of times. */
export interface Loaded {
  readonly guest: WebAssembly.Module
  readonly build: Build
  readonly trampoline: WebAssembly.Module
  readonly imports: readonly GuestImport[]
  /** Pages of 64 KiB. */
  readonly memory: { readonly initial: number; readonly maximum: number }
  readonly info: ModuleInfo
  /** From places in `guest` to the bytes that it was made of; made when it is first asked for. */
  readonly codeMap: () => CodeMap
}

const NO_MAP: CodeMap = () => undefined

const lateMap = (bytes: Uint8Array, build: Build, thread: boolean): (() => CodeMap) => {
  let made: CodeMap | undefined
  return () => {
    if (made !== undefined) return made
    const result = mapCode(bytes, build, thread)
    return (made = result.ok ? result.value : NO_MAP)
  }
}

/** The program, or the sentence that says why it is none. */
export type LoadResult = { readonly ok: true; readonly loaded: Loaded } | { readonly ok: false; readonly sentence: string }

/**
 * Rewrites and compiles a guest. Synchronous: a run must not depend on how long a compiler takes.
 *
 * @param bytes a module as the guest's toolchain made it
 * @param thread for a further thread of a process: its memory has the module's data already
 * @param compiling is told when the rewriting is done: each of the two takes seconds for the largest
 */
export const load = (bytes: Uint8Array, build: Build = 'count', compiling: () => void = () => {}, thread = false): LoadResult => {
  const info = inspect(bytes)
  if (!info.ok) return { ok: false, sentence: info.problem.sentence }
  const rewritten = rewrite(bytes, build, thread)
  if (!rewritten.ok) return { ok: false, sentence: rewritten.problem.sentence }
  compiling()
  const imports = [...info.value.imports, ...atomicCalls(info.value.memory)]
  try {
    const guest = new wasm.Module(rewritten.value)
    const trampoline = new wasm.Module(makeTrampoline(imports, { signals: info.value.exports.get(HANDLER) === 'func', watches: build === 'watch' }))
    const memory = memoryLimits(info.value.memory)
    return { ok: true, loaded: { guest, build, trampoline, imports, memory, info: info.value, codeMap: lateMap(bytes, build, thread) } }
  } catch (error) {
    // What the rewriter takes for valid and the engine does not: its validator says where.
    return { ok: false, sentence: `This module is not valid: ${String((error as { message?: unknown } | null)?.message ?? error)}` }
  }
}
