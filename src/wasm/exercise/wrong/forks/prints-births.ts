// fails: once: says a line at every fork, too
import { spawn, strsignal, trace } from 'ptrace'

interface Task {
  name: string
  calls: number
  fate: string
  readonly children: number[]
}
const tasks = new Map<number, Task>()

function taskOf(pid: number): Task {
  const known = tasks.get(pid) ?? { name: '?', calls: 0, fate: '?', children: [] }
  tasks.set(pid, known)
  return known
}

const first = spawn()
for await (const stop of trace(first, { follow: true })) {
  const task = taskOf(stop.pid)
  // An exec changes the name; a task that never calls it keeps its parent's.
  task.name = stop.task
  if (stop.kind === 'syscall-entry') task.calls++
  if (stop.child !== undefined && stop.kind !== 'vfork-done') task.children.push(stop.child)
  if (stop.kind === 'exited') task.fate = `exit ${stop.code}`
  if (stop.kind === 'fork') console.log('born: %d', stop.child)
  if (stop.kind === 'killed') task.fate = strsignal(stop.signal!)
}

tell(first, 0)

function tell(pid: number, depth: number) {
  const { name, calls, fate, children } = taskOf(pid)
  console.log(`${'  '.repeat(depth)}${pid} ${name}: ${calls} calls, ${fate}`)
  for (const child of children) tell(child, depth + 1)
}
