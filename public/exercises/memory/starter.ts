// Prints the first buffer of each write that scribe asks for.
// Wanted: everything that it has written, in one line for each descriptor.

import { spawn, trace } from 'ptrace'

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry' || stop.call.name !== 'fd_write') continue
  const { fd, iovs } = stop.call.args
  const { buf, buf_len } = iovs[0]
  console.log('%d: %j', fd, textOf([...stop.memory.read(buf, buf_len)]))
}

/** Bytes in UTF-8 as text. A script has no TextDecoder, but this does. */
function textOf(bytes: readonly number[]): string {
  try {
    return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''))
  } catch {
    return `${bytes.length} bytes that are no UTF-8`
  }
}
