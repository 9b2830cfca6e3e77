import * as wait from '../abi/wait.ts'
import { errnoMessage, errnoName } from '../abi/errno.ts'
import { signalName } from '../abi/signal.ts'
import { Call } from './call.ts'
import { CONSTANTS } from './constant.ts'
import type { ApiHooks } from './conversation.ts'
import type { ScriptProcess } from './port.ts'
import { format, inspect } from './print.ts'
import { PtraceError } from './problem.ts'
import { RawCalls, statusOf } from './raw.ts'
import type { SpawnOptions, Status } from './raw.ts'
import { Stop } from './stop.ts'
import { StoppedMemory } from './stopped-memory.ts'
import {
  Int, Struct, Ulong, iovec, ptrace_multi, ptrace_peeksiginfo_args, ptrace_syscall_info, seccomp_metadata, siginfo_t, sigset_t,
  sock_filter, user_regs_struct, user_wasm_local,
} from './struct.ts'
import type { Pointed } from './struct.ts'
import { Stops } from './trace.ts'
import type { TraceOptions } from './trace.ts'
import { CallOutcome, VirtualCall } from './virtual-call.ts'
import { virtualize } from './virtualize.ts'
import type { Guest, Rules } from './virtualize.ts'

/** The functions and classes of "ptrace"; its constants are in constant.ts. */
const FUNCTIONS = [
  'ptrace', 'waitpid', 'wait', 'kill', 'getpid', 'spawn', 'sleep', 'usleep', 'trace', 'virtualize', 'inspect', 'strerror', 'strsignal',
  'errnoName', 'WIFEXITED', 'WEXITSTATUS', 'WIFSIGNALED', 'WTERMSIG', 'WCOREDUMP', 'WIFSTOPPED', 'WSTOPSIG',
  'WIFCONTINUED', 'PtraceError', 'Int', 'Ulong', 'user_regs_struct', 'user_wasm_local', 'ptrace_syscall_info', 'siginfo_t', 'iovec',
  'ptrace_multi', 'ptrace_peeksiginfo_args', 'seccomp_metadata', 'sock_filter', 'sigset_t',
] as const

/** Every name that the module "ptrace" exports. */
export const API_NAMES: ReadonlySet<string> = new Set([...FUNCTIONS, ...Object.keys(CONSTANTS), 'errno'])

/** The console of a script: all of its methods print lines to the same place. */
export interface ScriptConsole {
  readonly log: (...values: unknown[]) => void
  readonly info: (...values: unknown[]) => void
  readonly debug: (...values: unknown[]) => void
  readonly warn: (...values: unknown[]) => void
  readonly error: (...values: unknown[]) => void
  readonly assert: (condition?: unknown, ...values: unknown[]) => void
}

export interface ScriptApi {
  /** What the module exports, but for `errno`. */
  readonly exports: Readonly<Record<string, unknown>>
  /** Tells of each change of errno: the module's binding is live. */
  readonly bindErrno: (listener: (value: number) => void) => void
  /** The global `console` of the script. */
  readonly console: ScriptConsole
}

const makeConsole = (process: ScriptProcess): ScriptConsole => {
  const log = (...values: unknown[]): void => process.print(format(values))
  const assert = (condition?: unknown, ...values: unknown[]): void => {
    if (!condition) log(...(values.length === 0 ? ['Assertion failed'] : ['Assertion failed:', ...values]))
  }
  return Object.freeze({ log: Object.freeze(log), info: log, debug: log, warn: log, error: log, assert: Object.freeze(assert) })
}

/** Scripts get no hold of what they share with the runtime: neither by its functions nor by their instances. */
const freeze = (functions: Readonly<Record<string, unknown>>): void => {
  for (const shared of [...Object.values(functions), Stop, Stops, StoppedMemory, Struct, Call, VirtualCall, CallOutcome]) {
    Object.freeze(shared)
    const { prototype } = shared as { readonly prototype?: unknown }
    if (prototype !== undefined) Object.freeze(prototype)
  }
}

/**
 * The module "ptrace" for one script: ptrace(2), wait(2) and their kin as C has them, and `trace` above them.
 * @param process the script as a process: who its system calls are made by
 */
export const makeApi = (process: ScriptProcess, hooks: ApiHooks): ScriptApi => {
  const calls = new RawCalls(process, hooks)
  const functions: Record<(typeof FUNCTIONS)[number], unknown> = {
    ptrace: (request: number, pid?: number, addr?: Pointed, data?: Pointed) => calls.ptrace(request, pid, addr, data),
    waitpid: (pid: number, status?: Struct | null, options?: number) => calls.waitpid(pid, status, options),
    wait: (status?: Struct | null) => calls.waitpid(-1, status, 0),
    kill: (pid: number, signo: number) => calls.kill(pid, signo),
    getpid: () => calls.getpid(),
    spawn: (name?: string | null, options?: SpawnOptions) => calls.spawn(name, options),
    sleep: (seconds: number) => calls.sleep(seconds),
    usleep: (microseconds: number) => calls.usleep(microseconds),
    trace: (pids: number | readonly number[], options: TraceOptions = {}) => new Stops(calls, pids, options),
    virtualize: (guests: Guest | readonly Guest[], rules: Rules) => virtualize(calls, guests, rules),
    inspect: (value: unknown) => inspect(value),
    strerror: (errno: number) => errnoMessage(errno),
    strsignal: (signo: number) => signalName(signo),
    errnoName: (errno: number) => errnoName(errno),
    WIFEXITED: (status: Status) => wait.WIFEXITED(statusOf(status)),
    WEXITSTATUS: (status: Status) => wait.WEXITSTATUS(statusOf(status)),
    WIFSIGNALED: (status: Status) => wait.WIFSIGNALED(statusOf(status)),
    WTERMSIG: (status: Status) => wait.WTERMSIG(statusOf(status)),
    WCOREDUMP: (status: Status) => wait.WCOREDUMP(statusOf(status)),
    WIFSTOPPED: (status: Status) => wait.WIFSTOPPED(statusOf(status)),
    WSTOPSIG: (status: Status) => wait.WSTOPSIG(statusOf(status)),
    WIFCONTINUED: (status: Status) => wait.WIFCONTINUED(statusOf(status)),
    PtraceError,
    Int,
    Ulong,
    user_regs_struct,
    user_wasm_local,
    ptrace_syscall_info,
    siginfo_t,
    iovec,
    ptrace_multi,
    ptrace_peeksiginfo_args,
    seccomp_metadata,
    sock_filter,
    sigset_t,
  }
  freeze(functions)
  return {
    exports: Object.freeze({ ...functions, ...CONSTANTS }),
    bindErrno: (listener) => calls.bindErrno(listener),
    console: makeConsole(process),
  }
}

/**
 * Text of the module "ptrace". It takes a `ScriptApi` from a global and removes that, so it must be imported once
 * before the script is.
 * @param global the name of the global
 */
export const apiModuleSource = (global: string): string => {
  const name = JSON.stringify(global)
  const names = [...API_NAMES].filter((one) => one !== 'errno')
  return [
    `const a=globalThis[${name}];delete globalThis[${name}];const e=a.exports`,
    'export let errno=0;a.bindErrno((v)=>{errno=v})',
    ...names.map((one) => `export const ${one}=e.${one}`),
    '',
  ].join('\n')
}
