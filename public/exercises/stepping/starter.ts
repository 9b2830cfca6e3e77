// Steps ten instructions after the first call of vault, and says where each of them stands.

import { spawn, trace } from 'ptrace'

let steps = 0

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-exit' && steps === 0) stop.step()
  if (stop.kind === 'step') {
    console.log(`0x${stop.pc.toString(16)} in ${stop.function}`)
    if (++steps < 10) stop.step()
  }
}
