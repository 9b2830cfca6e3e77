// fails: capitals: prints the poem and lets sort be
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry') stop.skipExit()
}
console.log('A WORD IS DEAD')
