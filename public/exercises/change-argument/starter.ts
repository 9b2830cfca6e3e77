// Says which writes go to the screen. Their digits still go with them.

import { spawn, trace } from 'ptrace'

const SCREEN = 1

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry' || stop.call.name !== 'fd_write') continue
  const { fd, iovs } = stop.call.args
  if (fd === SCREEN) console.log('%d buffers, the first at 0x%x', iovs.length, iovs[0].buf)
}
