// fails: climb: lets the mole go when its work is done
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry') continue
  if (stop.call.name === 'path_rename') stop.detach()
  else stop.skipExit()
}
