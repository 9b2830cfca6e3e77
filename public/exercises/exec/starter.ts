// Says what the shell's children ask to become. Which of them get their wish? And wc must not.

import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn(), { follow: true })) {
  if (stop.kind === 'syscall-entry' && stop.call.name === 'execve') console.log('%d asks for %s', stop.pid, stop.call.args.path)
}
