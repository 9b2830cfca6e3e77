// fails: every-name: never mentions the call that has no exit
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-exit') console.log('%s = %s', stop.call.name, stop.call.error ?? stop.call.ret)
}
