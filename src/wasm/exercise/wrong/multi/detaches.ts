// fails: capitals: lets sort go at its first write
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry') continue
  if (stop.call.name === 'fd_write') stop.detach()
  else stop.skipExit()
}
