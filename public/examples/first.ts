// A first look: hello makes five calls,
// and this script is its tracer.
//
// Before each call hello stops, and the loop
// body runs: it may look, change, decide.
// Then both go on. Press s to step.

import { spawn, trace } from "ptrace"

const nearTheEnd = 2_147_483_646_000_000_000n

for await (const stop of trace(spawn("hello"))) {
  if (stop.kind !== "syscall-entry") continue

  const { name, args } = stop.call
  if (name === "clock_time_get") {
    // Not run: PTRACE_VM_SKIPCALL. The time
    // is what we say it is.
    stop.memory.setU64(args.time, nearTheEnd)
    stop.skip()
  }
  if (name === "fd_close") {
    // Run, but not reported when it is done:
    // PTRACE_VM_SKIPEXIT.
    stop.skipExit()
  }
  // All else runs, and stops once more.
}
