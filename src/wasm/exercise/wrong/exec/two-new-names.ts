// fails: lines: has forgotten what the task was before
import { spawn, trace } from 'ptrace'

/** What each task is, or was until its exec. */
const names = new Map<number, string>()

for await (const stop of trace(spawn(), { follow: true })) {
  const { pid, task } = stop
  if (stop.kind === 'exec') console.log(`${pid} ${task} becomes ${task}`)
  names.set(pid, task)

  if (stop.kind === 'syscall-entry' && stop.call.name === 'execve' && nameIn(stop.call.args.path) === 'wc') {
    console.log(`${pid} ${task} may not become wc`)
    stop.fail('EACCES')
  }
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

// reply pid: sh
// reply descriptor: the child of the shell, before its exec
// reply memory: gone, with the rest of the old memory
