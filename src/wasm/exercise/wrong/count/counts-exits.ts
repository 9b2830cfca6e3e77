// fails: every-name: counts exits, and proc_exit has none
import { spawn, trace } from 'ptrace'

const counts = new Map<string, number>()
let total = 0

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-exit') continue
  const { name } = stop.call
  counts.set(name, (counts.get(name) ?? 0) + 1)
  total++
}

for (const [name, count] of counts) console.log(count, name)
console.log(total, 'total')
