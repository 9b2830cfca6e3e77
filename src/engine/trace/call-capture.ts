import { ARCH_LINUX } from '../abi/ptrace.ts'
import { captureEntry, captureExit, type CaptureSink } from '../decode/capture.ts'
import type { Peek } from '../decode/peek.ts'
import { copyBytes } from '../kernel/bytes.ts'
import type { GuestMemory, Write } from '../kernel/memory.ts'
import type { Task } from '../kernel/task.ts'
import type { Row } from '../syscall/row.ts'
import type { CaptureWriter } from './capture.ts'

/** A call keeps this many of the stretches that it wrote. */
const MOST_WRITES = 64

/** Bytes of a vector of four. */
const FEW = 32

/** Finds what of a task's memory belongs to a call, and puts it into a writer. One serves all events: it allocates nothing. */
export class CallCapture implements CaptureSink {
  #memory: GuestMemory | undefined
  #into: CaptureWriter | undefined
  readonly #few: Uint8Array[] = []

  /** What a call was asked. */
  entry({ memory, regs }: Task, row: Row | undefined, into: CaptureWriter): void {
    if (row === undefined) return
    this.#memory = memory
    this.#into = into
    captureEntry(row, regs.halves, this.#peek, this)
  }

  /** What a call wrote, or, where it was not run, what stands where it would have written. */
  exit({ memory, regs }: Task, row: Row | undefined, ran: boolean, into: CaptureWriter): void {
    const writes = memory.takeWrites()
    if (ran) {
      for (let i = 0; i < writes.length && i < MOST_WRITES; i++) {
        const { addr, length } = writes[i] as Write
        into.add(memory, addr, length, 'call')
      }
    } else if (row !== undefined) {
      this.#memory = memory
      this.#into = into
      captureExit(row, regs.halves, row.arch === ARCH_LINUX ? regs.ret >= 0 : regs.ret === 0, this.#peek, this, regs.ret)
    }
  }

  /** Hears of the stretches that the arguments describe. */
  add(addr: number, length: number): void {
    if (this.#memory !== undefined) this.#into?.add(this.#memory, addr, length, 'seen')
  }

  /** A vector of few buffers is copied into bytes that are kept: a view of memory would cost as much as all else. */
  readonly #peek: Peek = (addr, length) => {
    const memory = this.#memory
    if (memory === undefined || length > FEW || !memory.has(addr, length)) return memory?.view(addr, length)
    const bytes = (this.#few[length] ??= new Uint8Array(length))
    copyBytes(memory.bytes, addr, bytes, 0, length)
    return bytes
  }
}
