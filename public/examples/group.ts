// Stopped as by Ctrl-Z: group-stop, and the request that keeps it, PTRACE_LISTEN.
//
// SIGSTOP stops a tracee twice: before the signal is delivered, and, once it is, in the group-stop that the
// signal asks for. PTRACE_CONT ends that stop as it ends every other: the task runs on although it was stopped.
// PTRACE_LISTEN leaves it there, as the sender wanted it, and reports what happens to it next.

import {
  Int, PTRACE_CONT, PTRACE_EVENT_STOP, PTRACE_LISTEN, PTRACE_SEIZE, SIGCONT, SIGSTOP, WEXITSTATUS, WIFEXITED, WNOHANG, WSTOPSIG,
  kill, ptrace, spawn, strsignal, usleep, waitpid,
} from "ptrace"

const status = new Int()

/** Says which of its stops a seized task is in: "status >> 16 == PTRACE_EVENT_STOP" tells group-stops from signals. */
function name(): string {
  if (WIFEXITED(status)) return `the end: it has exited with ${WEXITSTATUS(status)}`
  const signal = strsignal(WSTOPSIG(status))
  if (status.value >> 16 !== PTRACE_EVENT_STOP) return `signal-delivery-stop of ${signal}`
  return WSTOPSIG(status) === SIGSTOP ? `group-stop by ${signal}` : "PTRACE_EVENT_STOP: the group-stop is over"
}
async function next(pid: number) {
  await waitpid(pid, status, 0)
  console.log("   %s", name())
}

for (const request of [PTRACE_CONT, PTRACE_LISTEN]) {
  console.log(request === PTRACE_LISTEN ? "With PTRACE_LISTEN" : "With PTRACE_CONT")
  const pid = spawn("clock", { trace: "none" })
  // Group-stops are told apart, and can be left alone, only of a task that was seized.
  ptrace(PTRACE_SEIZE, pid, 0, 0)
  await usleep(100_000)
  kill(pid, SIGSTOP)
  await next(pid)
  ptrace(PTRACE_CONT, pid, 0, SIGSTOP) // delivers it
  await next(pid)
  ptrace(request, pid, 0, 0)
  // Two seconds: clock needs half a one for the rest of its lines.
  await usleep(2_000_000)
  if ((await waitpid(pid, status, WNOHANG)) === pid) {
    console.log("   it ran on: two seconds later %s\n", name())
    continue
  }
  console.log("   two seconds later it is where it was, and there is nothing to report")
  kill(pid, SIGCONT)
  await next(pid)
  ptrace(PTRACE_CONT, pid, 0, 0)
  await next(pid)
  ptrace(PTRACE_CONT, pid, 0, SIGCONT)
  await next(pid)
}
