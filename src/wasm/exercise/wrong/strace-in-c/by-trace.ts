// fails: names: leaves the work to trace, and sees no call that never comes back
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn(), { follow: true })) {
  if (stop.kind === 'syscall-exit') console.log(`[${stop.pid}] ${stop.line}`)
}
