import { ERRNO } from '../abi/errno.ts'
import {
  ARCH_LINUX, ARCH_PREVIEW1, NT_PRSTATUS, PTRACE, PTRACE_EVENT, PTRACE_EVENTMSG_SYSCALL_ENTRY,
  PTRACE_EVENTMSG_SYSCALL_EXIT, PTRACE_OPTION, PTRACE_SYSCALL_INFO, PTRACE_SYSVM_SKIPCALL, PTRACE_SYSVM_SKIPEXIT,
  PTRACE_VM_MASK, PTRACE_VM_SKIPCALL, PTRACE_VM_SKIPEXIT,
} from '../abi/ptrace.ts'
import { SIGNAL } from '../abi/signal.ts'
import {
  WCONTINUED, WEXITED, WNOHANG, WNOWAIT, WSTOPPED, WUNTRACED, __WALL, __WCLONE, __WNOTHREAD,
} from '../abi/wait.ts'
import { preview1ByNumber } from '../syscall/preview1.ts'

const syscalls: Readonly<Record<string, number>> = Object.fromEntries(
  preview1ByNumber.map((row) => [`SYS_${row.name}`, row.nr]),
)

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
  ...SIGNAL,
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
