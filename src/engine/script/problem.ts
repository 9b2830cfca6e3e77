import { errnoMessage, errnoName } from '../abi/errno.ts'
import { requestName } from '../abi/ptrace.ts'

/** A request of the comfortable level failed: the errno, and a sentence that says why and what to do. */
export class PtraceError extends Error {
  override readonly name = 'PtraceError'
  readonly errno: number
  /** `ESRCH` */
  readonly code: string
  /** The line of the script that asked. */
  readonly line: number
  readonly why: string
  readonly cure: string

  constructor(errno: number, line: number, why: string, cure: string) {
    const code = errnoName(errno) ?? `errno ${errno}`
    super(`${code}: ${why}. ${cure}`)
    this.errno = errno
    this.code = code
    this.line = line
    this.why = why
    this.cure = cure
  }
}

/** What was asked when it failed. */
export interface Asked {
  /** `PTRACE_SYSCALL`, `waitpid`, `spawn`, … */
  readonly what: string
  readonly pid?: number
  readonly whyNot?: string | undefined
  readonly addr?: number
  readonly length?: number
  readonly name?: string | undefined
}

const STEPS: ReadonlySet<string> = new Set(['PTRACE_SINGLESTEP', 'PTRACE_SINGLEBLOCK', 'PTRACE_SYSEMU_SINGLESTEP'])

export const nameOfRequest = (request: number): string => requestName.get(request) ?? `ptrace request ${request}`

/** The why and the cure of an errno, from ERRORS of ptrace(2), wait(2), process_vm_readv(2). */
export const explain = (errno: number, asked: Asked): { readonly why: string; readonly cure: string } => {
  const { what, pid, addr, length } = asked
  const code = errnoName(errno) ?? ''
  const task = `task ${pid}`
  const range = addr === undefined ? '' : `${length ?? 0} bytes at 0x${addr.toString(16)}`
  switch (code) {
    case 'ESRCH':
      return asked.whyNot === undefined
        ? { why: `${task} is not a tracee of this script, or has ended`, cure: 'Trace it before asking, and ask nothing after its end.' }
        : { why: `${task} is not stopped — ${asked.whyNot}`, cure: 'Await its next stop first.' }
    case 'ECHILD':
      return { why: `${what} has nobody to wait for`, cure: 'Wait only while a child or a tracee is alive.' }
    case 'EPERM':
      return { why: `${task} may not be traced: it is this script itself, or somebody traces it already`, cure: 'Trace each task once.' }
    case 'EFAULT':
      return { why: `${range} are not wholly inside the memory of ${task}`, cure: 'Take addresses from the call’s arguments or from `scratch`.' }
    case 'EIO':
      if (STEPS.has(what)) {
        return { why: `${task} cannot step: it has had threads, or has done too much to be made again`, cure: 'Step from its beginning on, or trace its calls.' }
      }
      return addr === undefined
        ? { why: `${what} was given something that it does not take (a signal number, an option)`, cure: 'Look at its arguments.' }
        : { why: `${range} are not wholly inside the memory of ${task}`, cure: 'Take addresses from the call’s arguments or from `scratch`.' }
    case 'ENOENT':
      return { why: `this run has no program ${asked.name === undefined ? 'at all' : `"${asked.name}"`}`, cure: 'Add it to the run, or spawn one that is there.' }
    case 'EAGAIN':
      return { why: 'there are 64 processes already', cure: 'Wait for some of them to end.' }
    default:
      return { why: `${what}: ${errnoMessage(errno)}`, cure: 'Look at its arguments.' }
  }
}
