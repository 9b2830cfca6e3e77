import { ARCH_PREVIEW1 } from '../abi/ptrace.ts'
import {
  cookie, exitcode, fd, flags, input, offset, oneOf, output, precision, rights, row, size, timestamp, u64,
} from './row.ts'
import type { Handlers, Row } from './row.ts'
import { nosysOf } from './result.ts'

/**
 * wasi_snapshot_preview1: every function of the witx, in its order, by its names. Where the witx only says
 * "result", the names of out arguments are those of wasi-libc's manual-page kin (nread, newoffset). What a call does
 * stands in preview1-handlers.ts, so that who only reads the table (the page) does not load a kernel; the types see to
 * it that every call that is described is handled, and the other way round.
 */
const preview1Rows = {
  args_get: row({
    class: 'process',
    args: [output('argv', 'pointers'), output('argv_buf', 'bytes')],
  }),
  args_sizes_get: row({
    class: 'process',
    args: [output('argc', 'size'), output('argv_buf_size', 'size')],
  }),
  environ_get: row({
    class: 'process',
    args: [output('environ', 'pointers'), output('environ_buf', 'bytes')],
  }),
  environ_sizes_get: row({
    class: 'process',
    args: [output('environc', 'size'), output('environ_buf_size', 'size')],
  }),
  clock_res_get: row({
    class: 'time',
    args: [oneOf('id', 'clockid'), output('resolution', 'timestamp')],
  }),
  clock_time_get: row({
    class: 'time',
    args: [oneOf('id', 'clockid'), precision('precision'), output('time', 'timestamp')],
    note: 'The clocks are virtual: they advance by what calls and computing cost, and by waiting.',
  }),
  fd_advise: row({
    class: 'desc',
    args: [fd(), offset('offset'), u64('len'), oneOf('advice', 'advice')],
  }),
  fd_allocate: row({
    class: 'desc',
    args: [fd(), offset('offset'), u64('len')],
    note: 'The room is checked, but not kept.',
  }),
  fd_close: row({ class: 'desc', args: [fd()] }),
  fd_datasync: row({ class: 'desc', args: [fd()] }),
  fd_fdstat_get: row({ class: 'desc', args: [fd(), output('stat', 'fdstat')] }),
  fd_fdstat_set_flags: row({ class: 'desc', args: [fd(), flags('flags', 'fdflags')] }),
  fd_fdstat_set_rights: row({
    class: 'desc',
    args: [fd(), rights('fs_rights_base'), rights('fs_rights_inheriting')],
  }),
  fd_filestat_get: row({ class: 'desc', args: [fd(), output('buf', 'filestat')] }),
  fd_filestat_set_size: row({ class: 'desc', args: [fd(), u64('size')] }),
  fd_filestat_set_times: row({
    class: 'desc',
    args: [fd(), timestamp('atim'), timestamp('mtim'), flags('fst_flags', 'fstflags')],
  }),
  fd_pread: row({
    class: 'desc',
    args: [
      fd(), output('iovs', 'iovec', 'iovs_len', 'nread'), size('iovs_len'), offset('offset'),
      output('nread', 'size'),
    ],
  }),
  fd_prestat_get: row({ class: 'desc', args: [fd(), output('buf', 'prestat')] }),
  fd_prestat_dir_name: row({
    class: 'desc',
    args: [fd(), output('path', 'path', 'path_len'), size('path_len')],
  }),
  fd_pwrite: row({
    class: 'desc',
    args: [fd(), input('iovs', 'ciovec', 'iovs_len'), size('iovs_len'), offset('offset'), output('nwritten', 'size')],
    note: 'A file opened with APPEND is written at its end, as by pwrite(2) on Linux.',
  }),
  fd_read: row({
    class: 'desc',
    args: [fd(), output('iovs', 'iovec', 'iovs_len', 'nread'), size('iovs_len'), output('nread', 'size')],
  }),
  fd_readdir: row({
    class: 'desc',
    args: [
      fd(), output('buf', 'dirent', 'buf_len', 'bufused'), size('buf_len'), cookie('cookie'), output('bufused', 'size'),
    ],
  }),
  fd_renumber: row({ class: 'desc', args: [fd(), fd('to')] }),
  fd_seek: row({
    class: 'desc',
    args: [fd(), offset('offset'), oneOf('whence', 'whence'), output('newoffset', 'filesize')],
  }),
  fd_sync: row({ class: 'desc', args: [fd()] }),
  fd_tell: row({ class: 'desc', args: [fd(), output('offset', 'filesize')] }),
  fd_write: row({
    class: 'desc',
    args: [fd(), input('iovs', 'ciovec', 'iovs_len'), size('iovs_len'), output('nwritten', 'size')],
  }),
  path_create_directory: row({
    class: 'file',
    also: ['desc'],
    args: [fd(), input('path', 'path', 'path_len'), size('path_len')],
  }),
  path_filestat_get: row({
    class: 'file',
    also: ['desc'],
    args: [
      fd(), flags('flags', 'lookupflags'), input('path', 'path', 'path_len'), size('path_len'),
      output('buf', 'filestat'),
    ],
  }),
  path_filestat_set_times: row({
    class: 'file',
    also: ['desc'],
    args: [
      fd(), flags('flags', 'lookupflags'), input('path', 'path', 'path_len'), size('path_len'),
      timestamp('atim'), timestamp('mtim'), flags('fst_flags', 'fstflags'),
    ],
  }),
  path_link: row({
    class: 'file',
    also: ['desc'],
    args: [
      fd('old_fd'), flags('old_flags', 'lookupflags'), input('old_path', 'path', 'old_path_len'), size('old_path_len'),
      fd('new_fd'), input('new_path', 'path', 'new_path_len'), size('new_path_len'),
    ],
  }),
  path_open: row({
    class: 'file',
    also: ['desc'],
    args: [
      fd(), flags('dirflags', 'lookupflags'), input('path', 'path', 'path_len'), size('path_len'),
      flags('oflags', 'oflags'), rights('fs_rights_base'), rights('fs_rights_inheriting'),
      flags('fdflags', 'fdflags'), output('opened_fd', 'fd'),
    ],
  }),
  path_readlink: row({
    class: 'file',
    also: ['desc'],
    args: [
      fd(), input('path', 'path', 'path_len'), size('path_len'), output('buf', 'path', 'buf_len', 'bufused'),
      size('buf_len'), output('bufused', 'size'),
    ],
  }),
  path_remove_directory: row({
    class: 'file',
    also: ['desc'],
    args: [fd(), input('path', 'path', 'path_len'), size('path_len')],
  }),
  path_rename: row({
    class: 'file',
    also: ['desc'],
    args: [
      fd(), input('old_path', 'path', 'old_path_len'), size('old_path_len'),
      fd('new_fd'), input('new_path', 'path', 'new_path_len'), size('new_path_len'),
    ],
  }),
  path_symlink: row({
    class: 'file',
    also: ['desc'],
    args: [
      input('old_path', 'path', 'old_path_len'), size('old_path_len'), fd(),
      input('new_path', 'path', 'new_path_len'), size('new_path_len'),
    ],
    note: 'An absolute target is refused.',
  }),
  path_unlink_file: row({
    class: 'file',
    also: ['desc'],
    args: [fd(), input('path', 'path', 'path_len'), size('path_len')],
  }),
  poll_oneoff: row({
    class: 'time',
    also: ['desc'],
    args: [
      input('in', 'subscription', 'nsubscriptions'), output('out', 'event', 'nsubscriptions', 'nevents'),
      size('nsubscriptions'), output('nevents', 'size'),
    ],
  }),
  proc_exit: row({ class: 'process', args: [exitcode('rval')], returns: false }),
  proc_raise: row({ class: 'process', args: [oneOf('sig', 'signal')] }),
  sched_yield: row({ class: 'process', args: [] }),
  random_get: row({
    class: 'random',
    args: [output('buf', 'bytes', 'buf_len'), size('buf_len')],
    note: "The bytes follow from the recipe's seed.",
  }),
  sock_accept: row({
    class: 'socket',
    also: ['desc'],
    args: [fd(), flags('flags', 'fdflags'), output('ro_fd', 'fd')],
    note: 'There are no sockets: ENOTSOCK.',
  }),
  sock_recv: row({
    class: 'socket',
    also: ['desc'],
    args: [
      fd(), output('ri_data', 'iovec', 'ri_data_len', 'ro_datalen'), size('ri_data_len'),
      flags('ri_flags', 'riflags'), output('ro_datalen', 'size'), output('ro_flags', 'roflags'),
    ],
    note: 'There are no sockets: ENOTSOCK.',
  }),
  sock_send: row({
    class: 'socket',
    also: ['desc'],
    args: [
      fd(), input('si_data', 'ciovec', 'si_data_len'), size('si_data_len'), flags('si_flags', 'siflags'),
      output('so_datalen', 'size'),
    ],
    note: 'There are no sockets: ENOTSOCK.',
  }),
  sock_shutdown: row({
    class: 'socket',
    also: ['desc'],
    args: [fd(), flags('how', 'sdflags')],
    note: 'There are no sockets: ENOTSOCK.',
  }),
}

export type Preview1Name = keyof typeof preview1Rows

/** What each call does, typed by its arguments. */
export type Preview1Handlers = Handlers<typeof preview1Rows>

/** The table by number: a call's number is its index in the witx. */
export const preview1ByNumber: readonly Row[] = Object.entries(preview1Rows).map(([name, rest], nr) => ({
  name, arch: ARCH_PREVIEW1, nr, nosys: nosysOf(ARCH_PREVIEW1), ...rest,
}))

/** The table by name; undefined for what preview1 does not have. */
export const preview1ByName: ReadonlyMap<string, Row> = new Map(preview1ByNumber.map((one) => [one.name, one]))
