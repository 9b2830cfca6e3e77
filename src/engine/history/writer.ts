import type { Kernel } from '../kernel/kernel.ts'
import type { GuestFrame } from '../ports.ts'
import type { Moment } from './history.ts'
import { remake, type Seen } from './remake.ts'

/** A write into what is watched. */
export interface Write {
  /** The guest's own store, or what kernel and tracers wrote. */
  readonly by: 'guest' | 'kernel'
  /** Records of the log that had been passed; of the kernel's, its own among them. */
  readonly records: number
  /** Of what was written. */
  readonly addr: number
  readonly length: number
  /** The instruction, an offset in the module's code section, and its function's index; 0 of the kernel's. */
  readonly pc: number
  readonly func: number
  /** The functions that the guest was in, innermost first. */
  readonly frames: readonly GuestFrame[]
}

/** Bytes of a guest's memory. */
export interface Bytes {
  readonly addr: number
  readonly length: number
}

/** The writes into the bytes up to a moment: how many, and the one of that number, from 1, with which it ends. */
const writes = (kernel: Kernel, moment: Moment, { addr, length }: Bytes, wanted: number): Seen<{ readonly count: number; readonly write: Write | undefined }> => {
  const end = addr + length
  let count = 0
  let write: Write | undefined
  const made = remake(kernel, moment, 'watch', ({ memory, vcpu, reader }) => {
    vcpu.setWatch(addr, end)
    memory.watchWrites(true)
    const meets = (one: Bytes): boolean => one.addr < end && one.addr + one.length > addr
    return {
      stored: (at, bytes, pc, func) => {
        if (write !== undefined || ++count !== wanted) return write !== undefined
        write = { by: 'guest', records: reader.taken, addr: at, length: bytes, pc, func, frames: vcpu.frames() }
        return true
      },
      passed: () => {
        const written = memory.takeWrites().find(meets)
        if (written === undefined || write !== undefined || ++count !== wanted) return write !== undefined
        write = { by: 'kernel', records: reader.taken, addr: written.addr, length: written.length, pc: 0, func: 0, frames: [] }
        return true
      },
    }
  })
  return made.ok ? { ok: true, value: { count, write } } : made
}

/** Who wrote into the bytes last, up to this moment; undefined: nobody has, they are as the program began. */
export const lastWrite = (kernel: Kernel, moment: Moment, bytes: Bytes): Seen<Write | undefined> => {
  // Its stack can be seen only while it stands there: the last one is known when all have been counted.
  const all = writes(kernel, moment, bytes, 0)
  if (!all.ok || all.value.count === 0) return all.ok ? { ok: true, value: undefined } : all
  const found = writes(kernel, moment, bytes, all.value.count)
  return found.ok ? { ok: true, value: found.value.write } : found
}

/** Who writes into the bytes next, between this moment and a later one of the same image; undefined: nobody does. */
export const nextWrite = (kernel: Kernel, moment: Moment, later: Moment, bytes: Bytes): Seen<Write | undefined> => {
  const before = writes(kernel, moment, bytes, 0)
  if (!before.ok) return before
  const found = writes(kernel, later, bytes, before.value.count + 1)
  return found.ok ? { ok: true, value: found.value.write } : found
}
