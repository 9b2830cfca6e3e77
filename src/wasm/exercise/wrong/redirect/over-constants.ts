// fails: output: puts the path where the texts of cp lie, its messages among them
import { type Stop, spawn, trace } from 'ptrace'

const O_CREAT = 1
const ARCHIVE = 'home/archive/before-the-renaming/'

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry' || stop.call.name !== 'path_open') continue
  const { path, oflags } = stop.call.args
  if (path.startsWith('home/') && (oflags & O_CREAT) === 0) redirect(stop, path.replace('home/', ARCHIVE))
}

/** Lets the call have another path: pointer and length say where it lies, and what the program has lies there still. */
function redirect(stop: Stop, path: string) {
  const address = 0x10000
  stop.memory.write(address, path)
  stop.set({ path: address, path_len: path.length })
}
