// fails: calls: prints what was right for the first case
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) if (stop.kind === 'exited') break
console.log('calls', 16)
console.log('traps', 2)
