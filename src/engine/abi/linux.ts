/**
 * Numbers and layouts of the table `linux` (abi.md). Source: Linux 6.18, include/uapi/asm-generic/ and
 * include/uapi/linux/; structures as on a 32-bit machine with 64-bit time, little-endian, offsets in bytes.
 */

/**
 * Calls by name: unistd.h of asm-generic. What asm-generic dropped keeps the number that it had there, from 1024 up
 * (__ARCH_WANT_SYSCALL_NO_AT, _NO_FLAGS, _DEPRECATED).
 */
export const LINUX_NR = {
  dup: 23, dup3: 24, fcntl: 25, ioctl: 29, close: 57, pipe2: 59, read: 63, write: 64,
  exit: 93, exit_group: 94, waitid: 95, set_tid_address: 96, futex: 98, nanosleep: 101, setitimer: 103,
  clock_gettime: 113, clock_nanosleep: 115, ptrace: 117, sched_yield: 124, restart_syscall: 128,
  kill: 129, tkill: 130, tgkill: 131, sigaltstack: 132, rt_sigsuspend: 133, rt_sigaction: 134, rt_sigprocmask: 135,
  rt_sigpending: 136, rt_sigtimedwait: 137, rt_sigqueueinfo: 138,
  setpgid: 154, getpgid: 155, getsid: 156, setsid: 157, prctl: 167, getpid: 172, getppid: 173, gettid: 178,
  clone: 220, execve: 221, wait4: 260, process_vm_readv: 270, process_vm_writev: 271, seccomp: 277, getrandom: 278,
  execveat: 281,
  pipe: 1040, dup2: 1041, alarm: 1059, pause: 1061, poll: 1068, vfork: 1071, fork: 1079,
} as const

export type LinuxName = keyof typeof LINUX_NR

/** fcntl.h. O_ACCMODE covers the first three. */
export const O = {
  O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, O_ACCMODE: 3,
  O_CREAT: 0o100, O_EXCL: 0o200, O_NOCTTY: 0o400, O_TRUNC: 0o1000, O_APPEND: 0o2000, O_NONBLOCK: 0o4000,
  O_DSYNC: 0o10000, O_ASYNC: 0o20000, O_DIRECT: 0o40000, O_LARGEFILE: 0o100000, O_DIRECTORY: 0o200000,
  O_NOFOLLOW: 0o400000, O_NOATIME: 0o1000000, O_CLOEXEC: 0o2000000, O_SYNC: 0o4010000, O_PATH: 0o10000000,
} as const

/** Commands of fcntl(2). */
export const F = {
  F_DUPFD: 0, F_GETFD: 1, F_SETFD: 2, F_GETFL: 3, F_SETFL: 4, F_GETLK: 5, F_SETLK: 6, F_SETLKW: 7, F_SETOWN: 8,
  F_GETOWN: 9, F_DUPFD_CLOEXEC: 1030, F_SETPIPE_SZ: 1031, F_GETPIPE_SZ: 1032,
} as const
export const FD_CLOEXEC = 1

/** Events of poll(2). */
export const POLL = {
  POLLIN: 0x1, POLLPRI: 0x2, POLLOUT: 0x4, POLLERR: 0x8, POLLHUP: 0x10, POLLNVAL: 0x20, POLLRDNORM: 0x40,
  POLLRDBAND: 0x80, POLLWRNORM: 0x100, POLLWRBAND: 0x200,
} as const

/** Requests of ioctl(2): ioctls.h. */
export const IOCTL = {
  TCGETS: 0x5401, TIOCGPGRP: 0x540f, TIOCSPGRP: 0x5410, TIOCGWINSZ: 0x5413, TIOCSWINSZ: 0x5414, FIONREAD: 0x541b,
  FIONBIO: 0x5421, FIONCLEX: 0x5450, FIOCLEX: 0x5451,
} as const

