// fails: traced: lets hello go at its first stop
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  console.log(stop.line)
  if (stop.kind === 'syscall-entry') stop.detach()
}

// reply calls: 5
// reply greeting: fd_write
// reply length: 13
// reply no-return: proc_exit
