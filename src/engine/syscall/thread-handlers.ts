import { CLONE, FUTEX_BITSET_MATCH_ANY } from '../abi/linux.ts'
import { SIGNAL } from '../abi/signal.ts'
import { addWaiter, removeWaiter, wakeWaiters } from '../kernel/futex.ts'
import type { FutexWaiter } from '../kernel/futex.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import { handle } from './handled.ts'
import type { Handled } from './handled.ts'
import type { Caller, CallResult } from './row.ts'
import { threadRows, type ThreadHandlers } from './wasi-threads.ts'

/** What a wait answers: threads proposal, `memory.atomic.wait`. */
const WAITED = { ok: 0, notEqual: 1, timedOut: 2 } as const

/** The engine's traps are here the signals that they would become. */
const fault = (caller: Caller, signo: number): number => {
  caller.raise(signo)
  return 0
}

/** Where the instruction looks, by its address and the offset in it; a signal where it would trap. */
const place = (caller: Caller, addr: GuestAddr, at: number, width: 4 | 8): { readonly addr: GuestAddr } | { readonly signo: number } => {
  const sum = addr + at
  if (sum + width > caller.memory.size) return { signo: SIGNAL.SIGSEGV }
  return sum % width === 0 ? { addr: sum } : { signo: SIGNAL.SIGBUS }
}

const waitOn = (width: 4 | 8) => (caller: Caller, addr: GuestAddr, expected: number | bigint, timeout: number, at: number): CallResult => {
  const where = place(caller, addr, at, width)
  if ('signo' in where) return fault(caller, where.signo)
  const { memory, clock } = caller
  const until = timeout < 0 ? undefined : clock.now() + timeout
  const look = (): CallResult => {
    const value = width === 4 ? memory.u32(where.addr) : memory.u64(where.addr)
    return value === expected ? sleep(addWaiter(memory, where.addr, FUTEX_BITSET_MATCH_ANY)) : WAITED.notEqual
  }
  const sleep = (waiter: FutexWaiter): CallResult => ({
    on: [waiter.queue],
    ...(until === undefined ? {} : { until }),
    restart: until === undefined ? 'call' : 'block',
    retry: () => {
      if (waiter.state === 'woken') return WAITED.ok
      if (waiter.state === 'gone') return look()
      if (until === undefined || clock.now() < until) return sleep(waiter)
      removeWaiter(memory, waiter)
      return WAITED.timedOut
    },
    interrupted: () => {
      if (waiter.state === 'woken') return WAITED.ok
      removeWaiter(memory, waiter)
      return undefined
    },
  })
  return look()
}

const notify = (caller: Caller, addr: GuestAddr, count: number, at: number): number => {
  const where = place(caller, addr, at, 4)
  if ('signo' in where) return fault(caller, where.signo)
  return count === 0 ? 0 : wakeWaiters(caller.memory, where.addr, count, FUTEX_BITSET_MATCH_ANY)
}

/** Threads share what clone(2)'s do. */
const THREAD = CLONE.CLONE_VM | CLONE.CLONE_THREAD | CLONE.CLONE_SIGHAND

/** What the calls of wasi-threads, and the instructions that became calls, do. */
const threadHandlers: ThreadHandlers = {
  'thread-spawn': ({ system }, arg) => system.clone({ flags: THREAD, stackTop: 0, parentTid: 0, tls: 0, childTid: 0, fn: undefined, arg }),
  'memory.atomic.wait32': waitOn(4),
  'memory.atomic.wait64': waitOn(8),
  'memory.atomic.notify': notify,
}

/** The rows with their handlers, by number among linux's. */
export const threadHandled: readonly Handled[] = handle(threadRows, threadHandlers)
