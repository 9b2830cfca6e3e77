// fails: output: kills ls after three calls
import { spawn, trace } from 'ptrace'

const counts = new Map<string, number>()
let total = 0

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry') continue
  const { name } = stop.call
  counts.set(name, (counts.get(name) ?? 0) + 1)
  total++
  if (total === 3) stop.kill()
}

for (const [name, count] of counts) console.log(count, name)
console.log(total, 'total')
