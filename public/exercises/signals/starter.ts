// Watches the signals of duty go by.
// Swallow SIGTERM, turn SIGHUP into SIGUSR1, and relieve duty: send it a SIGUSR2 at its pause.

import { spawn, strsignal, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.signal !== undefined) console.log('%s: %s', stop.kind, strsignal(stop.signal))

  // Nobody relieves it, and it would wait for ever. You will find a kinder end.
  if (stop.kind === 'syscall-entry' && stop.call.name === 'pause') stop.kill()
}
