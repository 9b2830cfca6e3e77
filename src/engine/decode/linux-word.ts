import { CSIGNAL, F, FUTEX, FUTEX_BITSET_MATCH_ANY, FUTEX_CLOCK_REALTIME, FUTEX_PRIVATE_FLAG, CLONE, IOCTL, O, PR, SIGSET_BYTES } from '../abi/linux.ts'
import { NT_PRSTATUS, NT_WASM_LOCALS, PTRACE } from '../abi/ptrace.ts'
import { SECCOMP_MODE, SECCOMP_OPERATION, SECCOMP_RET, SOCK_FPROG_BYTES } from '../abi/seccomp.ts'
import { SIGINFO_SIZE } from '../kernel/signal-frame.ts'
import { lossyText } from '../kernel/text.ts'
import { isResume } from './answers.ts'
import { stringAt } from './linux-form.ts'
import { addressText, fprogShown, intShown, sigsetShown, siginfoShown, signoText } from './linux-struct.ts'
import { u32At, type Peek } from './peek.ts'
import { optionsText, offsetText, tagsText } from './request.ts'
import { enumText, flagsText, hexText, quote } from './text.ts'
import { shown, type Shown } from './value.ts'

/** Numbers of the table linux whose meaning follows from the call's other arguments. */

/** The call that an argument belongs to. */
export interface Around {
  /** Its argument registers. */
  readonly words: readonly number[]
  readonly peek: Peek
  /** It has run, as far as it did. */
  readonly written: boolean
}

type Meaning = (word: number, around: Around) => Shown | undefined

/** An argument that strace leaves out, since the call does not look at it. */
const omitted = (word: number): Shown => shown('', word)
const signed = (word: number): Shown => shown(`${word | 0}`, word | 0)
const address = (word: number): Shown => shown(addressText(word), word)
const first = ({ words }: Around): number => words[0] ?? 0
const second = ({ words }: Around): number => words[1] ?? 0

/** A structure behind an address, if there is one and it is known. */
const behind = ({ peek }: Around, addr: number, bytes: number, show: (bytes: Uint8Array) => Shown): Shown => {
  const found = addr === 0 ? undefined : peek(addr, bytes)
  return found === undefined ? address(addr) : { ...show(found), value: addr }
}

/** An access mode and flags of open(2), as F_GETFL answers them. */
export const openFlagsText = (word: number): string => {
  const mode = ['O_RDONLY', 'O_WRONLY', 'O_RDWR'][word & O.O_ACCMODE] ?? 'O_ACCMODE'
  const rest = word & ~O.O_ACCMODE
  return rest === 0 ? mode : `${mode}|${flagsText('open_flags', rest >>> 0)}`
}

const fcntlArg: Meaning = (word, around) => {
  switch (second(around)) {
    case F.F_GETFD:
    case F.F_GETFL:
    case F.F_GETOWN:
    case F.F_GETPIPE_SZ:
      return omitted(word)
    case F.F_SETFD:
      return shown(flagsText('fd_flags', word), word)
    case F.F_SETFL:
      return shown(openFlagsText(word), word)
    default:
      return signed(word)
  }
}

/** Requests of ioctl(2) whose argument is an output alone. */
const ANSWERS: ReadonlySet<number> = new Set([IOCTL.FIONREAD, IOCTL.TIOCGWINSZ, IOCTL.TIOCGPGRP])
const ioctlArg: Meaning = (word, around) => {
  const request = second(around)
  if (request === IOCTL.FIOCLEX || request === IOCTL.FIONCLEX) return omitted(word)
  return ANSWERS.has(request) && !around.written ? address(word) : undefined
}

/** `FUTEX_WAIT_BITSET_PRIVATE|FUTEX_CLOCK_REALTIME`: a private operation has a name of its own. */
const futexOp: Meaning = (word) => {
  const name = enumText('futex_op', word & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME))
  if (!name.startsWith('FUTEX_')) return undefined
  const text = `${name}${(word & FUTEX_PRIVATE_FLAG) === 0 ? '' : '_PRIVATE'}${(word & FUTEX_CLOCK_REALTIME) === 0 ? '' : '|FUTEX_CLOCK_REALTIME'}`
  return { text, brief: text.replace('FUTEX_', ''), value: word }
}
const futexCommand = (around: Around): number => second(around) & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME)
const SLEEPS: ReadonlySet<number> = new Set([FUTEX.FUTEX_WAIT, FUTEX.FUTEX_WAIT_BITSET, FUTEX.FUTEX_LOCK_PI])
const MOVES: ReadonlySet<number> = new Set([FUTEX.FUTEX_REQUEUE, FUTEX.FUTEX_CMP_REQUEUE, FUTEX.FUTEX_WAKE_OP])
const BITSETS: ReadonlySet<number> = new Set([FUTEX.FUTEX_WAIT_BITSET, FUTEX.FUTEX_WAKE_BITSET])

