// Only the calls that matter: seccomp picks them in the kernel, and ptrace decides about those alone.
//
// jail gives itself a filter. For getpgid it says SECCOMP_RET_TRACE: ask the tracer, if it has set
// PTRACE_O_TRACESECCOMP. A tracer of all calls sees the order that Linux has had since 4.8: entry stop, filter,
// event stop, exit stop. A tracer that resumes with PTRACE_CONT is not stopped by any other call at all.

import { PTRACE_O_TRACESECCOMP, SIGSYS, spawn, trace } from "ptrace"

const options = PTRACE_O_TRACESECCOMP

console.log("PTRACE_SYSCALL: every call stops, this one three times")
let all = 0
for await (const stop of trace(spawn("jail"), { options })) {
  all++
  // A number belongs to its table: getpgid is one of linux.
  const about = stop.kind === "syscall-entry" || stop.kind === "syscall-exit" || stop.kind === "seccomp" ? stop.call.name : ""
  if (about === "getpgid") console.log("  %s of %s", stop.kind, about)
}

console.log("PTRACE_CONT: only what the filter picks")
let few = 0
for await (const stop of trace(spawn("jail"), { options, mode: "signals" })) {
  few++
  if (stop.kind === "seccomp") {
    console.log("  seccomp: %s, and the filter's data are %d", stop.call.name, stop.message)
    stop.skip(4711) // the call becomes −1: it is not run, and its result is ours
  }
  // The last rule: fork is SECCOMP_RET_KILL_PROCESS, and nobody is asked.
  if (stop.kind === "killed") console.log("  killed by signal %d%s", stop.signal, stop.signal === SIGSYS ? ", SIGSYS" : "")
}
console.log("%d stops became %d", all, few)
