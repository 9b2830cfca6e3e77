// The same tracer at the level of C: ptrace(2) and waitpid(2), line for line as in a manual page.
//
// What the loop of the first example did is all here: who stops, why, and how it goes on.

import * as api from "ptrace"
import {
  Int, PTRACE_GET_SYSCALL_INFO, PTRACE_O_TRACESYSGOOD, PTRACE_PEEKDATA, PTRACE_SETOPTIONS, PTRACE_SYSCALL,
  PTRACE_SYSCALL_INFO_ENTRY, SIGTRAP, SYS_fd_write, WEXITSTATUS, WIFSTOPPED, WSTOPSIG, ptrace, ptrace_syscall_info,
  spawn, waitpid,
} from "ptrace"

const names = new Map<number, string>()
for (const [name, nr] of Object.entries(api)) {
  if (name.startsWith("SYS_")) names.set(nr as number, name.slice(4))
}

// The child calls PTRACE_TRACEME and execs; the exec stops it with a SIGTRAP.
const pid = spawn("cat")
const status = new Int()
await waitpid(pid, status, 0)
// From now on stops at calls are SIGTRAP | 0x80, and nobody takes them for a signal.
ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD)

const info = new ptrace_syscall_info()
let signal = 0
for (;;) {
  ptrace(PTRACE_SYSCALL, pid, 0, signal)
  await waitpid(pid, status, 0)
  if (!WIFSTOPPED(status)) break
  signal = WSTOPSIG(status)
  if (signal !== (SIGTRAP | 0x80)) continue // a signal: delivered by the next PTRACE_SYSCALL
  signal = 0
  ptrace(PTRACE_GET_SYSCALL_INFO, pid, ptrace_syscall_info.size, info)
  if (info.op === PTRACE_SYSCALL_INFO_ENTRY) {
    const { nr, args } = info.entry
    console.log("%s(%d, 0x%x, %d, …)", names.get(nr), args[0], args[1], args[2])
    if (nr === SYS_fd_write) console.log("  writes %j", firstBuffer(args[1]))
  } else {
    console.log("  = %d", info.exit.rval)
  }
}
console.log("exited with", WEXITSTATUS(status))

/** The text of the first buffer of a vector, four bytes at a time: a word is all that PEEKDATA reads. */
function firstBuffer(iovs: number): string {
  const buf = ptrace(PTRACE_PEEKDATA, pid, iovs, 0)
  const length = ptrace(PTRACE_PEEKDATA, pid, iovs + 4, 0)
  let text = ""
  for (let at = 0; at < length; at += 4) {
    const word = ptrace(PTRACE_PEEKDATA, pid, buf + at, 0)
    for (let k = 0; k < 4 && at + k < length; k++) text += String.fromCharCode((word >> (8 * k)) & 0xff)
  }
  return text
}
