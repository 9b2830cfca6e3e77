// Says what cp opens, and where in its memory the path lies.

import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry' || stop.call.name !== 'path_open') continue
  const { path, oflags } = stop.call.args
  const what = (oflags & 1) === 0 ? 'reading' : 'writing'
  console.log('%s for %s, %d bytes at 0x%x', path, what, path.length, stop.call.raw.path)
}
