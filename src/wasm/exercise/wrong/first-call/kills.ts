// fails: traced: kills hello at its first stop
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry') stop.kill()
}

// reply calls: 5
// reply greeting: fd_write
// reply length: 13
// reply no-return: proc_exit
