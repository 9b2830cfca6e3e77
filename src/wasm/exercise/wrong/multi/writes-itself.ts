// fails: run: skips the write and prints in its place
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry') continue
  if (stop.call.name === 'fd_write') {
    const text = stop.call.args.iovs.map((vector) => vector.text).join('')
    console.log(text.toUpperCase())
    stop.memory.setU32(stop.call.args.nwritten, text.length)
    stop.skip()
  } else stop.skipExit()
}
