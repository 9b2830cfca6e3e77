// fails: traced: skips the write instead of watching it
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry' && stop.call.name === 'fd_write') stop.skip()
}

// reply calls: 5
// reply greeting: fd_write
// reply length: 13
// reply no-return: proc_exit
