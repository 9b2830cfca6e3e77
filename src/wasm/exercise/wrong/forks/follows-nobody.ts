// fails: all-traced: traces the shell alone
import { spawn, trace } from 'ptrace'

let calls = 0
for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry') calls++
  if (stop.kind === 'exited') console.log(`${stop.pid} ${stop.task}: ${calls} calls, exit ${stop.code}`)
}
