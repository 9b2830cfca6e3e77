// fails: pieces: makes a text of each buffer, and breaks letters that lie in two
import { spawn, trace } from 'ptrace'

const written = new Map<number, string>()

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-exit' || stop.call.name !== 'fd_write' || stop.call.error !== undefined) continue
  const { fd, iovs } = stop.call.args
  written.set(fd, (written.get(fd) ?? '') + iovs.map(({ text }) => text).join(''))
}

for (const [fd, text] of written) console.log('%d: %j', fd, text)
