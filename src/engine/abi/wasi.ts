/**
 * Numbers and layouts of wasi_snapshot_preview1. Source: WebAssembly/WASI, legacy/preview1/witx/typenames.witx
 * and wasi-libc's <wasi/wasip1.h>. All numbers are little-endian; offsets and sizes are in bytes.
 */

/** `rights`: 64 bits in the witx, of which these 30 exist. */
export const RIGHT = {
  FD_DATASYNC: 1 << 0,
  FD_READ: 1 << 1,
  FD_SEEK: 1 << 2,
  FD_FDSTAT_SET_FLAGS: 1 << 3,
  FD_SYNC: 1 << 4,
  FD_TELL: 1 << 5,
  FD_WRITE: 1 << 6,
  FD_ADVISE: 1 << 7,
  FD_ALLOCATE: 1 << 8,
  PATH_CREATE_DIRECTORY: 1 << 9,
  PATH_CREATE_FILE: 1 << 10,
  PATH_LINK_SOURCE: 1 << 11,
  PATH_LINK_TARGET: 1 << 12,
  PATH_OPEN: 1 << 13,
  FD_READDIR: 1 << 14,
  PATH_READLINK: 1 << 15,
  PATH_RENAME_SOURCE: 1 << 16,
  PATH_RENAME_TARGET: 1 << 17,
  PATH_FILESTAT_GET: 1 << 18,
  PATH_FILESTAT_SET_SIZE: 1 << 19,
  PATH_FILESTAT_SET_TIMES: 1 << 20,
  FD_FILESTAT_GET: 1 << 21,
  FD_FILESTAT_SET_SIZE: 1 << 22,
  FD_FILESTAT_SET_TIMES: 1 << 23,
  PATH_SYMLINK: 1 << 24,
  PATH_REMOVE_DIRECTORY: 1 << 25,
  PATH_UNLINK_FILE: 1 << 26,
  POLL_FD_READWRITE: 1 << 27,
  SOCK_SHUTDOWN: 1 << 28,
  SOCK_ACCEPT: 1 << 29,
} as const

export type Rights = number

export const ALL_RIGHTS: Rights = 0x3fff_ffff

/** The rights that apply to a regular file: the others are dropped when one is opened. */
export const FILE_RIGHTS: Rights =
  RIGHT.FD_DATASYNC | RIGHT.FD_READ | RIGHT.FD_SEEK | RIGHT.FD_FDSTAT_SET_FLAGS | RIGHT.FD_SYNC | RIGHT.FD_TELL |
  RIGHT.FD_WRITE | RIGHT.FD_ADVISE | RIGHT.FD_ALLOCATE | RIGHT.FD_FILESTAT_GET | RIGHT.FD_FILESTAT_SET_SIZE |
  RIGHT.FD_FILESTAT_SET_TIMES | RIGHT.POLL_FD_READWRITE

/** The rights that apply to a directory. */
export const DIRECTORY_RIGHTS: Rights =
  RIGHT.FD_FDSTAT_SET_FLAGS | RIGHT.FD_SYNC | RIGHT.FD_DATASYNC | RIGHT.PATH_CREATE_DIRECTORY |
  RIGHT.PATH_CREATE_FILE | RIGHT.PATH_LINK_SOURCE | RIGHT.PATH_LINK_TARGET | RIGHT.PATH_OPEN | RIGHT.FD_READDIR |
  RIGHT.PATH_READLINK | RIGHT.PATH_RENAME_SOURCE | RIGHT.PATH_RENAME_TARGET | RIGHT.PATH_FILESTAT_GET |
  RIGHT.PATH_FILESTAT_SET_SIZE | RIGHT.PATH_FILESTAT_SET_TIMES | RIGHT.FD_FILESTAT_GET |
  RIGHT.FD_FILESTAT_SET_TIMES | RIGHT.PATH_SYMLINK | RIGHT.PATH_REMOVE_DIRECTORY | RIGHT.PATH_UNLINK_FILE |
  RIGHT.POLL_FD_READWRITE

/**
 * The rights that apply to a terminal or a pipe. FD_SEEK and FD_TELL are not among them: wasi-libc's
 * isatty(3) takes a character device without both for a terminal.
 */
export const STREAM_RIGHTS: Rights =
  RIGHT.FD_READ | RIGHT.FD_WRITE | RIGHT.FD_FDSTAT_SET_FLAGS | RIGHT.FD_FILESTAT_GET | RIGHT.POLL_FD_READWRITE

