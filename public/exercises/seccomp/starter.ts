// Sees all that fenced does, at two stops a call. Yet it could be told of the opens alone.

import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-exit' && stop.call.name === 'path_open') {
    console.log(`${stop.call.args.path}: ${stop.call.error ?? 'open'}`)
  }
}
