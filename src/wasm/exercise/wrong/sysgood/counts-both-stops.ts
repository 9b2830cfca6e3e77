// fails: calls: counts the exits as well
import {
  Int, PTRACE_O_TRACESYSGOOD, PTRACE_SETOPTIONS, PTRACE_SYSCALL, SIGTRAP, WIFSTOPPED, WSTOPSIG, ptrace, spawn, waitpid,
} from 'ptrace'

const CALL = SIGTRAP | 0x80

const pid = spawn()
const status = new Int()
await waitpid(pid, status, 0) // the SIGTRAP of its exec: it is not the program's own
ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD)

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
    calls++
    continue
  }
  signal = WSTOPSIG(status) // on it goes to the handler that waits for it
  if (signal === SIGTRAP) traps++
}

console.log('calls', calls)
console.log('traps', traps)
