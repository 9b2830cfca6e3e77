// fails: traced: lets desk go at its first stop
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry') stop.detach()
}

// reply noticed: 121
// reply was: S
// reply function: enter
// reply next-file: /desk/3
// reply room: 1
