// fails: virtual: lets everything run, and the real disk answers
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry') stop.skipExit()
}
