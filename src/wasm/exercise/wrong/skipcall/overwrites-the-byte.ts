// fails: one-each: lets the kernel draw a byte and overwrites it at the exit
import { spawn, trace } from 'ptrace'

let isFirst = false
for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry' && stop.call.name === 'clock_time_get') {
    stop.memory.setU64(stop.call.args.time, 20n * 3_600_000_000_000n)
    stop.skip()
    isFirst = true
  }
  if (stop.kind === 'syscall-exit' && stop.call.name === 'random_get' && isFirst) {
    stop.memory.setU8(stop.call.args.buf, 6)
    isFirst = false
  }
}
