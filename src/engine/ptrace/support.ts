import type { PTRACE, PTRACE_EVENT, PTRACE_OPTION } from '../abi/ptrace.ts'

/** What works, and where it differs from Linux 6.18: the API page (cli/api-page.ts) and README.md say it. */
export interface Support {
  /** `own`: Linux has no such thing. */
  readonly works: 'yes' | 'no' | 'own'
  /** Where it differs, or why it is not there. */
  readonly unlike?: string
}

const yes: Support = { works: 'yes' }
const but = (unlike: string): Support => ({ works: 'yes', unlike })
const own = (unlike?: string): Support => (unlike === undefined ? { works: 'own' } : { works: 'own', unlike })
const no = (unlike: string): Support => ({ works: 'no', unlike })

const ONE_SPACE = 'A word has 4 bytes. Linear memory is all that can be addressed: code is not in it, so there are no breakpoints by patching.'
const USER_AREA = 'The user area is `user_regs_struct`, 104 bytes: EIO beyond it, and at what is no multiple of 4.'
const REGISTERS = 'The layout is this machine’s own (arch, nr, nine arguments, result, pc, sp, fp).'
const READ_ONLY = 'The number, the arguments and the result can be set; arch, pc, sp and fp stay.'
const SETS = 'NT_PRSTATUS, and at steps NT_WASM_LOCALS: the locals of the function, 24 bytes each, ENODEV elsewhere. All other sets are EINVAL.'
const STEP = 'A step is one instruction of WebAssembly. The first makes the task again on a build that steps, which takes its whole past once more; EIO where it cannot be made again.'

export const REQUEST_SUPPORT: Readonly<Record<keyof typeof PTRACE, Support>> = {
  PTRACE_TRACEME: yes,
  PTRACE_PEEKTEXT: but(ONE_SPACE),
  PTRACE_PEEKDATA: but(ONE_SPACE),
  PTRACE_PEEKUSER: but(USER_AREA),
  PTRACE_POKETEXT: but(ONE_SPACE),
  PTRACE_POKEDATA: but(ONE_SPACE),
  PTRACE_POKEUSER: but(`${USER_AREA} ${READ_ONLY}`),
  PTRACE_CONT: yes,
  PTRACE_KILL: yes,
  PTRACE_SINGLESTEP: but(STEP),
  PTRACE_GETREGS: but(REGISTERS),
  PTRACE_SETREGS: but(`${REGISTERS} ${READ_ONLY}`),
  PTRACE_ATTACH: yes,
  PTRACE_DETACH: yes,
  PTRACE_SYSCALL: yes,
  PTRACE_SYSEMU: yes,
  PTRACE_SYSEMU_SINGLESTEP: but(STEP),
  PTRACE_SINGLEBLOCK: but('A basic block ends at branches, calls and turns of loops. Asked at a step of a SINGLESTEP it goes on by instructions.'),
  PTRACE_SETOPTIONS: yes,
  PTRACE_GETEVENTMSG: but('An unsigned long has 4 bytes.'),
  PTRACE_GETSIGINFO: but('The 32-bit layout, 128 bytes.'),
  PTRACE_SETSIGINFO: but('The 32-bit layout, 128 bytes.'),
  PTRACE_GETREGSET: but(SETS),
  PTRACE_SETREGSET: but(`NT_PRSTATUS alone: locals are EOPNOTSUPP. ${READ_ONLY}`),
  PTRACE_SEIZE: yes,
  PTRACE_INTERRUPT: yes,
  PTRACE_LISTEN: yes,
  PTRACE_PEEKSIGINFO: yes,
  PTRACE_GETSIGMASK: yes,
  PTRACE_SETSIGMASK: yes,
  PTRACE_SECCOMP_GET_FILTER: yes,
  PTRACE_SECCOMP_GET_METADATA: yes,
  PTRACE_GET_SYSCALL_INFO: but('`arch` is ARCH_PREVIEW1 or ARCH_LINUX; instruction_pointer is 0. Of path_open, which has nine arguments, the last three are in the registers only.'),
  PTRACE_GET_RSEQ_CONFIGURATION: no('EIO: guests have no restartable sequences.'),
  PTRACE_SET_SYSCALL_USER_DISPATCH_CONFIG: no('EIO: calls are told apart there by the address of the code that makes them, and code has none here.'),
  PTRACE_GET_SYSCALL_USER_DISPATCH_CONFIG: no('EIO, as its opposite.'),
  PTRACE_SET_SYSCALL_INFO: yes,
  PTRACE_MULTI: own('Davoli 2006. It goes on after an element that answers a number of bytes, where his patch ended.'),
  PTRACE_PEEKCHARDATA: own('An element of PTRACE_MULTI. A range that is not wholly inside the memory is EIO.'),
  PTRACE_POKECHARDATA: own('An element of PTRACE_MULTI. A range that is not wholly inside the memory is EIO.'),
  PTRACE_PEEKSTRINGDATA: own('An element of PTRACE_MULTI.'),
  PTRACE_SYSVM: own('Its number was 33, which x86 gives to PTRACE_SINGLEBLOCK.'),
}

