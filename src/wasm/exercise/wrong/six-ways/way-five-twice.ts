// fails: pointer: knows the letter by heart, and answers the reads of both
import { spawn, trace } from 'ptrace'

for (let run = 0; run < 2; run++) {
  let letter = 'Dear Ann, I am not sure yet. Give me a week. Ben\n'
  for await (const stop of trace(spawn())) {
    if (stop.kind !== 'syscall-entry' || stop.call.name !== 'fd_read') continue
    const { buf, buf_len } = stop.call.args.iovs[0]
    const next = letter.slice(0, buf_len)
    letter = letter.slice(buf_len)
    stop.memory.write(buf, next)
    stop.memory.setU32(stop.call.raw.nread, next.length)
    stop.skip()
  }
}
