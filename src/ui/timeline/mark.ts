import {
  PTRACE,
  PTRACE_EVENT,
  PTRACE_SYSVM_SKIPCALL,
  PTRACE_SYSVM_SKIPEXIT,
  PTRACE_VM_MASK,
  PTRACE_VM_SKIPCALL,
  PTRACE_VM_SKIPEXIT,
} from '../../engine/abi/ptrace.ts'

/** What is drawn for an event, by itself or as a part of a call. */
export const Mark = {
  none: 0,
  birth: 1,
  death: 2,
  /** The left half of a capsule */
  entry: 3,
  /** The right half */
  exit: 4,
  /** A call without stops: a body without halves */
  call: 5,
  /** PTRACE_EVENT_*: a diamond */
  event: 6,
  /** PTRACE_EVENT_SECCOMP: a hexagon */
  seccomp: 7,
  /** Group-stop or PTRACE_EVENT_STOP: a square */
  group: 8,
  /** Signal-delivery-stop: a triangle */
  signal: 9,
  /** A request that resumes, without a tag: an arrow */
  resume: 10,
  /** … with the tag SKIPEXIT: an outlined 2 */
  skipExit: 11,
  /** … with the tag SKIPCALL: a solid 4 */
  skipCall: 12,
  /** … with both: a solid 6 */
  skipBoth: 13,
  /** A request that writes memory or registers: a dot */
  poke: 14,
  /** A request that only looks: a small dot */
  look: 15,
  /** Any other request */
  request: 16,
  print: 17,
  failure: 18,
  /** A task goes on as another program */
  exec: 19,
} as const
export type Mark = (typeof Mark)[keyof typeof Mark]

/** Requests that end a ptrace-stop. */
const RESUMES: ReadonlySet<number> = new Set([
  PTRACE.PTRACE_CONT,
  PTRACE.PTRACE_SYSCALL,
  PTRACE.PTRACE_SINGLESTEP,
  PTRACE.PTRACE_SINGLEBLOCK,
  PTRACE.PTRACE_SYSEMU,
  PTRACE.PTRACE_SYSEMU_SINGLESTEP,
  PTRACE.PTRACE_SYSVM,
  PTRACE.PTRACE_DETACH,
  PTRACE.PTRACE_KILL,
  PTRACE.PTRACE_LISTEN,
])
/** Of those, the ones that honour tags in `addr` (ptrace-vm.md: KILL, LISTEN, DETACH take none). */
const TAKES_TAGS: ReadonlySet<number> = new Set([
  PTRACE.PTRACE_CONT,
  PTRACE.PTRACE_SYSCALL,
  PTRACE.PTRACE_SINGLESTEP,
  PTRACE.PTRACE_SINGLEBLOCK,
  PTRACE.PTRACE_SYSEMU,
  PTRACE.PTRACE_SYSEMU_SINGLESTEP,
])
const POKES: ReadonlySet<number> = new Set([
  PTRACE.PTRACE_POKETEXT,
  PTRACE.PTRACE_POKEDATA,
  PTRACE.PTRACE_POKEUSER,
  PTRACE.PTRACE_POKECHARDATA,
  PTRACE.PTRACE_SETREGS,
  PTRACE.PTRACE_SETREGSET,
  PTRACE.PTRACE_SETSIGINFO,
  PTRACE.PTRACE_SETSIGMASK,
  PTRACE.PTRACE_SET_SYSCALL_INFO,
])
const LOOKS: ReadonlySet<number> = new Set([
  PTRACE.PTRACE_PEEKTEXT,
  PTRACE.PTRACE_PEEKDATA,
  PTRACE.PTRACE_PEEKUSER,
  PTRACE.PTRACE_GETREGS,
  PTRACE.PTRACE_GETREGSET,
  PTRACE.PTRACE_GETEVENTMSG,
  PTRACE.PTRACE_GETSIGINFO,
  PTRACE.PTRACE_PEEKSIGINFO,
  PTRACE.PTRACE_GETSIGMASK,
  PTRACE.PTRACE_SECCOMP_GET_FILTER,
  PTRACE.PTRACE_SECCOMP_GET_METADATA,
  PTRACE.PTRACE_GET_SYSCALL_INFO,
  PTRACE.PTRACE_PEEKCHARDATA,
  PTRACE.PTRACE_PEEKSTRINGDATA,
])

export const isResume = (mark: Mark): boolean => mark >= Mark.resume && mark <= Mark.skipBoth
export const isRequest = (mark: Mark): boolean => mark >= Mark.resume && mark <= Mark.request

/** Whether the tags in `addr` of a request mean anything. */
export const takesTags = (nr: number): boolean => TAKES_TAGS.has(nr) || nr === PTRACE.PTRACE_SYSVM

/** How a request is drawn; `addr` holds the tags of those that take any. */
export const requestMark = (nr: number, addr: number): Mark => {
  if (RESUMES.has(nr)) {
    const skipExit = nr === PTRACE.PTRACE_SYSVM ? addr & PTRACE_SYSVM_SKIPEXIT : addr & PTRACE_VM_SKIPEXIT
    const skipCall = nr === PTRACE.PTRACE_SYSVM ? addr & PTRACE_SYSVM_SKIPCALL : addr & PTRACE_VM_SKIPCALL
    if (nr !== PTRACE.PTRACE_SYSVM && (!TAKES_TAGS.has(nr) || (addr & PTRACE_VM_MASK) === 0)) return Mark.resume
    if (skipCall !== 0) return skipExit !== 0 ? Mark.skipBoth : Mark.skipCall
    return skipExit !== 0 ? Mark.skipExit : Mark.resume
  }
  if (POKES.has(nr)) return Mark.poke
  return LOOKS.has(nr) ? Mark.look : Mark.request
}

/** How an event stop is drawn. */
export const eventMark = (event: number): Mark => {
  if (event === PTRACE_EVENT.PTRACE_EVENT_STOP) return Mark.group
  return event === PTRACE_EVENT.PTRACE_EVENT_SECCOMP ? Mark.seccomp : Mark.event
}

const LETTERS: Readonly<Record<number, string>> = {
  [PTRACE_EVENT.PTRACE_EVENT_FORK]: 'F',
  [PTRACE_EVENT.PTRACE_EVENT_VFORK]: 'V',
  [PTRACE_EVENT.PTRACE_EVENT_CLONE]: 'C',
  [PTRACE_EVENT.PTRACE_EVENT_EXEC]: 'X',
  [PTRACE_EVENT.PTRACE_EVENT_VFORK_DONE]: 'D',
  [PTRACE_EVENT.PTRACE_EVENT_EXIT]: 'E',
}
/** The letter in a diamond. */
export const eventLetter = (event: number): string => LETTERS[event] ?? '?'
