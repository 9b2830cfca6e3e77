// All goes well here: says what notes writes, and how it ends.

import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-exit' && stop.call.name === 'fd_write') console.log(stop.line)
  if (stop.kind === 'exited') console.log('exit', stop.code)
}
