// fails: once: prints a line at every call, the right ones among them
import { spawn, trace } from 'ptrace'

const counts = new Map<string, number>()
let total = 0

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry') continue
  const { name } = stop.call
  counts.set(name, (counts.get(name) ?? 0) + 1)
  total++
  console.log(counts.get(name), name)
}

for (const [name, count] of counts) console.log(count, name)
console.log(total, 'total')