/** Operations of futex(2), and the flags OR-ed to them. */
export const FUTEX = {
  FUTEX_WAIT: 0, FUTEX_WAKE: 1, FUTEX_FD: 2, FUTEX_REQUEUE: 3, FUTEX_CMP_REQUEUE: 4, FUTEX_WAKE_OP: 5,
  FUTEX_LOCK_PI: 6, FUTEX_UNLOCK_PI: 7, FUTEX_TRYLOCK_PI: 8, FUTEX_WAIT_BITSET: 9, FUTEX_WAKE_BITSET: 10,
} as const
export const FUTEX_PRIVATE_FLAG = 128
export const FUTEX_CLOCK_REALTIME = 256
export const FUTEX_BITSET_MATCH_ANY = 0xffff_ffff

export const CLOCK = {
  CLOCK_REALTIME: 0, CLOCK_MONOTONIC: 1, CLOCK_PROCESS_CPUTIME_ID: 2, CLOCK_THREAD_CPUTIME_ID: 3,
  CLOCK_MONOTONIC_RAW: 4, CLOCK_REALTIME_COARSE: 5, CLOCK_MONOTONIC_COARSE: 6, CLOCK_BOOTTIME: 7, CLOCK_TAI: 11,
} as const
export const TIMER_ABSTIME = 1

/** Flags of getrandom(2). */
export const GRND = { GRND_NONBLOCK: 1, GRND_RANDOM: 2, GRND_INSECURE: 4 } as const

/** pipe(7), "Pipe capacity" and "PIPE_BUF"; /proc/sys/fs/pipe-max-size as it is by default. */
export const PIPE_CAPACITY = 65_536
export const PIPE_BUF = 4096
export const PIPE_MAX_SIZE = 1 << 20

/** The most that read(2) and write(2) transfer: MAX_RW_COUNT. */
export const MAX_RW_COUNT = 0x7fff_f000

/** `struct pollfd`: an int and two shorts. */
export const POLLFD = { size: 8, fd: 0, events: 4, revents: 6 } as const

/** `struct __kernel_timespec`; of a 32-bit process the kernel reads the low half of tv_nsec only. */
export const TIMESPEC = { size: 16, sec: 0, nsec: 8 } as const

/** `struct winsize`: four shorts. */
export const WINSIZE = { size: 8, row: 0, col: 2, xpixel: 4, ypixel: 6 } as const

/** wait(2): idtype of waitid. */
export const P = { P_ALL: 0, P_PID: 1, P_PGID: 2 } as const
/** `struct rusage` with 64-bit times: two timevals and fourteen longs. */
export const RUSAGE_BYTES = 88

/** Options of prctl(2). */
export const PR = {
  PR_GET_DUMPABLE: 3, PR_SET_NAME: 15, PR_GET_NAME: 16, PR_GET_SECCOMP: 21, PR_SET_SECCOMP: 22, PR_SET_NO_NEW_PRIVS: 38, PR_GET_NO_NEW_PRIVS: 39,
} as const

/** Flags of clone(2); the lowest byte is the signal that the parent gets at the end. */
export const CLONE = {
  CLONE_VM: 0x100, CLONE_FS: 0x200, CLONE_FILES: 0x400, CLONE_SIGHAND: 0x800, CLONE_PIDFD: 0x1000, CLONE_PTRACE: 0x2000, CLONE_VFORK: 0x4000,
  CLONE_PARENT: 0x8000, CLONE_THREAD: 0x1_0000, CLONE_NEWNS: 0x2_0000, CLONE_SYSVSEM: 0x4_0000, CLONE_SETTLS: 0x8_0000,
  CLONE_PARENT_SETTID: 0x10_0000, CLONE_CHILD_CLEARTID: 0x20_0000, CLONE_DETACHED: 0x40_0000, CLONE_UNTRACED: 0x80_0000, CLONE_CHILD_SETTID: 0x100_0000,
} as const
export const CSIGNAL = 0xff

/** `sigset_t`. */
export const SIGSET_BYTES = 8
/** The kernel's `struct sigaction`. */
export const SIGACTION = { size: 20, handler: 0, flags: 4, restorer: 8, mask: 12 } as const
/** `stack_t` of sigaltstack(2). */
export const STACK = { size: 12, sp: 0, flags: 4, bytes: 8 } as const
/** `struct itimerval`: two of 64-bit seconds and microseconds. */
export const ITIMERVAL = { size: 32, interval: 0, value: 16 } as const
export const ITIMER = { ITIMER_REAL: 0, ITIMER_VIRTUAL: 1, ITIMER_PROF: 2 } as const
