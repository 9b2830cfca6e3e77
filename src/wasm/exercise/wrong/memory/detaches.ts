// fails: descriptors: lets scribe go after its first write
import { type Stop, spawn, trace } from 'ptrace'

const written = new Map<number, number[]>()

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-exit' || stop.call.name !== 'fd_write' || stop.call.error !== undefined) continue
  const { fd } = stop.call.args
  stop.detach()
  written.set(fd, [...(written.get(fd) ?? []), ...bytesOf(stop)])
}

for (const [fd, bytes] of written) console.log('%d: %j', fd, textOf(bytes))

/** The bytes that a write has written: from each of its buffers in turn, until there are as many as the kernel took. */
function bytesOf({ call, memory }: Stop): number[] {
  const { iovs, iovs_len, nwritten } = call.raw
  const taken = memory.u32(nwritten)
  const bytes: number[] = []
  for (let i = 0; i < iovs_len; i++) {
    // A ciovec is two words: where the bytes lie, and how many they are.
    const buf = memory.u32(iovs + 8 * i)
    const length = memory.u32(iovs + 8 * i + 4)
    bytes.push(...memory.read(buf, Math.min(length, taken - bytes.length)))
  }
  return bytes
}

/** Bytes in UTF-8 as text. A script has no TextDecoder, but this does. */
function textOf(bytes: readonly number[]): string {
  try {
    return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''))
  } catch {
    return `${bytes.length} bytes that are no UTF-8`
  }
}
