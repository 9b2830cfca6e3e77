// fails: multi: takes the comfortable way
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry') continue
  if (stop.call.name === 'fd_write') stop.rewrite({ iovs: stop.call.args.iovs.map(({ text }) => text).join('').toUpperCase() })
  stop.skipExit()
}
