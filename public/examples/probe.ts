// What can this ptrace do? User-Mode Linux and umview find out by trying, and so must everybody: the
// tags of PTRACE_VM travel in `addr`, which a kernel without them ignores without a word.
//
// The guest makes three calls. sched_yield is resumed with SKIPEXIT: is the next stop the entry of
// the next call? Then there was no exit stop, and the level is 2. random_get is resumed with 6: was
// it run? The guest looks whether its bytes have changed and says so in its third call. If they have
// not, the level is 6. (After Renzo Davoli's mail to LKML, 16 June 2008.)

import {
  Int, PTRACE_GETREGS, PTRACE_MULTI, PTRACE_O_TRACESYSGOOD, PTRACE_PEEKCHARDATA, PTRACE_PEEKDATA, PTRACE_SETOPTIONS,
  PTRACE_SYSCALL, PTRACE_VM_SKIPCALL, PTRACE_VM_SKIPEXIT, SYS_fd_write, SYS_random_get, SYS_sched_yield, WEXITSTATUS,
  WIFSTOPPED, ptrace, ptrace_multi, spawn, user_regs_struct, waitpid,
} from "ptrace"

const status = new Int()
const regs = new user_regs_struct()

/** Resumes to the next stop, and answers which call it is about; undefined when there is none. */
async function next(tags: number) {
  ptrace(PTRACE_SYSCALL, pid, tags, 0)
  await waitpid(pid, status, 0)
  if (!WIFSTOPPED(status)) return undefined
  ptrace(PTRACE_GETREGS, pid, 0, regs)
  return regs.nr
}

const pid = spawn("probe")
await waitpid(pid, status, 0)
ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD)
while ((await next(0)) !== SYS_sched_yield);

let level = 0
if ((await next(PTRACE_VM_SKIPEXIT)) === SYS_random_get) {
  level = 2
  console.log("SKIPEXIT works: after the entry of sched_yield comes that of random_get")
  let call = await next(PTRACE_VM_SKIPEXIT | PTRACE_VM_SKIPCALL)
  while (call !== SYS_fd_write) call = await next(0)

  // What it is about to write: the flag in decimal. Address and length are two words of a ciovec, and
  // PTRACE_MULTI with PEEKCHARDATA, from the same workshop, fetches any number of bytes at once.
  const text = new Uint8Array(1)
  const localaddr = text
  const addr = ptrace(PTRACE_PEEKDATA, pid, regs.args[1], 0)
  ptrace(PTRACE_MULTI, pid, [new ptrace_multi({ request: PTRACE_PEEKCHARDATA, addr, localaddr, length: 1 })], 1)
  level = text[0] - 48
  console.log(level === 6 ? "SKIPCALL works: random_get was not run" : "SKIPCALL does not: random_get was run")
}
while ((await next(0)) !== undefined);
console.log("The feature level is %d, and the guest, which exits with %d, %s.", level, WEXITSTATUS(status),
  level === WEXITSTATUS(status) ? "agrees" : "does not agree")
