import { clockResGet, clockTimeGet } from './clock.ts'
import {
  fdAdvise, fdAllocate, fdClose, fdDatasync, fdFdstatGet, fdFdstatSetFlags, fdFdstatSetRights, fdPrestatDirName,
  fdPrestatGet, fdRenumber, fdSeek, fdSync, fdTell,
} from './fd.ts'
import {
  fdFilestatGet, fdFilestatSetSize, fdFilestatSetTimes, pathFilestatGet, pathFilestatSetTimes,
} from './filestat.ts'
import { handle } from './handled.ts'
import type { Call, Handled } from './handled.ts'
import {
  pathCreateDirectory, pathLink, pathReadlink, pathRemoveDirectory, pathRename, pathSymlink, pathUnlinkFile,
} from './path-calls.ts'
import { pathOpen } from './path-open.ts'
import { pollOneoff } from './poll.ts'
import { preview1ByNumber, type Preview1Handlers, type Preview1Name } from './preview1.ts'
import {
  argsGet, argsSizesGet, environGet, environSizesGet, procExit, procRaise, schedYield,
} from './proc.ts'
import { randomGet } from './random.ts'
import { fdReaddir } from './readdir.ts'
import { notASocket } from './sock.ts'
import { fdPread, fdPwrite, fdRead, fdWrite } from './transfer.ts'

/** What the calls of wasi_snapshot_preview1 do. */
const preview1Handlers: Preview1Handlers = {
  args_get: argsGet,
  args_sizes_get: argsSizesGet,
  environ_get: environGet,
  environ_sizes_get: environSizesGet,
  clock_res_get: clockResGet,
  clock_time_get: clockTimeGet,
  fd_advise: fdAdvise,
  fd_allocate: fdAllocate,
  fd_close: fdClose,
  fd_datasync: fdDatasync,
  fd_fdstat_get: fdFdstatGet,
  fd_fdstat_set_flags: fdFdstatSetFlags,
  fd_fdstat_set_rights: fdFdstatSetRights,
  fd_filestat_get: fdFilestatGet,
  fd_filestat_set_size: fdFilestatSetSize,
  fd_filestat_set_times: fdFilestatSetTimes,
  fd_pread: fdPread,
  fd_prestat_get: fdPrestatGet,
  fd_prestat_dir_name: fdPrestatDirName,
  fd_pwrite: fdPwrite,
  fd_read: fdRead,
  fd_readdir: fdReaddir,
  fd_renumber: fdRenumber,
  fd_seek: fdSeek,
  fd_sync: fdSync,
  fd_tell: fdTell,
  fd_write: fdWrite,
  path_create_directory: pathCreateDirectory,
  path_filestat_get: pathFilestatGet,
  path_filestat_set_times: pathFilestatSetTimes,
  path_link: pathLink,
  path_open: pathOpen,
  path_readlink: pathReadlink,
  path_remove_directory: pathRemoveDirectory,
  path_rename: pathRename,
  path_symlink: pathSymlink,
  path_unlink_file: pathUnlinkFile,
  poll_oneoff: pollOneoff,
  proc_exit: procExit,
  proc_raise: procRaise,
  sched_yield: schedYield,
  random_get: randomGet,
  sock_accept: notASocket,
  sock_recv: notASocket,
  sock_send: notASocket,
  sock_shutdown: notASocket,
}

const u32 = (halves: Int32Array, i: number): number => (halves[2 * i] as number) >>> 0
/** A signed 64-bit argument; exact up to 2^53, as `offset` of row.ts. */
const i64 = (halves: Int32Array, i: number): number => (halves[2 * i + 1] as number) * 0x1_0000_0000 + u32(halves, i)

/**
 * What programs call most has code of its own: where `withHalves` makes one function for many rows, an engine sees many
 * handlers called from one place, and puts none of them into it.
 */
const direct: Readonly<Partial<Record<Preview1Name, Call>>> = {
  clock_time_get: (caller, h) => clockTimeGet(caller, u32(h, 0), u32(h, 1), u32(h, 2)),
  fd_read: (caller, h) => fdRead(caller, u32(h, 0), u32(h, 1), u32(h, 2), u32(h, 3)),
  fd_seek: (caller, h) => fdSeek(caller, u32(h, 0), i64(h, 1), u32(h, 2), u32(h, 3)),
  fd_write: (caller, h) => fdWrite(caller, u32(h, 0), u32(h, 1), u32(h, 2), u32(h, 3)),
  random_get: (caller, h) => randomGet(caller, u32(h, 0), u32(h, 1)),
}

/** The table by number, with its handlers. */
export const preview1Handled: readonly Handled[] = handle(preview1ByNumber, preview1Handlers, direct)
