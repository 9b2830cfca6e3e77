import { UNSTABLE_FILESTAT, UNSTABLE_SUBSCRIPTION, WHENCE } from '../abi/wasi.ts'
import { fdSeek } from './fd.ts'
import { fdFilestatGet, pathFilestatGet } from './filestat.ts'
import { withHalves } from './halves.ts'
import { pollOneoff } from './poll.ts'
import type { Handled, Handler } from './handled.ts'
import type { Preview1Name } from './preview1.ts'
import { preview1Handled } from './preview1-handlers.ts'
import type { Caller } from './row.ts'

/** whence of wasi_unstable by number: CUR, END, SET. What is none stays none. */
const WHENCES = [WHENCE.CUR, WHENCE.END, WHENCE.SET]

/** What wasi_unstable does otherwise. Source: WebAssembly/WASI, phases/old/snapshot_0/witx. */
const CHANGES: Partial<Record<Preview1Name, { readonly note: string; readonly run: Handler }>> = {
  fd_seek: {
    note: 'In wasi_unstable whence is 0 for CUR, 1 for END, 2 for SET.',
    run: (caller: Caller, fd: number, offset: number, whence: number, newoffset: number) =>
      fdSeek(caller, fd, offset, WHENCES[whence] ?? whence, newoffset),
  },
  fd_filestat_get: {
    note: 'In wasi_unstable a filestat has 56 bytes.',
    run: (caller: Caller, fd: number, buf: number) => fdFilestatGet(caller, fd, buf, UNSTABLE_FILESTAT),
  },
  path_filestat_get: {
    note: 'In wasi_unstable a filestat has 56 bytes.',
    run: (caller: Caller, fd: number, flags: number, path: number, pathLen: number, buf: number) =>
      pathFilestatGet(caller, fd, flags, path, pathLen, buf, UNSTABLE_FILESTAT),
  },
  poll_oneoff: {
    note: 'In wasi_unstable a subscription has 56 bytes.',
    run: (caller: Caller, subscriptions: number, events: number, count: number, nevents: number) =>
      pollOneoff(caller, subscriptions, events, count, nevents, UNSTABLE_SUBSCRIPTION),
  },
}

/**
 * wasi_unstable (snapshot 0) is preview1 before four of its calls changed. It keeps preview1's numbers and `arch`, so that
 * a tracer sees the calls that it knows; what is laid out otherwise it sees as it lies there.
 */
export const unstableHandled: readonly Handled[] = preview1Handled.map((row) => {
  const change = CHANGES[row.name as Preview1Name]
  return change === undefined ? row : { ...row, ...change, call: withHalves(row.args, change.run) }
})
