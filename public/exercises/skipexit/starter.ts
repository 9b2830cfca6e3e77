// Says for every read how many bytes there was room for. That is not how many came.
// And every call is stopped twice, though hardly any exit has something to say.

import { spawn, trace } from 'ptrace'

let stops = 0
for await (const stop of trace(spawn())) {
  stops++
  if (stop.kind !== 'syscall-entry') continue
  const { name, args } = stop.call
  if (name === 'path_open') console.log('opens', args.path)
  if (name === 'fd_read') console.log('  room for', args.iovs.reduce((sum, { buf_len }) => sum + buf_len, 0))
}
console.log(stops, 'turns of the loop')
