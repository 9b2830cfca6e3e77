// fails: greeting: takes the first call for the one that prints
// Starts hello and watches it: every stop is one line.
// Run it as it is, then read the trace.

import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  console.log(stop.kind, stop.line)
}

// reply calls: 5
// reply greeting: clock_time_get
// reply length: 13
// reply no-return: proc_exit
