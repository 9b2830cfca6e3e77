// fails: asked: redirects the second courier by its path, too
import { type Stop, spawn, trace } from 'ptrace'

const OTHER = 'returned/to-sender/letter-of-last-week.txt'

const letter: number[] = []

// The argument points elsewhere: the buffer of courier stays as it is.
for await (const stop of trace(spawn())) {
  const { kind } = stop
  if (kind === 'syscall-entry' && stop.call.name === 'path_open' && stop.call.args.path === 'letter.txt') {
    stop.set({ path: stop.scratch(OTHER), path_len: OTHER.length })
  }
  if (kind === 'syscall-exit' && stop.call.name === 'fd_read') letter.push(...taken(stop))
}

// The file is the right one, and what is read of it is not.
for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry') continue
  if (stop.call.name === 'path_open' && stop.call.args.path === 'letter.txt') {
    stop.set({ path: stop.scratch(OTHER), path_len: OTHER.length })
  }
  if (stop.call.name === 'fd_read') give(stop)
}

/** What a read has read. */
function taken({ call, memory }: Stop): Uint8Array {
  return memory.read(call.args.iovs[0].buf, memory.u32(call.raw.nread))
}

/** Answers a read with the next bytes of the letter: as many as there is room for, and in the end none. */
function give(stop: Stop) {
  const { buf, buf_len } = stop.call.args.iovs[0]
  const bytes = letter.splice(0, buf_len)
  stop.memory.write(buf, bytes)
  stop.memory.setU32(stop.call.raw.nread, bytes.length)
  stop.skip()
}
