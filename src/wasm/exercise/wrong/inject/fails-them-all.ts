// fails: every-write: lets every write fail in one run: after the first one there are no more
import { ENOSPC, spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'exited') console.log('write 1 fails: exit %d', stop.code)
  if (stop.kind !== 'syscall-entry' || stop.call.name !== 'fd_write' || stop.call.args.fd <= 2) continue
  stop.fail(ENOSPC)
}

// reply which: the last one
// reply where: save
