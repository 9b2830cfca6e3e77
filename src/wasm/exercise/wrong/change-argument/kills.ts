// fails: exit: kills scribe before it can show a digit
import { type Stop, spawn, trace } from 'ptrace'

const SCREEN = 1

/** What lay where, until the write that is under way has been done. */
let kept: { addr: number; bytes: Uint8Array }[] = []

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry' && stop.kind !== 'syscall-exit') continue
  if (stop.call.name !== 'fd_write' || stop.call.args.fd !== SCREEN) continue
  if (stop.kind === 'syscall-entry') {
    blacken(stop)
    stop.kill()
  } else restore(stop)
}

/** Puts a # over each digit. In UTF-8 a byte from 48 to 57 is a digit, and never a part of something else. */
function blacken({ call, memory }: Stop) {
  for (const { buf, buf_len } of call.args.iovs) {
    const bytes = memory.read(buf, buf_len)
    kept.push({ addr: buf, bytes })
    memory.write(buf, bytes.map((byte) => (byte >= 48 && byte <= 57 ? 35 : byte)))
  }
}

function restore({ memory }: Stop) {
  for (const { addr, bytes } of kept) memory.write(addr, bytes)
  kept = []
}
