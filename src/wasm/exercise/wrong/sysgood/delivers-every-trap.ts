// fails: exit: passes the SIGTRAPs of calls on without the option
import {
  Int, PTRACE_SYSCALL, SIGTRAP, WIFSTOPPED, WSTOPSIG, ptrace, spawn, waitpid,
} from 'ptrace'

const CALL = -1

const pid = spawn()
const status = new Int()
await waitpid(pid, status, 0) // the SIGTRAP of its exec: it is not the program's own

let calls = 0
let traps = 0
let inside = false
let signal = 0
for (;;) {
  ptrace(PTRACE_SYSCALL, pid, 0, signal)
  await waitpid(pid, status, 0)
  if (!WIFSTOPPED(status)) break

  signal = 0
  if (WSTOPSIG(status) === CALL) {
    inside = !inside
    if (inside) calls++
    continue
  }
  signal = WSTOPSIG(status) // on it goes to the handler that waits for it
  if (signal === SIGTRAP) traps++
}

console.log('calls', calls)
console.log('traps', traps)
