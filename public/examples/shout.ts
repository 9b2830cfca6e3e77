// Between the program and the screen: everything that cat writes comes out in capitals.
//
// At the entry of fd_write its bytes are in the task's memory, and the task stands still. New ones
// go below its stack, where nobody looks, and the arguments point there: cat's own buffer stays as
// it is. The new text has to be as long as the old one: the result says how many bytes were
// written, and a program that reads "more than I asked for" would be lost.

import { spawn, trace } from "ptrace"

for await (const stop of trace(spawn("cat"))) {
  if (stop.kind !== "syscall-entry" || stop.call.name !== "fd_write") continue

  const text = stop.call.args.iovs.map((vector) => vector.text).join("")
  stop.rewrite({ iovs: text.toUpperCase() })
  // What the result is, is clear: no need to stop once more for it.
  stop.skipExit()
}
