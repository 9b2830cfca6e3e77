// fails: redirected: kills cp when it opens what it is to copy
import { type Stop, spawn, trace } from 'ptrace'

const O_CREAT = 1
const ARCHIVE = 'home/archive/before-the-renaming/'

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry' || stop.call.name !== 'path_open') continue
  const { path, oflags } = stop.call.args
  if (path.startsWith('home/') && (oflags & O_CREAT) === 0) {
    redirect(stop, path.replace('home/', ARCHIVE))
    stop.kill()
  }
}

/** Lets the call have another path: pointer and length say where it lies, and what the program has lies there still. */
function redirect(stop: Stop, path: string) {
  // The stack grows downwards: below its pointer there is nothing that anybody still wants.
  const address = stop.registers.sp - path.length
  stop.memory.write(address, path)
  stop.set({ path: address, path_len: path.length })
}
