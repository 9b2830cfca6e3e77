// fails: where: blames the function that reports the failure correctly
import { ENOSPC, spawn, trace } from 'ptrace'

for (let victim = 1; ; victim++) {
  let writes = 0
  let code: number | undefined
  for await (const stop of trace(spawn())) {
    if (stop.kind === 'exited') code = stop.code
    if (stop.kind !== 'syscall-entry' || stop.call.name !== 'fd_write' || stop.call.args.fd <= 2) continue
    writes++
    if (writes === victim) stop.fail(ENOSPC)
  }
  if (writes < victim) break
  console.log('write %d fails: exit %d', victim, code)
}

// reply which: the last one
// reply where: flush
