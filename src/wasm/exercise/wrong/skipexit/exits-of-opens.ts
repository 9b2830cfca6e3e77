// fails: budget: wants the descriptor from the exit of path_open
import { spawn, trace } from 'ptrace'

const files: { path: string; bytes: number }[] = []
for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry' && stop.call.name !== 'path_open' && stop.call.name !== 'fd_read') stop.skipExit()
  if (stop.kind !== 'syscall-exit' || stop.call.ret !== 0) continue
  const { name, args, raw } = stop.call
  const file = files.at(-1)
  if (name === 'path_open') files.push({ path: args.path, bytes: 0 })
  else if (file !== undefined) file.bytes += stop.memory.u32(raw.nread ?? 0)
}
for (const { path, bytes } of files) console.log(path, bytes)
