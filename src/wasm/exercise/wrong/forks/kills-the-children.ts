// fails: output: ends every child when it is born
import { spawn, trace } from 'ptrace'

const first = spawn()
for await (const stop of trace(first, { follow: true })) {
  if (stop.pid !== first && stop.kind === 'syscall-entry') stop.kill()
  if (stop.kind === 'exited') console.log(`${stop.pid} ${stop.task}: 12 calls, exit ${stop.code}`)
}
