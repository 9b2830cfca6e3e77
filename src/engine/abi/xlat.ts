import { CLOCK, CLONE, F, FD_CLOEXEC, FUTEX, GRND, IOCTL, ITIMER, O, P, POLL, PR, TIMER_ABSTIME } from './linux.ts'
import { PTRACE, PTRACE_OPTION } from './ptrace.ts'
import { SECCOMP_FILTER_FLAG, SECCOMP_OPERATION } from './seccomp.ts'
import { SIGNAL } from './signal.ts'
import { WCONTINUED, WEXITED, WNOHANG, WNOWAIT, WUNTRACED, __WALL, __WCLONE, __WNOTHREAD } from './wait.ts'
import {
  ADVICE, CLOCKID, EVENTRWFLAG, EVENTTYPE, FDFLAG, FILETYPE, FSTFLAG, LOOKUPFLAG, OFLAG, PREOPENTYPE, RIFLAG,
  RIGHT, ROFLAG, SDFLAG, SUBCLOCKFLAG, WASI_SIGNAL, WHENCE,
} from './wasi.ts'

/** A number and what the decoder prints for it. */
export interface Named {
  readonly name: string
  readonly value: number
}

const list = (numbers: Readonly<Record<string, number>>): readonly Named[] =>
  Object.entries(numbers).map(([name, value]) => ({ name, value }))

/** The clocks as the witx has them: in the trace a clock reads as a word, not as a constant. */
const lower = (numbers: Readonly<Record<string, number>>): readonly Named[] =>
  Object.entries(numbers).map(([name, value]) => ({ name: name.toLowerCase(), value }))

/** Those of the table `linux`; a name that both tables have begins with `linux_`. */
const LINUX: Readonly<Record<string, readonly Named[]>> = {
  clone_flags: list(CLONE),
  fcntl_cmd: list(F),
  fd_flags: list({ FD_CLOEXEC }),
  futex_op: list(FUTEX),
  getrandom_flags: list(GRND),
  ioctl_request: list(IOCTL),
  itimer: list(ITIMER),
  linux_clockid: list(CLOCK),
  linux_signal: list(SIGNAL),
  open_flags: list(O).filter(({ name }) => name !== 'O_ACCMODE'),
  poll_events: list(POLL),
  prctl_option: list(PR),
  ptrace_options: list(PTRACE_OPTION),
  ptrace_request: list(PTRACE),
  seccomp_flags: list(SECCOMP_FILTER_FLAG),
  seccomp_operation: list(SECCOMP_OPERATION),
  sigmask_how: list({ SIG_BLOCK: 0, SIG_UNBLOCK: 1, SIG_SETMASK: 2 }),
  timer_flags: list({ TIMER_ABSTIME }),
  waitid_type: list(P),
  wait_options: list({ WNOHANG, WUNTRACED, WEXITED, WCONTINUED, WNOWAIT, __WNOTHREAD, __WALL, __WCLONE }),
}

/** The lists that a row's `xlat` names, spelt as in the witx; flags and constants in capitals. */
export const XLAT: Readonly<Record<string, readonly Named[]>> = {
  advice: list(ADVICE),
  clockid: lower(CLOCKID),
  eventrwflags: list(EVENTRWFLAG),
  eventtype: list(EVENTTYPE),
  fdflags: list(FDFLAG),
  filetype: list(FILETYPE),
  fstflags: list(FSTFLAG),
  lookupflags: list(LOOKUPFLAG),
  oflags: list(OFLAG),
  preopentype: list(PREOPENTYPE),
  riflags: list(RIFLAG),
  rights: list(RIGHT),
  roflags: list(ROFLAG),
  sdflags: list(SDFLAG),
  siflags: [],
  signal: Object.entries(WASI_SIGNAL).map(([name, value]) => ({ name: `SIG${name}`, value })),
  subclockflags: list(SUBCLOCKFLAG),
  whence: list(WHENCE),
  ...LINUX,
}
