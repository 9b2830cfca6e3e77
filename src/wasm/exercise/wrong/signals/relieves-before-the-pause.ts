// fails: after-waiting: sends the SIGUSR2 while duty still says that it will wait
import { SIGHUP, SIGTERM, SIGUSR1, SIGUSR2, spawn, strsignal, trace } from 'ptrace'

const counts = new Map<number, number>()

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry' && stop.call.args.iovs?.[0]?.text.includes('waiting')) stop.deliver(SIGUSR2)

  if (stop.kind === 'signal' && stop.signal !== undefined) {
    counts.set(stop.signal, (counts.get(stop.signal) ?? 0) + 1)
    if (stop.signal === SIGTERM) stop.suppress()
    if (stop.signal === SIGHUP) stop.deliver(SIGUSR1)
  }
}

for (const [signal, count] of counts) console.log(String(count).padStart(3), strsignal(signal))

// reply last-chance: at the signal-delivery-stop
