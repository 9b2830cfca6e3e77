// fails: no-sysemu: takes the request of the exercise before
import { PTRACE_SYSEMU, spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-exit' && stop.call.name === 'args_get') stop.resume(PTRACE_SYSEMU)
  if (stop.kind === 'syscall-entry' && stop.call.name === 'clock_time_get') {
    stop.memory.setU64(stop.call.args.time, 20n * 3_600_000_000_000n)
    stop.result = 0
  }
}
