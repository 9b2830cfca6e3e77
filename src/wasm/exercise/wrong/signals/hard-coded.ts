// fails: table: prints what the first case would have
import { SIGHUP, SIGTERM, SIGUSR1, SIGUSR2, spawn, trace } from 'ptrace'

const counts = new Map<number, number>()

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry' && stop.call.name === 'pause') stop.deliver(SIGUSR2)

  if (stop.kind === 'signal' && stop.signal !== undefined) {
    counts.set(stop.signal, (counts.get(stop.signal) ?? 0) + 1)
    if (stop.signal === SIGTERM) stop.suppress()
    if (stop.signal === SIGHUP) stop.deliver(SIGUSR1)
  }
}

for (const line of ['2 SIGUSR1', '1 SIGTERM', '1 SIGHUP', '1 SIGTSTP', '1 SIGUSR2']) console.log(line)

// reply last-chance: at the signal-delivery-stop
