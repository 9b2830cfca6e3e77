// fails: total: prints the first case and lets cat run
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry') stop.skipExit()
}
console.log('Welcome to a machine that is not there.')
