import type { MemoryPort } from '../ports.ts'

/** A script's memory: room for the structures that its requests point to. */
export const SCRIPT_MEMORY_BYTES = 1 << 20

export const scriptMemory = (): MemoryPort => {
  const buffer = new ArrayBuffer(SCRIPT_MEMORY_BYTES)
  return { buffer: () => buffer }
}
