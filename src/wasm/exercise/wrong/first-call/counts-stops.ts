// fails: calls: counts the stops, which come in pairs
// Starts hello and watches it: every stop is one line.
// Run it as it is, then read the trace.

import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  console.log(stop.kind, stop.line)
}

// reply calls: 9
// reply greeting: fd_write
// reply length: 13
// reply no-return: proc_exit
