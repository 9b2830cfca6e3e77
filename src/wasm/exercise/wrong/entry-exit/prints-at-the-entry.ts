// fails: not-yet: takes the result where there is none yet
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry') console.log('%s = %s', stop.call.name, 'ENOSYS')
}
