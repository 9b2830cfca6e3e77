// fails: ends: lets duty go at its pause, and it falls back into the stop that its SIGTSTP began
import { SIGHUP, SIGTERM, SIGUSR1, SIGUSR2, spawn, strsignal, trace } from 'ptrace'

const counts = new Map<number, number>()

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry' && stop.call.name === 'pause') stop.detach(SIGUSR2)

  if (stop.kind === 'signal' && stop.signal !== undefined) {
    counts.set(stop.signal, (counts.get(stop.signal) ?? 0) + 1)
    if (stop.signal === SIGTERM) stop.suppress()
    if (stop.signal === SIGHUP) stop.deliver(SIGUSR1)
  }
}

for (const [signal, count] of counts) console.log(String(count).padStart(3), strsignal(signal))

// reply last-chance: at the signal-delivery-stop
