// fails: relieved: ends duty at its pause, and not with SIGUSR2
import { SIGHUP, SIGTERM, SIGUSR1, spawn, strsignal, trace } from 'ptrace'

const counts = new Map<number, number>()

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry' && stop.call.name === 'pause') stop.kill()

  if (stop.kind === 'signal' && stop.signal !== undefined) {
    counts.set(stop.signal, (counts.get(stop.signal) ?? 0) + 1)
    if (stop.signal === SIGTERM) stop.suppress()
    if (stop.signal === SIGHUP) stop.deliver(SIGUSR1)
  }
}

for (const [signal, count] of counts) console.log(String(count).padStart(3), strsignal(signal))

// reply last-chance: at the signal-delivery-stop
