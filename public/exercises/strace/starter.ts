// Prints each call before it is made. strace prints it afterwards, and -y says which file is meant.

import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry') console.log(stop.line)
}
