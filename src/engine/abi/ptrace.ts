/** Numbers of ptrace(2): include/uapi/linux/ptrace.h of Linux 6.18, and Davoli's (ptrace-vm.md). */

export const PTRACE = {
  PTRACE_TRACEME: 0,
  PTRACE_PEEKTEXT: 1,
  PTRACE_PEEKDATA: 2,
  PTRACE_PEEKUSER: 3,
  PTRACE_POKETEXT: 4,
  PTRACE_POKEDATA: 5,
  PTRACE_POKEUSER: 6,
  PTRACE_CONT: 7,
  PTRACE_KILL: 8,
  PTRACE_SINGLESTEP: 9,
  PTRACE_GETREGS: 12,
  PTRACE_SETREGS: 13,
  PTRACE_ATTACH: 16,
  PTRACE_DETACH: 17,
  PTRACE_SYSCALL: 24,
  PTRACE_SYSEMU: 31,
  PTRACE_SYSEMU_SINGLESTEP: 32,
  PTRACE_SINGLEBLOCK: 33,
  PTRACE_SETOPTIONS: 0x4200,
  PTRACE_GETEVENTMSG: 0x4201,
  PTRACE_GETSIGINFO: 0x4202,
  PTRACE_SETSIGINFO: 0x4203,
  PTRACE_GETREGSET: 0x4204,
  PTRACE_SETREGSET: 0x4205,
  PTRACE_SEIZE: 0x4206,
  PTRACE_INTERRUPT: 0x4207,
  PTRACE_LISTEN: 0x4208,
  PTRACE_PEEKSIGINFO: 0x4209,
  PTRACE_GETSIGMASK: 0x420a,
  PTRACE_SETSIGMASK: 0x420b,
  PTRACE_SECCOMP_GET_FILTER: 0x420c,
  PTRACE_SECCOMP_GET_METADATA: 0x420d,
  PTRACE_GET_SYSCALL_INFO: 0x420e,
  PTRACE_GET_RSEQ_CONFIGURATION: 0x420f,
  PTRACE_SET_SYSCALL_USER_DISPATCH_CONFIG: 0x4210,
  PTRACE_GET_SYSCALL_USER_DISPATCH_CONFIG: 0x4211,
  PTRACE_SET_SYSCALL_INFO: 0x4212,
  PTRACE_MULTI: 0x4300,
  PTRACE_PEEKCHARDATA: 0x4301,
  PTRACE_POKECHARDATA: 0x4302,
  PTRACE_PEEKSTRINGDATA: 0x4303,
  PTRACE_SYSVM: 0x4310,
} as const
/**
 * process_vm_writev(2), which a tracer uses to move many bytes at once, stands in the trace among the requests: its
 * number in asm-generic, above all requests.
 */
export const PROCESS_VM_WRITEV = 0x1_0000 + 271
export type RequestName = keyof typeof PTRACE

export const PTRACE_VM_SKIPEXIT = 2
export const PTRACE_VM_SKIPCALL = 4
export const PTRACE_VM_MASK = 6

/** The older constants of PTRACE_SYSVM (Davoli 2006); SKIPCALL alone counts as both. */
export const PTRACE_SYSVM_SKIPCALL = 1
export const PTRACE_SYSVM_SKIPEXIT = 2

export const PTRACE_OPTION = {
  PTRACE_O_TRACESYSGOOD: 0x1,
  PTRACE_O_TRACEFORK: 0x2,
  PTRACE_O_TRACEVFORK: 0x4,
  PTRACE_O_TRACECLONE: 0x8,
  PTRACE_O_TRACEEXEC: 0x10,
  PTRACE_O_TRACEVFORKDONE: 0x20,
  PTRACE_O_TRACEEXIT: 0x40,
  PTRACE_O_TRACESECCOMP: 0x80,
  PTRACE_O_EXITKILL: 0x10_0000,
  PTRACE_O_SUSPEND_SECCOMP: 0x20_0000,
} as const

export const PTRACE_EVENT = {
  PTRACE_EVENT_FORK: 1,
  PTRACE_EVENT_VFORK: 2,
  PTRACE_EVENT_CLONE: 3,
  PTRACE_EVENT_EXEC: 4,
  PTRACE_EVENT_VFORK_DONE: 5,
  PTRACE_EVENT_EXIT: 6,
  PTRACE_EVENT_SECCOMP: 7,
  PTRACE_EVENT_STOP: 128,
} as const

/** What PTRACE_GETEVENTMSG says in syscall stops. */
export const PTRACE_EVENTMSG_SYSCALL_ENTRY = 1
export const PTRACE_EVENTMSG_SYSCALL_EXIT = 2

export const PTRACE_SYSCALL_INFO = {
  PTRACE_SYSCALL_INFO_NONE: 0,
  PTRACE_SYSCALL_INFO_ENTRY: 1,
  PTRACE_SYSCALL_INFO_EXIT: 2,
  PTRACE_SYSCALL_INFO_SECCOMP: 3,
} as const

/** include/uapi/linux/elf.h */
export const NT_PRSTATUS = 1
/** Ours, in the numbers that Linux leaves free: the locals of the function that a task steps through. */
export const NT_WASM_LOCALS = 0x5741
/** Of `struct user_wasm_local`: WebAssembly 3.0, "Binary Format", value types. */
export const WASM_TYPE = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
  funcref: 0x70,
  externref: 0x6f,
  exnref: 0x69,
} as const
export type WasmType = keyof typeof WASM_TYPE

/** Which table a call number belongs to: the field `arch` of the registers and of GET_SYSCALL_INFO (abi.md). */
export const ARCH_PREVIEW1 = 0x5741_0001
export const ARCH_LINUX = 0x5741_0002

const names = (table: Readonly<Record<string, number>>): ReadonlyMap<number, string> =>
  new Map(Object.entries(table).map(([name, value]) => [value, name]))

export const requestName: ReadonlyMap<number, string> = names({ ...PTRACE, process_vm_writev: PROCESS_VM_WRITEV })
export const eventName: ReadonlyMap<number, string> = names(PTRACE_EVENT)
export const optionNames: ReadonlyMap<number, string> = names(PTRACE_OPTION)
