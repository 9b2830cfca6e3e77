import { CLONE, FUTEX_BITSET_MATCH_ANY } from '../abi/linux.ts'
import { ARCH_LINUX } from '../abi/ptrace.ts'
import { SIGNAL } from '../abi/signal.ts'
import { addWaiter, removeWaiter, wakeWaiters } from '../kernel/futex.ts'
import type { FutexWaiter } from '../kernel/futex.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import { unsigned } from './linux-arg.ts'
import { nosysOf } from './result.ts'
import { offset, row, u32 } from './row.ts'
import type { Arg, Caller, CallResult, Row, RowBody } from './row.ts'

/**
 * wasi-threads (WebAssembly/wasi-threads), which imports `wasi.thread-spawn`; and the instructions of the threads proposal
 * that sleep and wake, which the loader makes into calls. They stand in the table linux, above its own numbers.
 */

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

const expected64: Arg<bigint> = { name: 'expected', wasm: 'i64', show: { kind: 'u64' }, as: 'bigint' }

const bodies: Readonly<Record<string, readonly [nr: number, body: RowBody]>> = {
  'thread-spawn': [4096, row({
    class: 'process', args: [unsigned('start_arg', 'address')],
    note: 'A second instance of the module on the same memory, entered at wasi_thread_start(tid, start_arg). Nothing runs in parallel: threads take turns, and a run is deterministic.',
    run: ({ system }, arg) => system.clone({ flags: THREAD, stackTop: 0, parentTid: 0, tls: 0, childTid: 0, fn: undefined, arg }),
  })],
  'memory.atomic.wait32': [4097, row({
    class: 'process', args: [unsigned('addr', 'address'), u32('expected'), offset('timeout'), u32('offset')],
    note: 'An instruction that became a call. Where it would trap the process gets SIGSEGV or, of an address that is not aligned, SIGBUS.',
    run: waitOn(4),
  })],
  'memory.atomic.wait64': [4098, row({
    class: 'process', args: [unsigned('addr', 'address'), expected64, offset('timeout'), u32('offset')],
    note: 'An instruction that became a call, as memory.atomic.wait32.',
    run: waitOn(8),
  })],
  'memory.atomic.notify': [4099, row({
    class: 'process', args: [unsigned('addr', 'address'), u32('count'), u32('offset')],
    note: 'An instruction that became a call, as memory.atomic.wait32.',
    run: notify,
  })],
}

/** The rows, by number among linux's. */
export const threadRows: readonly Row[] = Object.entries(bodies).map(([name, [nr, body]]) => ({
  name, arch: ARCH_LINUX, nr, nosys: nosysOf(ARCH_LINUX), ...body,
}))

/** By the name that a module imports, or that the loader gives to an instruction. */
export const threadsByName: ReadonlyMap<string, Row> = new Map(threadRows.map((one) => [one.name, one]))