export const OPTION_SUPPORT: Readonly<Record<keyof typeof PTRACE_OPTION, Support>> = {
  PTRACE_O_TRACESYSGOOD: yes,
  PTRACE_O_TRACEFORK: yes,
  PTRACE_O_TRACEVFORK: yes,
  PTRACE_O_TRACECLONE: but('CLONE_PTRACE and CLONE_UNTRACED change nothing.'),
  PTRACE_O_TRACEEXEC: yes,
  PTRACE_O_TRACEVFORKDONE: yes,
  PTRACE_O_TRACEEXIT: yes,
  PTRACE_O_TRACESECCOMP: yes,
  PTRACE_O_EXITKILL: yes,
  PTRACE_O_SUSPEND_SECCOMP: but('Everybody has CAP_SYS_ADMIN: who is not under seccomp may set it.'),
}

export const EVENT_SUPPORT: Readonly<Record<keyof typeof PTRACE_EVENT, Support>> = {
  PTRACE_EVENT_FORK: yes,
  PTRACE_EVENT_VFORK: but('The parent waits, but memory is not shared.'),
  PTRACE_EVENT_CLONE: yes,
  PTRACE_EVENT_EXEC: yes,
  PTRACE_EVENT_VFORK_DONE: yes,
  PTRACE_EVENT_EXIT: yes,
  PTRACE_EVENT_SECCOMP: yes,
  PTRACE_EVENT_STOP: yes,
}

/** What is unlike Linux beyond a single request. README.md has the same list. */
export const DEVIATIONS: readonly string[] = [
  'Errnos have WASI’s numbers (EINTR is 27, on Linux 4), in both tables and everywhere; ERESTARTSYS and its kin keep 512 to 516. The oracle’s `syscall_mode_is_per_resume` prints EINTR as a number, and fails by it: the only one that does.',
  'A step is one instruction of WebAssembly. SINGLEBLOCK, asked at a step of a SINGLESTEP, goes on by instructions.',
  'Who forks, or begins to step, is made again from what crossed its border, which takes its whole past once more. Of a process that has had threads, or whose log is over 64 MiB, fork is ENOMEM and a step EIO.',
  'vfork is a fork and a parent that waits: memory is not shared.',
  'clone makes a thread (CLONE_VM, CLONE_THREAD and CLONE_SIGHAND) or a process; what lies between is EINVAL. CLONE_PTRACE and CLONE_UNTRACED change nothing.',
  'Threads take turns in one worker: nothing runs in parallel, and a run is a function of its recipe.',
  'Registers are this machine’s own. pc, sp and fp cannot be set; pc is told by steps, and 0 before the first.',
  'Code is not in memory: no breakpoints by patching, no /proc/PID/mem, no requests for the state of an x86 (GETFPREGS, GET_THREAD_AREA, ARCH_PRCTL, …), which are EIO.',
  'A result of preview1 is an errno, 0 for success: a skipped call returns 52, and is_error says that it is not 0. A sleep of preview1 that is restarted shows its own number, not restart_syscall.',
  'Everybody runs as uid 0: there are no Yama, capability or dumpable checks.',
  'A trap of WebAssembly is the signal that the same mistake makes on Linux, but has no handler: the instruction cannot be gone back to.',
  'seccomp has no user notification: SECCOMP_RET_USER_NOTIF is ENOSYS.',
  'There are 64 processes, and 64 threads in one: then EAGAIN.',
  'On the wasmer host fork and threads are ENOSYS.',
]
