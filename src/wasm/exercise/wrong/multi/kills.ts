// fails: capitals: kills sort at its first write
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry') continue
  if (stop.call.name === 'fd_write') stop.kill()
  else stop.skipExit()
}