const FUTEX_ARGS: Readonly<Record<string, Meaning>> = {
  futex_op: futexOp,
  // "val2": a number for those that move waiters.
  timeout: (word, around) => {
    const command = futexCommand(around)
    return SLEEPS.has(command) ? undefined : MOVES.has(command) ? shown(`${word}`, word) : omitted(word)
  },
  uaddr2: (word, around) => (MOVES.has(futexCommand(around)) ? address(word) : omitted(word)),
  val3: (word, around) => {
    const command = futexCommand(around)
    if (BITSETS.has(command)) return shown(word === FUTEX_BITSET_MATCH_ANY ? 'FUTEX_BITSET_MATCH_ANY' : hexText(word), word)
    return command === FUTEX.FUTEX_CMP_REQUEUE || command === FUTEX.FUTEX_WAKE_OP ? shown(`${word}`, word) : omitted(word)
  },
}

const cloneFlags: Meaning = (word) => {
  const rest = (word & ~CSIGNAL) >>> 0
  const signo = word & CSIGNAL
  const parts = [...(rest === 0 ? [] : [flagsText('clone_flags', rest)]), ...(signo === 0 ? [] : [signoText(signo)])]
  return shown(`flags=${parts.length === 0 ? '0' : parts.join('|')}`, word)
}
/** A word of clone(2) that only some flags make it look at, by strace's name for it. */
const ifFlagged = (flags: number, name: string, show: Meaning = address): Meaning => (word, around) => {
  if ((first(around) & flags) === 0) return omitted(word)
  const found = show(word, around)
  return found && { ...found, text: `${name}=${found.text}`, brief: `${name}=${found.brief}` }
}
const tid: Meaning = (word, around) => (around.written ? behind(around, word, 4, intShown) : address(word))

const PRCTL_ARGS: Readonly<Record<string, Meaning>> = {
  arg2: (word, around) => {
    const { peek, written } = around
    switch (first(around)) {
      case PR.PR_SET_NAME:
      case PR.PR_GET_NAME: {
        const bytes = first(around) === PR.PR_SET_NAME || written ? stringAt(peek, word) : undefined
        return bytes === undefined ? address(word) : { ...shown(quote(bytes), word), value: lossyText(bytes) }
      }
      case PR.PR_SET_SECCOMP: {
        const mode = Object.entries(SECCOMP_MODE).find(([, value]) => value === word)
        return mode && shown(mode[0], word)
      }
      case PR.PR_GET_DUMPABLE:
      case PR.PR_GET_SECCOMP:
        return omitted(word)
      default:
        return undefined
    }
  },
  arg3: (word, around) => {
    const option = first(around)
    if (option !== PR.PR_SET_SECCOMP) return TAKES_ONE.has(option) ? omitted(word) : undefined
    return second(around) === SECCOMP_MODE.SECCOMP_MODE_FILTER ? behind(around, word, SOCK_FPROG_BYTES, fprogShown) : omitted(word)
  },
  arg4: (word, around) => (TAKES_ONE.has(first(around)) || first(around) === PR.PR_SET_SECCOMP ? omitted(word) : undefined),
  arg5: (word, around) => (TAKES_ONE.has(first(around)) || first(around) === PR.PR_SET_SECCOMP ? omitted(word) : undefined),
}
const TAKES_ONE: ReadonlySet<number> = new Set([PR.PR_SET_NAME, PR.PR_GET_NAME, PR.PR_GET_DUMPABLE, PR.PR_GET_SECCOMP])

/** Requests of ptrace(2) that look at neither `addr` nor `data`; strace prints the pid alone. */
const PID_ONLY: ReadonlySet<number> = new Set([PTRACE.PTRACE_ATTACH, PTRACE.PTRACE_INTERRUPT, PTRACE.PTRACE_KILL, PTRACE.PTRACE_LISTEN])
const PEEKS: ReadonlySet<number> = new Set([PTRACE.PTRACE_PEEKTEXT, PTRACE.PTRACE_PEEKDATA, PTRACE.PTRACE_PEEKUSER])
const OF_USER: ReadonlySet<number> = new Set([PTRACE.PTRACE_PEEKUSER, PTRACE.PTRACE_POKEUSER])
const SIZED: ReadonlySet<number> = new Set([
  PTRACE.PTRACE_GET_SYSCALL_INFO, PTRACE.PTRACE_SET_SYSCALL_INFO, PTRACE.PTRACE_GETSIGMASK, PTRACE.PTRACE_SETSIGMASK,
])

