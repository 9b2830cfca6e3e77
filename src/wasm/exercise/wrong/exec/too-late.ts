// fails: never-runs: says no at the exec stop, where nobody is left to hear it
import { spawn, trace } from 'ptrace'

/** What each task is, or was until its exec. */
const names = new Map<number, string>()

for await (const stop of trace(spawn(), { follow: true })) {
  const { pid, task } = stop
  if (stop.kind === 'exec') console.log(`${pid} ${names.get(pid)} becomes ${task}`)
  names.set(pid, task)

  if (stop.kind === 'exec' && nameIn(task) === 'wc') {
    console.log(`${pid} ${task} may not become wc`)
    stop.kill()
  }
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

// reply pid: sh
// reply descriptor: the child of the shell, before its exec
// reply memory: gone, with the rest of the old memory
