// Prints a line for the shell: its calls, and how it ended. But who are its children, and theirs?

import { spawn, strsignal, trace } from 'ptrace'

let calls = 0

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry') calls++
  if (stop.kind === 'exited') console.log(`${stop.pid} ${stop.task}: ${calls} calls, exit ${stop.code}`)
  if (stop.kind === 'killed') console.log(`${stop.pid} ${stop.task}: ${calls} calls, ${strsignal(stop.signal!)}`)
}
