// fails: total: prints the table without its sum
import { spawn, trace } from 'ptrace'

const counts = new Map<string, number>()
let total = 0

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry') continue
  const { name } = stop.call
  counts.set(name, (counts.get(name) ?? 0) + 1)
  total++
}

for (const [name, count] of counts) console.log(count, name)