export const FILETYPE = {
  UNKNOWN: 0,
  BLOCK_DEVICE: 1,
  CHARACTER_DEVICE: 2,
  DIRECTORY: 3,
  REGULAR_FILE: 4,
  SOCKET_DGRAM: 5,
  SOCKET_STREAM: 6,
  SYMBOLIC_LINK: 7,
} as const

export type Filetype = (typeof FILETYPE)[keyof typeof FILETYPE]

export const FDFLAG = { APPEND: 1, DSYNC: 2, NONBLOCK: 4, RSYNC: 8, SYNC: 16 } as const
export const OFLAG = { CREAT: 1, DIRECTORY: 2, EXCL: 4, TRUNC: 8 } as const
export const LOOKUPFLAG = { SYMLINK_FOLLOW: 1 } as const
export const FSTFLAG = { ATIM: 1, ATIM_NOW: 2, MTIM: 4, MTIM_NOW: 8 } as const
export const WHENCE = { SET: 0, CUR: 1, END: 2 } as const
export const CLOCKID = { REALTIME: 0, MONOTONIC: 1, PROCESS_CPUTIME_ID: 2, THREAD_CPUTIME_ID: 3 } as const
export const SUBCLOCKFLAG = { SUBSCRIPTION_CLOCK_ABSTIME: 1 } as const
export const EVENTTYPE = { CLOCK: 0, FD_READ: 1, FD_WRITE: 2 } as const
export const EVENTRWFLAG = { FD_READWRITE_HANGUP: 1 } as const
export const PREOPENTYPE = { DIR: 0 } as const
export const SDFLAG = { RD: 1, WR: 2 } as const
export const RIFLAG = { RECV_PEEK: 1, RECV_WAITALL: 2 } as const
export const ROFLAG = { RECV_DATA_TRUNCATED: 1 } as const

export const ADVICE = {
  NORMAL: 0,
  SEQUENTIAL: 1,
  RANDOM: 2,
  WILLNEED: 3,
  DONTNEED: 4,
  NOREUSE: 5,
} as const

/** `iovec` and `ciovec`. */
export const IOVEC = { size: 8, buf: 0, bufLen: 4 } as const

export const FDSTAT = { size: 24, filetype: 0, flags: 2, rightsBase: 8, rightsInheriting: 16 } as const

export const FILESTAT = {
  size: 64,
  dev: 0,
  ino: 8,
  filetype: 16,
  nlink: 24,
  fileSize: 32,
  atim: 40,
  mtim: 48,
  ctim: 56,
} as const

/** `filestat` of wasi_unstable: nlink had 32 bits. */
export const UNSTABLE_FILESTAT = {
  size: 56,
  dev: 0,
  ino: 8,
  filetype: 16,
  nlink: 20,
  fileSize: 24,
  atim: 32,
  mtim: 40,
  ctim: 48,
} as const

/** Where the fields of a `filestat` lie. */
export type FilestatLayout = Readonly<Record<keyof typeof FILESTAT, number>>

export const PRESTAT = { size: 8, tag: 0, nameLen: 4 } as const

/** The name follows it directly, without padding. */
export const DIRENT = { size: 24, next: 0, ino: 8, namlen: 16, type: 20 } as const

export const SUBSCRIPTION = {
  size: 48,
  userdata: 0,
  tag: 8,
  clockId: 16,
  clockTimeout: 24,
  clockPrecision: 32,
  clockFlags: 40,
  fd: 16,
} as const

/** `subscription` of wasi_unstable: a clock had an identifier of its own before its id. */
export const UNSTABLE_SUBSCRIPTION = {
  size: 56,
  userdata: 0,
  tag: 8,
  clockId: 24,
  clockTimeout: 32,
  clockPrecision: 40,
  clockFlags: 48,
  fd: 16,
} as const

/** Where the fields of a `subscription` lie. */
export type SubscriptionLayout = Readonly<Record<keyof typeof SUBSCRIPTION, number>>

export const EVENT = { size: 32, userdata: 0, error: 8, type: 10, nbytes: 16, flags: 24 } as const

/** `signal` of the witx: Linux's numbers up to 15, then one less (there is no SIGSTKFLT). */
export const WASI_SIGNAL = {
  NONE: 0, HUP: 1, INT: 2, QUIT: 3, ILL: 4, TRAP: 5, ABRT: 6, BUS: 7, FPE: 8, KILL: 9, USR1: 10, SEGV: 11,
  USR2: 12, PIPE: 13, ALRM: 14, TERM: 15, CHLD: 16, CONT: 17, STOP: 18, TSTP: 19, TTIN: 20, TTOU: 21, URG: 22,
  XCPU: 23, XFSZ: 24, VTALRM: 25, PROF: 26, WINCH: 27, POLL: 28, PWR: 29, SYS: 30,
} as const
