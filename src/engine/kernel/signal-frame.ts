import type { Signo } from '../abi/signal.ts'
import type { GuestAddr } from './memory.ts'

/**
 * What the kernel puts on a guest's shadow stack for a handler: siginfo_t (128 bytes), then ucontext_t as the SDK lays
 * it out: flags, link and stack (24 bytes), `user_regs_struct` (104), and the mask that the handler's return restores.
 */
export const SIGINFO_SIZE = 128
export const CONTEXT_OFFSET = SIGINFO_SIZE
export const CONTEXT_REGS = 24
export const CONTEXT_MASK = 128
const CONTEXT_SIZE = 136

/** Leaf functions use this much below the shadow stack's pointer (abi.md). */
const RED_ZONE = 128

export const FRAME_SIZE = SIGINFO_SIZE + CONTEXT_SIZE

/** A handler that is set up, or runs: what its return puts back. */
export interface HandlerFrame {
  readonly signo: Signo
  /** The shadow stack's pointer for the handler: the frame stands there. */
  readonly at: GuestAddr
  /** … and before it. */
  readonly sp: GuestAddr
  readonly mask: bigint
  /** The call that the signal interrupted is made again when the handler has returned. */
  readonly again: boolean
  /** It runs, or was left by a longjmp; until then its stack is set up only. */
  entered: boolean
}

/** sigaltstack(2). */
export interface AltStack {
  readonly base: GuestAddr
  readonly size: number
}

/** Where a frame begins on a stack whose pointer is `sp`; undefined if there is no room above `floor`. */
export const frameBelow = (sp: GuestAddr, floor: GuestAddr): GuestAddr | undefined => {
  const at = sp - RED_ZONE - FRAME_SIZE
  return at >= floor + 16 ? at - (at % 16) : undefined
}
