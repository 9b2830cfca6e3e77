import { ITIMERVAL, POLLFD, RUSAGE_BYTES, SIGACTION, SIGSET_BYTES, STACK, TIMESPEC, WINSIZE } from '../abi/linux.ts'
import { SOCK_FPROG_BYTES } from '../abi/seccomp.ts'
import { SIGINFO_SIZE } from '../kernel/signal-frame.ts'
import type { Struct } from '../syscall/row.ts'
import type { Peek } from './peek.ts'

/** Bytes of one element of a structure of the table linux; 0 where it says itself where it ends. */
export const STRUCT_BYTES: Readonly<Record<Struct, number>> = {
  int: 4,
  'int[2]': 8,
  timespec: TIMESPEC.size,
  itimerval: ITIMERVAL.size,
  pollfd: POLLFD.size,
  winsize: WINSIZE.size,
  iovec: 8,
  waitstatus: 4,
  rusage: RUSAGE_BYTES,
  siginfo: SIGINFO_SIZE,
  sigset: SIGSET_BYTES,
  sigaction: SIGACTION.size,
  stack: STACK.size,
  sock_fprog: SOCK_FPROG_BYTES,
  string: 0,
  strings: 0,
  ioctl_arg: 0,
}

/** Of argv and environ so many strings are kept: those that a line shows, and one that says that there are more. */
export const MOST_STRINGS = 33
/** Pointers of such a list that are looked at. */
export const MOST_POINTERS = 1024
/** PATH_MAX, and what is kept of a string that is longer. */
export const MOST_STRING = 4096

const PIECE = 32

/**
 * Bytes of the string at an address up to its NUL, without it; −1 where there is none, or nobody knows.
 * @param most so many are looked at; a longer string has that length
 */
export const stringLength = (peek: Peek, addr: number, most = MOST_STRING): number => {
  for (let length = 0; length < most; ) {
    const piece = peek(addr + length, PIECE) ?? peek(addr + length, 1)
    if (piece === undefined) return -1
    const end = piece.indexOf(0)
    if (end >= 0) return length + end
    length += piece.length
  }
  return most
}
