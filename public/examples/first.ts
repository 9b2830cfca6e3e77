// A first look. hello makes five calls; this script is its tracer.
//
// Before each call hello stops and the loop body runs: the tracer may look, change things, and
// decide. Then the loop goes on, and so does hello. Press s to step from stop to stop.

import { spawn, trace } from "ptrace"

for await (const stop of trace(spawn("hello"))) {
  if (stop.kind !== "syscall-entry") continue

  switch (stop.call.name) {
    case "clock_time_get":
      // Not run at all (PTRACE_VM_SKIPCALL): it is always one second to the end of 32-bit time.
      stop.memory.setU64(stop.call.args.time, 2_147_483_646_000_000_000n)
      stop.skip()
      break
    case "fd_close":
      // Run, but its end is not reported (PTRACE_VM_SKIPEXIT): the right half is missing.
      stop.skipExit()
      break
    // Everything else runs, and stops once more when it is done.
  }
}
