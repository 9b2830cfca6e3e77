// The skeleton of a strace in C: it sees the first task's calls, and nobody else. Their names are there already.

import * as api from 'ptrace'
import {
  ARCH_LINUX, Int, PTRACE_PEEKUSER, PTRACE_SYSCALL, SIGTRAP, WIFSTOPPED, WSTOPSIG, ptrace, spawn, waitpid,
} from 'ptrace'

/** Offsets in struct user_regs_struct. */
const [ARCH, NR, ARG, RET] = [0, 4, 8, 80]

/** Both tables number their calls from 0: the names of one would be wrong for the other. */
const preview1 = /^SYS_((args|environ|fd|path|proc|sock)_|clock_(res|time)_get|poll_oneoff|random_get|sched_yield)/
const names = [new Map<number, string>(), new Map<number, string>()]
for (const [name, nr] of Object.entries(api)) {
  if (name.startsWith('SYS_')) names[preview1.test(name) ? 0 : 1].set(nr as number, name.slice(4))
}

const status = new Int()
const pid = spawn()
await waitpid(pid, status, 0)

for (;;) {
  ptrace(PTRACE_SYSCALL, pid, 0, 0)
  await waitpid(pid, status, 0)
  if (!WIFSTOPPED(status)) break
  if (WSTOPSIG(status) !== SIGTRAP) continue
  const table = names[ptrace(PTRACE_PEEKUSER, pid, ARCH, 0) === ARCH_LINUX ? 1 : 0]
  const nr = ptrace(PTRACE_PEEKUSER, pid, NR, 0)
  console.log(`[${pid}] ${table.get(nr)}(${ptrace(PTRACE_PEEKUSER, pid, ARG, 0) | 0}, ...) = ${ptrace(PTRACE_PEEKUSER, pid, RET, 0) | 0}`)
}
