import { LINUX_NR, type LinuxName } from '../abi/linux.ts'
import { ARCH_LINUX } from '../abi/ptrace.ts'
import {
  filledBytes, int, pid, ptraceRequest, signal, structBoth, structIn, structOut, unsigned, waitOptions,
} from './linux-arg.ts'
import { nosysOf } from './result.ts'
import { exitcode, fd, flags, input, oneOf, row, size, u32 } from './row.ts'
import type { Handlers, Row, RowBody } from './row.ts'
import { threadRows } from './wasi-threads.ts'

const CLOCKS = 'The clocks are virtual: they advance by what calls and computing cost, and by waiting.'
const FORK_COST = 'The child is the parent made again from what crossed its border, which costs the parent’s whole past each time.'

const PIECES = [
  pid(), structIn('local_iov', 'iovec', 'liovcnt'), size('liovcnt'), structIn('remote_iov', 'iovec', 'riovcnt'), size('riovcnt'), u32('flags'),
] as const

/**
 * The table `linux`: what preview1 has no words for, by Linux's names, argument orders and numbers (abi.md). A result
 * is the value or −errno. What a call does stands in linux-io.ts and its like, which linux-handlers.ts puts together:
 * a call that is described here and not handled there, or the other way round, is a type error.
 */
const linuxRows = {
  read: row({ class: 'desc', args: [fd(), filledBytes('buf', 'count'), size('count')] }),
  write: row({ class: 'desc', args: [fd(), input('buf', 'bytes', 'count'), size('count')] }),
  close: row({ class: 'desc', args: [fd()] }),
  poll: row({
    class: 'desc', also: ['time'], args: [structBoth('fds', 'pollfd', 'nfds'), size('nfds'), int('timeout')],
  }),

  dup: row({ class: 'desc', args: [fd('oldfd')] }),
  dup2: row({ class: 'desc', args: [fd('oldfd'), fd('newfd')] }),
  dup3: row({ class: 'desc', args: [fd('oldfd'), fd('newfd'), flags('flags', 'open_flags')] }),
  pipe: row({ class: 'desc', args: [structOut('pipefd', 'int[2]')] }),
  pipe2: row({
    class: 'desc',
    args: [structOut('pipefd', 'int[2]'), flags('flags', 'open_flags')],
    note: 'There is no packet mode: O_DIRECT is EINVAL.',
  }),
  fcntl: row({
    class: 'desc',
    args: [fd(), oneOf('cmd', 'fcntl_cmd'), int('arg')],
    note: 'Locks, leases, owners and notifications are EINVAL.',
  }),
  ioctl: row({
    class: 'desc',
    args: [fd(), oneOf('request', 'ioctl_request'), structBoth('argp', 'ioctl_arg')],
    note: 'FIONREAD, FIONBIO, FIOCLEX, FIONCLEX, TIOCGPGRP, TIOCSPGRP, TIOCGWINSZ, TIOCSWINSZ; a terminal keeps its 24 rows of 80 columns.',
  }),

  clock_gettime: row({
    class: 'time',
    args: [oneOf('clockid', 'linux_clockid'), structOut('tp', 'timespec')],
    note: CLOCKS,
  }),
  clock_nanosleep: row({
    class: 'time',
    args: [
      oneOf('clockid', 'linux_clockid'), flags('flags', 'timer_flags'), structIn('request', 'timespec'),
      structOut('remain', 'timespec'),
    ],
    note: 'Nobody can sleep by a clock of computing time: ENOTSUP.',
  }),
  nanosleep: row({
    class: 'time', args: [structIn('duration', 'timespec'), structOut('remain', 'timespec')],
  }),
  getrandom: row({
    class: 'random',
    args: [filledBytes('buf', 'buflen'), size('buflen'), flags('flags', 'getrandom_flags')],
    note: "The bytes follow from the recipe's seed.",
  }),
  sched_yield: row({ class: 'process', args: [] }),
  futex: row({
    class: 'process',
    also: ['time'],
    args: [
      unsigned('uaddr', 'address'), oneOf('futex_op', 'futex_op'), u32('val'), structIn('timeout', 'timespec'),
      unsigned('uaddr2', 'address'), u32('val3'),
    ],
    note: 'FUTEX_WAIT, WAKE, WAIT_BITSET, WAKE_BITSET, REQUEUE, CMP_REQUEUE, within one memory; all others are ENOSYS.',
  }),

  fork: row({ class: 'process', args: [], note: FORK_COST }),
  vfork: row({
    class: 'process', args: [], note: 'The parent waits for the child’s exec or end, but memory is not shared.',
  }),
  clone: row({
    class: 'process',
    args: [
      flags('flags', 'clone_flags'), unsigned('stack', 'address'), structOut('parent_tid', 'int'), unsigned('tls', 'address'),
      structOut('child_tid', 'int'), unsigned('fn', 'address'), unsigned('arg', 'address'),
    ],
    note: 'With CLONE_VM | CLONE_THREAD a thread, which begins at __linux_thread_start(fn, arg); without CLONE_VM a process.',
  }),
  execve: row({
    class: 'process', also: ['file'],
    args: [structIn('path', 'string'), structIn('argv', 'strings'), structIn('envp', 'strings')],
  }),
  execveat: row({
    class: 'process', also: ['file'],
    args: [int('dirfd'), structIn('path', 'string'), structIn('argv', 'strings'), structIn('envp', 'strings'), u32('flags')],
  }),
  exit: row({ class: 'process', args: [exitcode('status')], returns: false }),
  exit_group: row({ class: 'process', args: [exitcode('status')], returns: false }),
  wait4: row({
    class: 'process', args: [pid(), structOut('status', 'waitstatus'), waitOptions(), structOut('rusage', 'rusage')],
    note: 'The rusage is all zero.',
  }),
  waitid: row({
    class: 'process', args: [oneOf('idtype', 'waitid_type'), pid('id'), structOut('info', 'siginfo'), waitOptions(), structOut('rusage', 'rusage')],
  }),
  getpid: row({ class: 'process', args: [] }),
  getppid: row({ class: 'process', args: [] }),
  gettid: row({ class: 'process', args: [] }),
  set_tid_address: row({ class: 'process', args: [unsigned('tidptr', 'address')] }),
  setpgid: row({ class: 'process', args: [pid(), pid('pgid')] }),
  getpgid: row({ class: 'process', args: [pid()] }),
  setsid: row({ class: 'process', args: [] }),
  getsid: row({ class: 'process', args: [pid()] }),
  prctl: row({
    class: 'process', args: [oneOf('option', 'prctl_option'), u32('arg2'), u32('arg3'), u32('arg4'), u32('arg5')],
    note: 'PR_SET_NAME, PR_GET_NAME, PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS, PR_SET_SECCOMP, PR_GET_SECCOMP and PR_GET_DUMPABLE; all others are EINVAL.',
  }),

  kill: row({ class: 'process', args: [pid(), signal()] }),
  tkill: row({ class: 'process', args: [pid('tid'), signal()] }),
  tgkill: row({ class: 'process', args: [pid('tgid'), pid('tid'), signal()] }),
  rt_sigaction: row({
    class: 'process', args: [signal('signum'), structIn('act', 'sigaction'), structOut('oldact', 'sigaction'), size('sigsetsize')],
    note: 'Handlers need the export __linux_signal, which the SDK has.',
  }),
  rt_sigprocmask: row({
    class: 'process', args: [oneOf('how', 'sigmask_how'), structIn('set', 'sigset'), structOut('oldset', 'sigset'), size('sigsetsize')],
  }),
  rt_sigpending: row({ class: 'process', args: [structOut('set', 'sigset'), size('sigsetsize')] }),
  rt_sigtimedwait: row({
    class: 'process', args: [structIn('set', 'sigset'), structOut('info', 'siginfo'), structIn('timeout', 'timespec'), size('sigsetsize')],
  }),
  rt_sigsuspend: row({ class: 'process', args: [structIn('mask', 'sigset'), size('sigsetsize')] }),
  rt_sigqueueinfo: row({ class: 'process', args: [pid('tgid'), signal(), structIn('info', 'siginfo')] }),
  sigaltstack: row({ class: 'process', args: [structIn('ss', 'stack'), structOut('old_ss', 'stack')] }),
  pause: row({ class: 'process', args: [] }),
  alarm: row({ class: 'time', also: ['process'], args: [u32('seconds')] }),
  setitimer: row({
    class: 'time', also: ['process'], args: [oneOf('which', 'itimer'), structIn('new_value', 'itimerval'), structOut('old_value', 'itimerval')],
  }),
  restart_syscall: row({
    class: 'process', args: [], note: 'Goes on with a sleep that a signal interrupted; made by a program itself it is EINTR.',
  }),

  ptrace: row({
    class: 'process', args: [ptraceRequest(), pid(), unsigned('addr', 'ptrace_addr'), unsigned('data', 'ptrace_data')],
    note: 'The raw call: PEEKTEXT, PEEKDATA and PEEKUSER store the word at data.',
  }),
  process_vm_readv: row({ class: 'process', args: PIECES }),
  process_vm_writev: row({ class: 'process', args: PIECES }),
  seccomp: row({
    class: 'process', args: [oneOf('operation', 'seccomp_operation'), flags('flags', 'seccomp_flags'), structIn('args', 'sock_fprog')],
  }),
} satisfies Record<LinuxName, RowBody>

/** What each call does, typed by its arguments. */
export type LinuxHandlers = Handlers<typeof linuxRows>

const rows: readonly Row[] = Object.entries(linuxRows).map(([name, body]) => ({
  name, arch: ARCH_LINUX, nr: LINUX_NR[name as LinuxName], nosys: nosysOf(ARCH_LINUX), ...body,
}))

/** The table by number, which are sparse. What wasi-threads has stands in it, too. */
export const linuxByNumber: ReadonlyMap<number, Row> = new Map([...rows, ...threadRows].map((one) => [one.nr, one]))

/** The table by name; undefined for what it does not have. */
export const linuxByName: ReadonlyMap<string, Row> = new Map(rows.map((one) => [one.name, one]))
