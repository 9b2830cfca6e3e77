// Nothing is run here, not even the calls by which lotto learns its own arguments.
// Let those two run; from then on answer each call, and print what lotto writes.

import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn(), { mode: 'sysemu' })) {
  console.log(stop.kind, stop.line)
}
