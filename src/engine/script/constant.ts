import { ERRNO } from '../abi/errno.ts'
import {
  ARCH_LINUX, ARCH_PREVIEW1, NT_PRSTATUS, NT_WASM_LOCALS, PTRACE, PTRACE_EVENT, PTRACE_EVENTMSG_SYSCALL_ENTRY,
  PTRACE_EVENTMSG_SYSCALL_EXIT, PTRACE_OPTION, PTRACE_SYSCALL_INFO, PTRACE_SYSVM_SKIPCALL, PTRACE_SYSVM_SKIPEXIT,
  PTRACE_VM_MASK, PTRACE_VM_SKIPCALL, PTRACE_VM_SKIPEXIT,
} from '../abi/ptrace.ts'
import { SECCOMP_FILTER_FLAG, SECCOMP_RET, SECCOMP_RET_ACTION_FULL, SECCOMP_RET_DATA } from '../abi/seccomp.ts'
import { CLD, SI, SIGNAL, SYS_SECCOMP, TRAP_BRKPT, TRAP_TRACE } from '../abi/signal.ts'
import {
  WCONTINUED, WEXITED, WNOHANG, WNOWAIT, WSTOPPED, WUNTRACED, __WALL, __WCLONE, __WNOTHREAD,
} from '../abi/wait.ts'
import { linuxByName } from '../syscall/linux.ts'
import { preview1ByNumber } from '../syscall/preview1.ts'

/** Of the one name that both tables have, sched_yield, the number is preview1's: the linux table has it for C alone. */
const syscalls: Readonly<Record<string, number>> = Object.fromEntries(
  [...linuxByName.values(), ...preview1ByNumber].map((row) => [`SYS_${row.name}`, row.nr]),
)

/** Of ptrace_peeksiginfo_args.flags: include/uapi/linux/ptrace.h */
const PTRACE_PEEKSIGINFO_SHARED = 1
const { SECCOMP_FILTER_FLAG_LOG } = SECCOMP_FILTER_FLAG

/** Every number that a script imports by name, spelt as in C. */
export const CONSTANTS: Readonly<Record<string, number>> = Object.freeze({
  ...PTRACE,
  ...PTRACE_OPTION,
  ...PTRACE_EVENT,
  ...PTRACE_SYSCALL_INFO,
  PTRACE_EVENTMSG_SYSCALL_ENTRY,
  PTRACE_EVENTMSG_SYSCALL_EXIT,
  PTRACE_VM_SKIPEXIT,
  PTRACE_VM_SKIPCALL,
  PTRACE_VM_MASK,
  PTRACE_SYSVM_SKIPCALL,
  PTRACE_SYSVM_SKIPEXIT,
  ARCH_PREVIEW1,
  ARCH_LINUX,
  NT_PRSTATUS,
  NT_WASM_LOCALS,
  PTRACE_PEEKSIGINFO_SHARED,
  ...SIGNAL,
  ...SI,
  ...CLD,
  TRAP_BRKPT,
  TRAP_TRACE,
  SYS_SECCOMP,
  SECCOMP_FILTER_FLAG_LOG,
  ...SECCOMP_RET,
  SECCOMP_RET_ACTION_FULL,
  SECCOMP_RET_DATA,
  ...ERRNO,
  WNOHANG,
  WUNTRACED,
  WSTOPPED,
  WEXITED,
  WCONTINUED,
  WNOWAIT,
  __WALL,
  __WCLONE,
  __WNOTHREAD,
  ...syscalls,
})
