// A full disk, for one write: the third line of the log fails with ENOSPC.
//
// PTRACE_VM_SKIPCALL, the tag behind `fail`, is given in the entry stop: the call is not run, and
// returns what the tracer left in the result register. Nothing is written, and logd has to cope:
// does it say so? Does it go on? Look at its last lines and at its exit status.

import { ENOSPC, spawn, trace } from "ptrace"

let writes = 0
for await (const stop of trace(spawn("logd"))) {
  if (stop.kind === "exited") console.log("logd exited with", stop.code)
  if (stop.kind !== "syscall-entry" || stop.call.name !== "fd_write") continue

  // Descriptors 1 and 2 are the terminal: the disk is what comes after.
  const { fd, iovs } = stop.call.args
  if (fd <= 2) continue

  writes++
  console.log("write %d: %j", writes, iovs[0]?.text)
  if (writes === 3) {
    console.log("  … the disk is full")
    stop.fail(ENOSPC)
  }
}
