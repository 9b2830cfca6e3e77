// fails: all-run: answers the question without asking the kernel
import { spawn, trace } from 'ptrace'

// struct filestat of wasi_snapshot_preview1: where its fields begin.
const FILETYPE = 16 // u8
const SIZE = 32 // u64
const REGULAR_FILE = 4

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry' || stop.call.name !== 'path_filestat_get') continue
  const { memory } = stop
  const { buf } = stop.call.raw
  memory.setU8(buf + FILETYPE, REGULAR_FILE)
  memory.setU64(buf + SIZE, 1_000_081n)
  stop.skip()
}
