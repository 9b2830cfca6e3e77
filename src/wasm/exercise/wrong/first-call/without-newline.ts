// fails: length: counts the letters of the greeting and forgets the end of the line
// Starts hello and watches it: every stop is one line.
// Run it as it is, then read the trace.

import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  console.log(stop.kind, stop.line)
}

// reply calls: 5
// reply greeting: fd_write
// reply length: 12
// reply no-return: proc_exit
