// Starts desk and watches it: every call is one line.
// Run it as it is, then go to the end, and ask the memory.

import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry') console.log(stop.line)
}
