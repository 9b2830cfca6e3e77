import { IOCTL, PR, SIGSET_BYTES, WINSIZE } from '../abi/linux.ts'
import { PTRACE } from '../abi/ptrace.ts'
import { SECCOMP_MODE, SOCK_FILTER_BYTES, SOCK_FPROG_BYTES } from '../abi/seccomp.ts'
import { SIGINFO_SIZE } from '../kernel/signal-frame.ts'
import type { Row, Struct } from '../syscall/row.ts'
import { MOST_ELEMENTS } from './layout.ts'
import { MOST_POINTERS, MOST_STRINGS, STRUCT_BYTES, stringLength } from './linux-layout.ts'
import { u16At, u32At, type Peek } from './peek.ts'

/** Takes a stretch of memory. */
export type Add = (addr: number, length: number) => void

/** A structure argument of a row, its names resolved to argument numbers (−1: none). */
interface Step {
  readonly arg: number
  readonly of: Struct
  readonly reads: boolean
  readonly writes: boolean
  readonly count: number
  /** Of a vector of buffers: they hold what the call moves out of the caller's memory. */
  readonly contents: boolean
}

const plans = new WeakMap<Row, readonly Step[]>()

const planOf = (row: Row): readonly Step[] => {
  const known = plans.get(row)
  if (known !== undefined) return known
  const steps = row.args.flatMap(({ name, show }, arg): Step[] => {
    if (show.kind !== 'pointer' || show.struct === undefined) return []
    const { of, count, both } = show.struct
    return [{
      arg, of,
      reads: show.dir === 'in',
      writes: show.dir === 'out' || both === true,
      count: count === undefined ? -1 : row.args.findIndex((one) => one.name === count),
      contents: row.name === 'process_vm_writev' && name === 'local_iov',
    }]
  })
  plans.set(row, steps)
  return steps
}

const low = (halves: Int32Array, arg: number): number => (halves[2 * arg] as number) >>> 0

const string = (addr: number, peek: Peek, add: Add): void => {
  const length = stringLength(peek, addr)
  // With its NUL, by which a reader finds the end.
  if (length >= 0) add(addr, length + 1)
}

/** A list of pointers to strings with its NULL, and the first of the strings. */
const strings = (addr: number, peek: Peek, add: Add): void => {
  let count = 0
  while (count < MOST_POINTERS) {
    const pointer = peek(addr + 4 * count, 4)
    if (pointer === undefined) return
    count++
    if (u32At(pointer, 0) === 0) break
  }
  add(addr, 4 * count)
  for (let i = 0; i < count && i < MOST_STRINGS; i++) {
    const pointer = peek(addr + 4 * i, 4)
    if (pointer !== undefined && u32At(pointer, 0) !== 0) string(u32At(pointer, 0), peek, add)
  }
}

const program = (addr: number, peek: Peek, add: Add): void => {
  add(addr, SOCK_FPROG_BYTES)
  const header = peek(addr, SOCK_FPROG_BYTES)
  if (header !== undefined) add(u32At(header, 4), SOCK_FILTER_BYTES * u16At(header, 0))
}

/** What an ioctl points to; 0 for nothing. */
const ioctlBytes = (request: number): number =>
  request === IOCTL.FIONBIO || request === IOCTL.FIONREAD || request === IOCTL.TIOCSPGRP || request === IOCTL.TIOCGPGRP ? 4
  : request === IOCTL.TIOCGWINSZ || request === IOCTL.TIOCSWINSZ ? WINSIZE.size
  : 0

const vector = (halves: Int32Array, { arg, count, contents }: Step, peek: Peek, add: Add): void => {
  const length = 8 * Math.min(low(halves, count), MOST_ELEMENTS)
  add(low(halves, arg), length)
  const pieces = contents ? peek(low(halves, arg), length) : undefined
  for (let at = 0; pieces !== undefined && at < length; at += 8) add(u32At(pieces, at), u32At(pieces, at + 4))
}

const structure = (halves: Int32Array, step: Step, peek: Peek, add: Add): void => {
  const addr = low(halves, step.arg)
  if (addr === 0) return
  switch (step.of) {
    case 'string':
      return string(addr, peek, add)
    case 'strings':
      return strings(addr, peek, add)
    case 'sock_fprog':
      return program(addr, peek, add)
    case 'iovec':
      return vector(halves, step, peek, add)
    case 'ioctl_arg':
      return add(addr, ioctlBytes(low(halves, 1)))
    default:
      return add(addr, STRUCT_BYTES[step.of] * (step.count < 0 ? 1 : Math.min(low(halves, step.count), MOST_ELEMENTS)))
  }
}

/** Numbers that are addresses only with some first arguments. */
const WORDS: Readonly<Record<string, (halves: Int32Array, peek: Peek, add: Add) => void>> = {
  prctl(halves, peek, add) {
    const option = low(halves, 0)
    if (option === PR.PR_SET_NAME) string(low(halves, 1), peek, add)
    if (option === PR.PR_SET_SECCOMP && low(halves, 1) === SECCOMP_MODE.SECCOMP_MODE_FILTER) program(low(halves, 2), peek, add)
  },
  ptrace(halves, _, add) {
    const request = low(halves, 0)
    if (request === PTRACE.PTRACE_SETSIGINFO) add(low(halves, 3), SIGINFO_SIZE)
    if (request === PTRACE.PTRACE_SETSIGMASK) add(low(halves, 3), SIGSET_BYTES)
  },
}

/** The structures of the table linux that a call reads. */
export const captureLinuxEntry = (row: Row, halves: Int32Array, peek: Peek, add: Add): void => {
  for (const step of planOf(row)) if (step.reads) structure(halves, step, peek, add)
  WORDS[row.name]?.(halves, peek, add)
}

/** Those that it writes, where what it wrote was not watched: a tracer did it in its place. */
export const captureLinuxExit = (row: Row, halves: Int32Array, peek: Peek, add: Add): void => {
  for (const step of planOf(row)) if (step.writes) structure(halves, step, peek, add)
}
