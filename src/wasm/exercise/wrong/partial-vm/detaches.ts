// fails: unasked: lets cp go when it opens the file
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry' || stop.call.name !== 'path_open' || !stop.call.args.path.startsWith('backwards/')) continue
  stop.memory.setU32(stop.call.args.opened_fd, 1000)
  stop.result = 0
  stop.detach()
}