const ptraceAddr: Meaning = (word, around) => {
  const request = first(around)
  if (request === PTRACE.PTRACE_TRACEME || PID_ONLY.has(request)) return omitted(word)
  if (isResume(request) && request !== PTRACE.PTRACE_DETACH && (word & 6) !== 0) return shown(tagsText(word), word)
  if (OF_USER.has(request)) return shown(offsetText(word), word)
  if (SIZED.has(request)) return shown(`${word}`, word)
  if ((request === PTRACE.PTRACE_GETREGSET || request === PTRACE.PTRACE_SETREGSET) && word === NT_PRSTATUS) return shown('NT_PRSTATUS', word)
  if (request === PTRACE.PTRACE_GETREGSET && word === NT_WASM_LOCALS) return shown('NT_WASM_LOCALS', word)
  return address(word)
}

const hexBehind = (bytes: Uint8Array): Shown => shown(`[${hexText(u32At(bytes, 0))}]`, u32At(bytes, 0))

const ptraceData: Meaning = (word, around) => {
  const request = first(around)
  const { written } = around
  if (request === PTRACE.PTRACE_TRACEME || PID_ONLY.has(request)) return omitted(word)
  if (isResume(request)) return shown(signoText(word), word)
  if (written && PEEKS.has(request)) return behind(around, word, 4, hexBehind)
  switch (request) {
    case PTRACE.PTRACE_SEIZE:
    case PTRACE.PTRACE_SETOPTIONS:
      return shown(optionsText(word), word)
    case PTRACE.PTRACE_POKETEXT:
    case PTRACE.PTRACE_POKEDATA:
    case PTRACE.PTRACE_POKEUSER:
      return shown(hexText(word), word)
    case PTRACE.PTRACE_PEEKCHARDATA:
    case PTRACE.PTRACE_POKECHARDATA:
    case PTRACE.PTRACE_PEEKSTRINGDATA:
      return signed(word)
    case PTRACE.PTRACE_GETEVENTMSG:
      return written ? behind(around, word, 4, intShown) : address(word)
    case PTRACE.PTRACE_GETSIGINFO:
      return written ? behind(around, word, SIGINFO_SIZE, siginfoShown) : address(word)
    case PTRACE.PTRACE_SETSIGINFO:
      return behind(around, word, SIGINFO_SIZE, siginfoShown)
    case PTRACE.PTRACE_GETSIGMASK:
      return written ? behind(around, word, SIGSET_BYTES, sigsetShown) : address(word)
    case PTRACE.PTRACE_SETSIGMASK:
      return behind(around, word, SIGSET_BYTES, sigsetShown)
    default:
      return address(word)
  }
}

const ACTIONS: ReadonlyMap<number, string> = new Map(Object.entries(SECCOMP_RET).map(([name, value]) => [value, name]))

const seccompArgs: Meaning = (word, around) => {
  const operation = first(around)
  if (operation === SECCOMP_OPERATION.SECCOMP_SET_MODE_FILTER) return undefined
  if (operation !== SECCOMP_OPERATION.SECCOMP_GET_ACTION_AVAIL) return address(word)
  return behind(around, word, 4, (bytes) => shown(`[${ACTIONS.get(u32At(bytes, 0)) ?? hexText(u32At(bytes, 0))}]`, u32At(bytes, 0)))
}

/** By call and argument. */
const MEANINGS: Readonly<Record<string, Readonly<Record<string, Meaning>>>> = {
  fcntl: { arg: fcntlArg },
  ioctl: { argp: ioctlArg },
  futex: FUTEX_ARGS,
  clone: {
    flags: cloneFlags,
    stack: (word) => shown(`child_stack=${addressText(word)}`, word),
    parent_tid: ifFlagged(CLONE.CLONE_PARENT_SETTID, 'parent_tid', tid),
    tls: ifFlagged(CLONE.CLONE_SETTLS, 'tls'),
    child_tid: ifFlagged(CLONE.CLONE_CHILD_SETTID | CLONE.CLONE_CHILD_CLEARTID, 'child_tidptr'),
    fn: ifFlagged(CLONE.CLONE_THREAD, 'fn'),
    arg: ifFlagged(CLONE.CLONE_THREAD, 'arg'),
  },
  prctl: PRCTL_ARGS,
  ptrace: {
    pid: (word, around) => (first(around) === PTRACE.PTRACE_TRACEME ? omitted(word) : signed(word)),
    addr: ptraceAddr,
    data: ptraceData,
  },
  seccomp: { args: seccompArgs },
  execveat: { dirfd: (word) => (word === 0xffff_ff9c ? { ...signed(word), text: 'AT_FDCWD', brief: 'AT_FDCWD' } : undefined) },
  waitid: { options: (word) => shown(flagsText('wait_options', word).replace('WUNTRACED', 'WSTOPPED'), word) },
}

/** What a register of a call of the table linux means in its place; undefined where its kind says all. */
export const meaningOf = (call: string, arg: string, word: number, around: Around): Shown | undefined =>
  MEANINGS[call]?.[arg]?.(word, around)
