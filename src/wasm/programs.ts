import type { GuestBuild, Host, ImportName } from '../engine/ports.ts'
import { Sha256, hex } from '../engine/trace/sha256.ts'
import { hasThreads, load, type Loaded } from './load.ts'
import { MemoryPool } from './memory-pool.ts'
import { readLocals, type LocalTable } from './rewrite/local.ts'
import { makeVcpu } from './vcpu-jspi.ts'
import { makeRebuildingVcpu } from './vcpu-rebuild.ts'

/** Whether this platform can put a guest's stack aside (JSPI). Asked before the realm is locked, which removes the name. */
export const canSuspend = 'Suspending' in WebAssembly

/** Programs that have been loaded, by hash: the part of a host that is alike in page and Node. */
export class Programs {
  #loaded = new Map<string, Loaded>()
  #bytes = new Map<string, Uint8Array>()
  #locals = new Map<string, LocalTable>()
  readonly memories = new MemoryPool()

  /** Loads a module under its hash; the sentence that says why it cannot be, or undefined. */
  add(hash: string, bytes: Uint8Array, compiling?: () => void): string | undefined {
    if (this.#loaded.has(hash)) return undefined
    const result = load(bytes, 'count', compiling)
    if (!result.ok) return result.sentence
    this.#loaded.set(hash, result.loaded)
    this.#bytes.set(hash, bytes)
    return undefined
  }
  /** The program on another build, made when it is first wanted. */
  build(hash: string, build: GuestBuild, thread = false): Loaded | undefined {
    const counting = this.#loaded.get(hash)
    if ((build === 'count' && !thread) || counting === undefined) return counting
    const key = `${build}${thread ? ' thread' : ''} ${hash}`
    const made = this.#loaded.get(key)
    if (made !== undefined) return made
    const bytes = this.#bytes.get(hash)
    const result = bytes === undefined ? undefined : load(bytes, build, undefined, thread)
    if (result?.ok !== true) return undefined
    this.#loaded.set(key, result.loaded)
    return result.loaded
  }
  get(hash: string): Loaded | undefined {
    return this.#loaded.get(hash)
  }
  /** Which locals each of the program's functions shows at a step. */
  locals(hash: string): LocalTable | undefined {
    const bytes = this.#bytes.get(hash)
    const known = this.#locals.get(hash)
    if (known !== undefined || bytes === undefined) return known
    const read = readLocals(bytes)
    if (read.ok) this.#locals.set(hash, read.value)
    return read.ok ? read.value : undefined
  }
}

/**
 * The host's side of programs.
 *
 * @param outOfMemory the platform gave no memory where it must
 * @param suspends guests that wait are suspended; otherwise they are made again, which any platform can
 */
export const programHost = (
  programs: Programs, outOfMemory: () => void, suspends = canSuspend,
): Pick<Host, 'instantiate' | 'imports' | 'functionName' | 'locals' | 'load' | 'rebuilds'> => ({
  rebuilds: !suspends,
  load: (bytes) => {
    const hash = hex(new Sha256().update(bytes).digest())
    const sentence = programs.add(hash, bytes)
    return sentence === undefined ? { hash } : { sentence }
  },
  locals: (hash, index) => programs.locals(hash)?.(index) ?? [],
  functionName: (hash, index) => programs.get(hash)?.info.names.get(index),
  imports: (hash): readonly ImportName[] | undefined => programs.get(hash)?.imports,
  instantiate: (hash, port, build = 'count', thread = undefined) => {
    const loaded = programs.build(hash, build, thread !== undefined)
    if (loaded === undefined || (thread !== undefined && !(suspends && hasThreads(loaded.info)))) return undefined
    try {
      return !suspends ? makeRebuildingVcpu(loaded, port, outOfMemory) : makeVcpu(loaded, port, outOfMemory, thread, programs.memories)
    } catch {
      // Too many live memories (124 a renderer in Chromium), or too large a one.
      return undefined
    }
  },
})
