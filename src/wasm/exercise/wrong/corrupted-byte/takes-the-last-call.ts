// fails: noticed: takes the end for the moment when the mistake is noticed
// Starts desk and watches it: every call is one line.
// Run it as it is, then go to the end, and ask the memory.

import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry') console.log(stop.line)
}

// reply noticed: 140
// reply was: S
// reply function: enter
// reply next-file: /desk/3
// reply room: 1
