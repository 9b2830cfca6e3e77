// fails: not-run: lets everything run and prints what is written
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry' || stop.call.name !== 'fd_write') continue
  console.log(stop.call.args.iovs.map(({ text }) => text).join('').trimEnd())
}
