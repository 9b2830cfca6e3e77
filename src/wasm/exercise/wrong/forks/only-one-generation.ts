// fails: all-traced: lets grandchildren go
import { spawn, trace } from 'ptrace'

const first = spawn()
const calls = new Map<number, number>([[first, 0]])
const names = new Map<number, string>()
const fates = new Map<number, string>()
const children: number[] = []
for await (const stop of trace(first, { follow: true })) {
  names.set(stop.pid, stop.task)
  if (stop.child !== undefined && stop.pid === first) children.push(stop.child)
  if (stop.pid !== first && !children.includes(stop.pid)) {
    stop.detach()
    continue
  }
  if (stop.kind === 'syscall-entry') calls.set(stop.pid, (calls.get(stop.pid) ?? 0) + 1)
  if (stop.kind === 'exited') fates.set(stop.pid, `exit ${stop.code}`)
}
console.log(`${first} ${names.get(first)}: ${calls.get(first)} calls, ${fates.get(first)}`)
for (const pid of children) console.log(`  ${pid} ${names.get(pid)}: ${calls.get(pid)} calls, ${fates.get(pid)}`)
