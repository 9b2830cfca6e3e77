// fails: not-yet: reads the result register at the entry
import { errnoName, spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry') console.log('%s = %s', stop.call.name, errnoName(stop.result) ?? stop.result)
}
