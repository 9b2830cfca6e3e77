import type { ErrnoName } from '../abi/errno.ts'
import { rowFor } from '../decode/table.ts'
import type { LinuxName } from '../abi/linux.ts'

/**
 * Which errnos a call can return: the ERRORS sections of Linux man-pages 6.16, for preview1 those of the POSIX call
 * that its witx names as its like, with ENOTCAPABLE where it looks at rights. What only sockets, block devices,
 * mounts, quotas of other users or security modules give is left out: no machine here has them.
 */

type Names = readonly ErrnoName[]

/** path_resolution(7). */
const PATH: Names = ['EACCES', 'ELOOP', 'ENAMETOOLONG', 'ENOENT', 'ENOTDIR', 'ENOMEM', 'EIO', 'EBADF', 'EINVAL', 'ENOTCAPABLE']
/** What makes or takes away a name besides. */
const CHANGE: Names = [...PATH, 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT']
/** read(2), without EISDIR. */
const READ: Names = ['EIO', 'EINTR', 'EAGAIN', 'EBADF', 'EINVAL', 'EFAULT']
/** write(2). */
const WRITE: Names = ['ENOSPC', 'EIO', 'EINTR', 'EAGAIN', 'EPIPE', 'EFBIG', 'EDQUOT', 'EPERM', 'EBADF', 'EINVAL', 'EFAULT']
/** Of a position: lseek(2), and what pread(2), pwrite(2) add. */
const SEEK: Names = ['ESPIPE', 'EOVERFLOW', 'ENXIO']
const FD: Names = ['EBADF', 'ENOTCAPABLE']
const COPY: Names = ['EFAULT']
const SYNC: Names = ['EIO', 'EINTR', 'ENOSPC', 'EDQUOT', 'EROFS', 'EINVAL', ...FD]
const SOCKET: Names = ['EBADF', 'ENOTSOCK', 'EINTR', 'EAGAIN', 'ENOTCONN', 'ECONNRESET', 'ENOMEM', 'EINVAL', 'EFAULT']

const PREVIEW1: Readonly<Record<string, Names>> = {
  args_get: COPY, args_sizes_get: COPY, environ_get: COPY, environ_sizes_get: COPY,
  clock_res_get: ['EINVAL', 'EFAULT'],
  clock_time_get: ['EINVAL', 'EFAULT', 'EOVERFLOW'],
  fd_advise: ['EINVAL', 'ESPIPE', ...FD],
  fd_allocate: ['ENOSPC', 'EIO', 'EINTR', 'EFBIG', 'EINVAL', 'ENODEV', 'ENOTSUP', 'EPERM', 'ESPIPE', 'ETXTBSY', ...FD],
  fd_close: ['EIO', 'EINTR', 'ENOSPC', 'EDQUOT', 'EBADF'],
  fd_datasync: SYNC,
  fd_fdstat_get: ['EBADF', 'EFAULT'],
  fd_fdstat_set_flags: ['EINVAL', 'EPERM', ...FD],
  fd_fdstat_set_rights: ['EINVAL', ...FD],
  fd_filestat_get: ['EIO', 'ENOMEM', 'EOVERFLOW', 'EFAULT', ...FD],
  fd_filestat_set_size: ['EIO', 'EINTR', 'EFBIG', 'EINVAL', 'EPERM', 'EROFS', 'ENOSPC', ...FD],
  fd_filestat_set_times: ['EACCES', 'EPERM', 'EROFS', 'EINVAL', ...FD],
  fd_pread: [...READ, 'EISDIR', ...SEEK, 'ENOTCAPABLE'],
  fd_prestat_get: ['EBADF', 'EFAULT', 'ENOTSUP'],
  fd_prestat_dir_name: ['EBADF', 'EFAULT', 'ENAMETOOLONG', 'ENOTDIR'],
  fd_pwrite: [...WRITE, ...SEEK, 'ENOTCAPABLE'],
  fd_read: [...READ, 'EISDIR', 'ENOTCAPABLE'],
  fd_readdir: ['EIO', 'ENOTDIR', 'EINVAL', 'ENOENT', 'EFAULT', ...FD],
  fd_renumber: ['EBADF', 'EBUSY', 'EINTR', 'EMFILE', 'ENOTSUP'],
  fd_seek: ['EINVAL', ...SEEK, ...FD],
  fd_sync: SYNC,
  fd_tell: ['ESPIPE', 'EOVERFLOW', ...FD],
  fd_write: [...WRITE, 'ENOTCAPABLE'],
  path_create_directory: [...CHANGE, 'EEXIST', 'EMLINK'],
  path_filestat_get: [...PATH, 'EOVERFLOW', 'EFAULT'],
  path_filestat_set_times: [...PATH, 'EPERM', 'EROFS'],
  path_link: [...CHANGE, 'EEXIST', 'EMLINK', 'EXDEV'],
  path_open: [...CHANGE, 'EEXIST', 'EISDIR', 'EMFILE', 'ENFILE', 'EINTR', 'EFBIG', 'EOVERFLOW', 'ENXIO', 'ENODEV', 'ETXTBSY', 'EBUSY', 'EAGAIN'],
  path_readlink: [...PATH, 'EFAULT'],
  path_remove_directory: [...PATH, 'EPERM', 'EROFS', 'EBUSY', 'ENOTEMPTY'],
  path_rename: [...CHANGE, 'EBUSY', 'EEXIST', 'EISDIR', 'EMLINK', 'ENOTEMPTY', 'EXDEV'],
  path_symlink: [...CHANGE, 'EEXIST'],
  path_unlink_file: [...PATH, 'EPERM', 'EROFS', 'EBUSY', 'EISDIR'],
  poll_oneoff: ['EINTR', 'EINVAL', 'ENOMEM', 'EFAULT'],
  proc_exit: [],
  proc_raise: ['EINVAL'],
  // "On Linux, sched_yield() always succeeds."
  sched_yield: [],
  random_get: ['EAGAIN', 'EINTR', 'EFAULT', 'ENOSYS'],
  sock_accept: [...SOCKET, 'ECONNABORTED', 'EMFILE', 'ENFILE', 'EPERM'],
  sock_recv: SOCKET,
  sock_send: [...SOCKET, 'EPIPE', 'EMSGSIZE', 'ENOBUFS', 'EACCES'],
  sock_shutdown: ['EBADF', 'EINVAL', 'ENOTCONN', 'ENOTSOCK'],
}

/** fork(2): the memory, the number of tasks. */
const FORK: Names = ['EAGAIN', 'ENOMEM', 'ENOSYS']
const EXEC: Names = [
  'ENOENT', 'EACCES', 'ENOEXEC', 'E2BIG', 'ENOMEM', 'EIO', 'EINVAL', 'EISDIR', 'ELOOP', 'EMFILE', 'ENAMETOOLONG', 'ENFILE', 'ENOTDIR', 'EPERM',
  'ETXTBSY', 'EAGAIN', 'EFAULT',
]
const DUP: Names = ['EBADF', 'EMFILE', 'EINTR', 'EBUSY', 'ENOMEM']
const PIPE: Names = ['EMFILE', 'ENFILE', 'EFAULT']
const SLEEP: Names = ['EINTR', 'EINVAL', 'EFAULT']
const PROCESS_VM: Names = ['EFAULT', 'EINVAL', 'ENOMEM', 'EPERM', 'ESRCH']

const LINUX: Readonly<Record<LinuxName, Names>> = {
  read: [...READ, 'EISDIR'],
  write: WRITE,
  close: ['EIO', 'EINTR', 'ENOSPC', 'EDQUOT', 'EBADF'],
  poll: ['EINTR', 'EINVAL', 'ENOMEM', 'EFAULT'],
  dup: ['EBADF', 'EMFILE', 'ENOMEM'],
  dup2: DUP,
  dup3: [...DUP, 'EINVAL'],
  pipe: PIPE,
  pipe2: [...PIPE, 'EINVAL'],
  fcntl: ['EBADF', 'EINVAL', 'EMFILE', 'EACCES', 'EAGAIN', 'EBUSY', 'EINTR', 'ENOLCK', 'EPERM', 'EFAULT'],
  ioctl: ['ENOTTY', 'EBADF', 'EINVAL', 'EFAULT'],
  clock_gettime: ['EINVAL', 'EFAULT'],
  clock_nanosleep: [...SLEEP, 'ENOTSUP'],
  nanosleep: SLEEP,
  getrandom: ['EAGAIN', 'EINTR', 'EINVAL', 'EFAULT', 'ENOSYS'],
  sched_yield: [],
  futex: ['EAGAIN', 'EINTR', 'ETIMEDOUT', 'EINVAL', 'EACCES', 'ENOMEM', 'ENOSYS', 'EPERM', 'ESRCH', 'EDEADLK', 'EFAULT'],
  fork: FORK,
  vfork: FORK,
  clone: [...FORK, 'EINVAL', 'ENOSPC', 'EPERM', 'EUSERS'],
  execve: EXEC,
  execveat: [...EXEC, 'EBADF'],
  exit: [],
  exit_group: [],
  wait4: ['ECHILD', 'EINTR', 'EINVAL', 'ESRCH', 'EFAULT'],
  waitid: ['ECHILD', 'EINTR', 'EINVAL', 'ESRCH', 'EFAULT'],
  // "These functions are always successful."
  getpid: [], getppid: [], gettid: [], set_tid_address: [], pause: ['EINTR'], alarm: [],
  setpgid: ['EACCES', 'EINVAL', 'EPERM', 'ESRCH'],
  getpgid: ['ESRCH'],
  setsid: ['EPERM'],
  getsid: ['ESRCH', 'EPERM'],
  prctl: ['EINVAL', 'EFAULT', 'EACCES', 'EPERM', 'EBADF', 'EBUSY'],
  kill: ['EINVAL', 'EPERM', 'ESRCH'],
  tkill: ['EAGAIN', 'EINVAL', 'EPERM', 'ESRCH'],
  tgkill: ['EAGAIN', 'EINVAL', 'EPERM', 'ESRCH'],
  rt_sigaction: ['EINVAL', 'EFAULT'],
  rt_sigprocmask: ['EINVAL', 'EFAULT'],
  rt_sigpending: ['EFAULT', 'EINVAL'],
  rt_sigtimedwait: ['EAGAIN', 'EINTR', 'EINVAL', 'EFAULT'],
  rt_sigsuspend: ['EINTR', 'EFAULT', 'EINVAL'],
  rt_sigqueueinfo: ['EAGAIN', 'EINVAL', 'EPERM', 'ESRCH', 'EFAULT'],
  sigaltstack: ['EFAULT', 'EINVAL', 'ENOMEM', 'EPERM'],
  setitimer: ['EFAULT', 'EINVAL'],
  restart_syscall: ['EINTR'],
  ptrace: ['EBUSY', 'EFAULT', 'EINVAL', 'EIO', 'EPERM', 'ESRCH'],
  process_vm_readv: PROCESS_VM,
  process_vm_writev: PROCESS_VM,
  seccomp: ['EACCES', 'EBUSY', 'ECANCELED', 'EFAULT', 'EINVAL', 'ENOMEM', 'ENOTSUP', 'ESRCH'],
}

const NONE: Names = []

/**
 * The errnos that a call can return, the likely ones first.
 *
 * @param arch a code of trace/format.ts's `ArchCode`
 */
export const errnosOf = (arch: number, nr: number): Names => {
  const row = rowFor(arch, nr)
  if (row === undefined || !row.returns) return NONE
  const table: Readonly<Record<string, Names>> = row.nosys > 0 ? PREVIEW1 : LINUX
  return [...new Set(Object.hasOwn(table, row.name) ? table[row.name] : NONE)]
}
