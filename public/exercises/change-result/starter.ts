// Prints the size that ls is told for each name. Let it hear another one.

import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-exit' || stop.call.name !== 'path_filestat_get') continue
  console.log(stop.call.args.path, stop.memory.u64(stop.call.raw.buf + 32))
}
