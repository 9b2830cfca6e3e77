// Counts calls as people did it before Linux 2.4.6: a stop is a SIGTRAP, and they come in pairs.
// tripwire sends itself SIGTRAPs of its own. What becomes of them?

import { Int, PTRACE_SYSCALL, WIFSTOPPED, ptrace, spawn, waitpid } from 'ptrace'

const pid = spawn()
const status = new Int()
await waitpid(pid, status, 0) // it has become a tracee, and stands before its first instruction

let calls = 0
let traps = 0
let inside = false
for (;;) {
  ptrace(PTRACE_SYSCALL, pid, 0, 0)
  await waitpid(pid, status, 0)
  if (!WIFSTOPPED(status)) break

  inside = !inside
  if (inside) calls++
}

console.log('calls', calls)
console.log('traps', traps)
