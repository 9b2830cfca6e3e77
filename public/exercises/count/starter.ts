// Prints a line for every stop of ls.
// Let it print a table instead: each call with how often it was made, and the total.

import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry') console.log('goes in:   ', stop.call.name)
  if (stop.kind === 'syscall-exit') console.log('comes back:', stop.call.name)
}
