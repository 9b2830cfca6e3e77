// fails: reads: a file that could not be opened is on the list
import { spawn, trace } from 'ptrace'

const files: { path: string; bytes: number }[] = []

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-exit') {
    const file = files.at(-1)
    if (file !== undefined && stop.call.ret === 0) file.bytes += stop.memory.u32(stop.call.raw.nread ?? 0)
  }
  if (stop.kind !== 'syscall-entry') continue
  const { name, args } = stop.call
  if (name === 'path_open') files.push({ path: args.path, bytes: 0 })
  if (name !== 'fd_read') stop.skipExit()
}

for (const { path, bytes } of files) console.log(path, bytes)
