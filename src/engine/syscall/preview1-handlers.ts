import { clockResGet, clockTimeGet } from './clock.ts'
import {
  fdAdvise, fdAllocate, fdClose, fdDatasync, fdFdstatGet, fdFdstatSetFlags, fdFdstatSetRights, fdPrestatDirName,
  fdPrestatGet, fdRenumber, fdSeek, fdSync, fdTell,
} from './fd.ts'
import {
  fdFilestatGet, fdFilestatSetSize, fdFilestatSetTimes, pathFilestatGet, pathFilestatSetTimes,
} from './filestat.ts'
import { handle } from './handled.ts'
import type { Handled } from './handled.ts'
import {
  pathCreateDirectory, pathLink, pathReadlink, pathRemoveDirectory, pathRename, pathSymlink, pathUnlinkFile,
} from './path-calls.ts'
import { pathOpen } from './path-open.ts'
import { pollOneoff } from './poll.ts'
import { preview1ByNumber, type Preview1Handlers } from './preview1.ts'
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

/** The table by number, with its handlers. */
export const preview1Handled: readonly Handled[] = handle(preview1ByNumber, preview1Handlers)
