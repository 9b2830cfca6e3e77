import { ARCH_LINUX } from '../abi/ptrace.ts'
import { unsigned } from './linux-arg.ts'
import { nosysOf } from './result.ts'
import { offset, row, u32 } from './row.ts'
import type { Arg, Handlers, Row } from './row.ts'

/**
 * wasi-threads (WebAssembly/wasi-threads), which imports `wasi.thread-spawn`; and the instructions of the threads proposal
 * that sleep and wake, which the loader makes into calls. They stand in the table linux, above its own numbers.
 */

const expected64: Arg<bigint> = { name: 'expected', wasm: 'i64', show: { kind: 'u64' }, as: 'bigint' }

const bodies = {
  'thread-spawn': row({
    class: 'process', args: [unsigned('start_arg', 'address')],
    note: 'A second instance of the module on the same memory, entered at wasi_thread_start(tid, start_arg). Nothing runs in parallel: threads take turns, and a run is deterministic.',
  }),
  'memory.atomic.wait32': row({
    class: 'process', args: [unsigned('addr', 'address'), u32('expected'), offset('timeout'), u32('offset')],
    note: 'An instruction that became a call. Where it would trap the process gets SIGSEGV or, of an address that is not aligned, SIGBUS.',
  }),
  'memory.atomic.wait64': row({
    class: 'process', args: [unsigned('addr', 'address'), expected64, offset('timeout'), u32('offset')],
    note: 'An instruction that became a call, as memory.atomic.wait32.',
  }),
  'memory.atomic.notify': row({
    class: 'process', args: [unsigned('addr', 'address'), u32('count'), u32('offset')],
    note: 'An instruction that became a call, as memory.atomic.wait32.',
  }),
}

/** What each call does, typed by its arguments. */
export type ThreadHandlers = Handlers<typeof bodies>

/** Above asm-generic's numbers, and the former ones. */
const FIRST_NR = 4096

/** The rows, by number among linux's. */
export const threadRows: readonly Row[] = Object.entries(bodies).map(([name, body], i) => ({
  name, arch: ARCH_LINUX, nr: FIRST_NR + i, nosys: nosysOf(ARCH_LINUX), ...body,
}))
