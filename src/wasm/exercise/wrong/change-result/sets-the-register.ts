// fails: exit: takes the result register for the size
import { spawn, trace } from 'ptrace'

// struct filestat of wasi_snapshot_preview1: where its fields begin.
const FILETYPE = 16 // u8
const REGULAR_FILE = 4

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-exit' || stop.call.name !== 'path_filestat_get' || stop.call.error !== undefined) continue
  const { memory } = stop
  const { buf } = stop.call.raw
  if (memory.u8(buf + FILETYPE) === REGULAR_FILE) stop.result = 1_000_000
}
