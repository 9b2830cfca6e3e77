// fails: never-runs: knows one way to wc only
import { spawn, trace } from 'ptrace'

/** What each task is, or was until its exec. */
const names = new Map<number, string>()

for await (const stop of trace(spawn(), { follow: true })) {
  const { pid, task } = stop
  if (stop.kind === 'exec') console.log(`${pid} ${names.get(pid)} becomes ${task}`)
  names.set(pid, task)

  if (stop.kind === 'syscall-entry' && stop.call.name === 'execve' && stop.call.args.path === '/bin/wc') {
    console.log(`${pid} ${task} may not become wc`)
    stop.fail('EACCES')
  }
}


// reply pid: sh
// reply descriptor: the child of the shell, before its exec
// reply memory: gone, with the rest of the old memory
