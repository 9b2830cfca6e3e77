import type { Host, ImportName } from '../engine/ports.ts'
import { load, type Loaded } from './load.ts'
import { makeVcpu } from './vcpu-jspi.ts'

/** Programs that have been loaded, by hash: the part of a host that is alike in page and Node. */
export class Programs {
  #loaded = new Map<string, Loaded>()

  /** Loads a module under its hash; the sentence that says why it cannot be, or undefined. */
  add(hash: string, bytes: Uint8Array, compiling?: () => void): string | undefined {
    if (this.#loaded.has(hash)) return undefined
    const result = load(bytes, 'count', compiling)
    if (!result.ok) return result.sentence
    this.#loaded.set(hash, result.loaded)
    return undefined
  }
  get(hash: string): Loaded | undefined {
    return this.#loaded.get(hash)
  }
}

/** The host's side of programs. @param outOfMemory the platform gave no memory where it must */
export const programHost = (programs: Programs, outOfMemory: () => void): Pick<Host, 'instantiate' | 'imports'> => ({
  imports: (hash): readonly ImportName[] | undefined => programs.get(hash)?.imports,
  instantiate: (hash, port) => {
    const loaded = programs.get(hash)
    if (loaded === undefined) return undefined
    try {
      return makeVcpu(loaded, port, outOfMemory)
    } catch {
      // Too many live memories (124 a renderer in Chromium), or too large a one.
      return undefined
    }
  },
})
