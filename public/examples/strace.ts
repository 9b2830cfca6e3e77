// strace in a few lines: prints every call when it returns.
//
// A traced task stops twice at each call: at the entry, before the kernel does anything, and at
// the exit, when the result is there. strace prints what it knows at the exit: only then are the
// bytes that fd_read fetched in the task's memory.
//
// The loop hands you one stop after another; the task goes on when the loop comes back for the next.

import { spawn, trace } from "ptrace"

for await (const stop of trace(spawn())) {
  // proc_exit does not come back, so it has no exit stop: its line is printed at the entry.
  const last = stop.kind === "syscall-entry" && stop.call.name === "proc_exit"
  if (last || stop.kind !== "syscall-entry") console.log(stop.line)
}
