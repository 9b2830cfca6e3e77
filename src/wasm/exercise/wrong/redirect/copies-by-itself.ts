// fails: redirected: lets cp copy the wrong file, and changes what it writes
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry' || stop.call.name !== 'fd_write' || stop.call.args.fd <= 2) continue
  const { buf_len } = stop.call.args.iovs[0]
  stop.rewrite({ iovs: 'Archived before the renaming:\nA word is dead\n'.padEnd(buf_len) })
}
