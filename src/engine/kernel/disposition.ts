import { SIGNAL, SIGNAL_MAX, defaultAction, type Signo } from '../abi/signal.ts'

/** What sigaction(2) set for a signal. */
export interface Disposition {
  /** SIG_DFL is 0, SIG_IGN 1; anything else is the guest's own business, and is run by `__linux_signal`. */
  readonly handler: number
  readonly flags: number
  readonly mask: bigint
}

export const SIG_DFL = 0
export const SIG_IGN = 1

/** sigaction(2), sa_flags. */
export const SA = {
  SA_NOCLDSTOP: 1, SA_NOCLDWAIT: 2, SA_SIGINFO: 4, SA_ONSTACK: 0x0800_0000, SA_RESTART: 0x1000_0000, SA_NODEFER: 0x4000_0000, SA_RESETHAND: 0x8000_0000,
} as const

const DEFAULT: Disposition = { handler: SIG_DFL, flags: 0, mask: 0n }

/** SIGKILL and SIGSTOP, which "cannot be caught, blocked, or ignored". signal(7) */
export const UNBLOCKABLE = (1n << BigInt(SIGNAL.SIGKILL - 1)) | (1n << BigInt(SIGNAL.SIGSTOP - 1))

/** A process's dispositions: all default until told. */
export class Dispositions {
  readonly #set = new Map<Signo, Disposition>()

  get(signo: Signo): Disposition {
    return this.#set.get(signo) ?? DEFAULT
  }
  set(signo: Signo, to: Disposition): void {
    this.#set.set(signo, { ...to, mask: to.mask & ~UNBLOCKABLE })
  }
  /** SA_RESETHAND: "Restore the signal action to the default upon entry to the signal handler." */
  reset(signo: Signo): void {
    const { flags, mask } = this.get(signo)
    this.#set.set(signo, { handler: SIG_DFL, flags, mask })
  }

  /** Is it thrown away when it comes: by SIG_IGN, or because nothing is its default action? */
  ignores(signo: Signo): boolean {
    const { handler } = this.get(signo)
    return handler === SIG_IGN || (handler === SIG_DFL && isIgnoredByDefault(signo))
  }
  catches(signo: Signo): boolean {
    return this.get(signo).handler > SIG_IGN
  }

  /** fork(2): "A child created via fork(2) inherits a copy of its parent's signal dispositions." signal(7) */
  fork(): Dispositions {
    const child = new Dispositions()
    for (const [signo, disposition] of this.#set) child.#set.set(signo, disposition)
    return child
  }
  /** execve(2): "the dispositions of handled signals are reset to the default; the dispositions of ignored signals are left unchanged." */
  exec(): void {
    for (let signo = 1; signo <= SIGNAL_MAX; signo++) if (this.catches(signo)) this.#set.delete(signo)
  }
}

const isIgnoredByDefault = (signo: Signo): boolean => {
  const action = defaultAction(signo)
  return action === 'ignore' || action === 'cont'
}
