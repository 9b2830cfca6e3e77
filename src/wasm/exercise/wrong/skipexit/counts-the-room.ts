// fails: reads: takes the size of the buffer for what was read
import { spawn, trace } from 'ptrace'

const files: { path: string; bytes: number }[] = []
/** What was asked for last, until it is known that it was there. */
let asked: string | undefined

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-exit') {
    const file = files.at(-1)
    if (file !== undefined) file.bytes += stop.call.args.iovs.reduce((sum, { buf_len }) => sum + buf_len, 0)
  }
  if (stop.kind !== 'syscall-entry') continue
  const { name, args } = stop.call
  if (name === 'path_open') asked = args.path
  if (name === 'fd_read' && asked !== undefined) {
    files.push({ path: asked, bytes: 0 })
    asked = undefined
  }
  if (name !== 'fd_read') stop.skipExit()
}

for (const { path, bytes } of files) console.log(path, bytes)
