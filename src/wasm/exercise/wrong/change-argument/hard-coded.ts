// fails: screen: shows the lines of the first case
import { spawn, trace } from 'ptrace'

const screen = [
  '> Ann: call ###-#### today, and bring the café’', 's key\n', '> ! Ben has lost card #### ####\n',
  '> Next meeting: # May, ##:##, room ##, “naïve', '” plans\n',
]

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry' || stop.call.name !== 'fd_write' || stop.call.args.fd !== 1) continue
  stop.rewrite({ iovs: screen.shift() ?? '' })
}
