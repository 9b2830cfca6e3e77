// fails: exit: skips the clock with an error
import { spawn, trace } from 'ptrace'

const eight = 20n * 3_600_000_000_000n
const seven = 6 // lotto takes the byte modulo 49, and counts from one
let isFirst = false

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry') continue
  const { name, args } = stop.call
  if (name === 'clock_time_get') {
    stop.memory.setU64(args.time, eight)
    stop.fail('EIO')
    isFirst = true
  } else if (name === 'random_get' && isFirst) {
    stop.memory.setU8(args.buf, seven)
    stop.skip()
    isFirst = false
  } else {
    stop.skipExit() // run, and not reported when it is done: nobody here wants to know
  }
}
