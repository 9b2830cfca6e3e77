// Starts hello and watches it: every stop is one line.
// Run it as it is, then read the trace.

import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  console.log(stop.kind, stop.line)
}
