// Prints what goes in. What comes back, and whether anything does, is still missing.

import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry') console.log('%s = %s', stop.call.name, 'so far unknown')
}
