// fails: screen: makes texts of buffers that hold half a letter
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry' || stop.call.name !== 'fd_write' || stop.call.args.fd !== 1) continue
  const text = stop.call.args.iovs.map((vector) => vector.text).join('')
  stop.rewrite({ iovs: text.replace(/[0-9]/g, '#') })
}
