// fails: only: lets writes to the screen fail as well
import { ENOSPC, spawn, trace } from 'ptrace'

for (let victim = 1; ; victim++) {
  let writes = 0
  let code: number | undefined
  for await (const stop of trace(spawn())) {
    if (stop.kind === 'exited') code = stop.code
    if (stop.kind !== 'syscall-entry' || stop.call.name !== 'fd_write') continue
    writes++
    if (writes === victim) stop.fail(ENOSPC)
  }
  if (writes < victim) break
  console.log('write %d fails: exit %d', victim, code)
}

// reply which: the last one
// reply where: save
