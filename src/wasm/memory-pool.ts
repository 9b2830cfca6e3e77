/** Taken before the realm is locked, which removes the name. */
const wasm = WebAssembly

/** Pages of 64 KiB. */
export interface MemoryLimits {
  readonly initial: number
  readonly maximum: number
}

/** So many are kept, and none that is larger: 2 MiB in all, where Chromium allows 124 live memories. */
const MOST = 4
const MOST_PAGES = 8
const PAGE = 65_536

/**
 * Memories whose guests are gone, for the next ones. To clear one takes a tenth of the time that the platform needs to
 * map another and find its pages at their first use; and none waits for the collector while it counts as live.
 */
export class MemoryPool {
  readonly #free: { readonly memory: WebAssembly.Memory; readonly limits: MemoryLimits }[] = []

  /** A memory of zeros. @throws what the engine throws when it gives none */
  take(limits: MemoryLimits): WebAssembly.Memory {
    const at = this.#free.findLastIndex(({ limits: { initial, maximum } }) => initial === limits.initial && maximum === limits.maximum)
    const [found] = at < 0 ? [] : this.#free.splice(at, 1)
    if (found === undefined) return new wasm.Memory(limits)
    new Uint8Array(found.memory.buffer).fill(0)
    return found.memory
  }

  /** Nobody will look at it again. One that has grown cannot shrink: it is left to the collector. */
  give(memory: WebAssembly.Memory, limits: MemoryLimits): void {
    const { initial } = limits
    if (initial > MOST_PAGES || this.#free.length >= MOST || memory.buffer.byteLength !== initial * PAGE) return
    this.#free.push({ memory, limits })
  }
}
