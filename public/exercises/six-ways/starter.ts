// Two couriers, and both deliver what they should. The first one is watched as it reads.

import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-exit' && stop.call.name === 'fd_read') console.log('%j', stop.call.out)
}

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry' && stop.call.name === 'path_open') console.log('opens', stop.call.args.path)
}
