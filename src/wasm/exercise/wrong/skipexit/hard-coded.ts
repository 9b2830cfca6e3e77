// fails: reads: prints what is right in the first case
import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry') stop.skipExit()
}
console.log('home/poem.txt 81')
console.log('home/todo.txt 43')
