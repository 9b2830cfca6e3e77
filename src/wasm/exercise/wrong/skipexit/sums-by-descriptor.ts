// fails: reads: descriptor 4 is every file in turn
import { spawn, trace } from 'ptrace'

const paths = new Map<number, string>()
const bytes = new Map<number, number>()
for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry' && stop.call.name !== 'path_open' && stop.call.name !== 'fd_read') stop.skipExit()
  if (stop.kind !== 'syscall-exit' || stop.call.ret !== 0) continue
  const { name, args, raw } = stop.call
  if (name === 'path_open') paths.set(stop.memory.u32(raw.opened_fd ?? 0), args.path)
  else bytes.set(args.fd, (bytes.get(args.fd) ?? 0) + stop.memory.u32(raw.nread ?? 0))
}
for (const [fd, path] of paths) console.log(path, bytes.get(fd) ?? 0)
