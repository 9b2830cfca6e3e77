// Two hosts, one guest: where two implementations of WASI part.
//
// A recipe says who executes the calls: our kernel, or the npm package @wasmer/wasi ("host"). The
// stops, the tags and this script are the same on both. patch overwrites five bytes in the middle of
// a file; what it does to that file is printed without descriptors and addresses, so that two runs
// can be laid side by side.
//
// Run it on both. They agree up to the write, whose result is 5 on either. Then the kernel, as
// write(2) has it, has a file of 28 bytes still, and the package one of 33: it *inserted* them. No
// errno tells, and no single trace: only two of the same program.

import { spawn, trace } from "ptrace"

let file = -1
for await (const stop of trace(spawn("patch"))) {
  if (stop.kind !== "syscall-exit") continue
  const { call, memory } = stop
  if (call.name === "path_open") {
    file = memory.u32(call.raw.opened_fd ?? 0)
    console.log("opens", call.args.path)
  }
  if (call.raw.fd !== file) continue

  if (call.name === "fd_seek") console.log("seeks to", call.args.offset)
  if (call.name === "fd_write") {
    console.log("writes %j, and is told %d", call.args.iovs[0]?.text, memory.u32(call.raw.nwritten ?? 0))
  }
  if (call.name === "fd_read") {
    const count = memory.u32(call.raw.nread ?? 0)
    const text = call.args.iovs[0]?.text ?? ""
    console.log("reads %d bytes: %j", count, text.slice(0, count))
  }
  // filestat.size lies 32 bytes behind the structure's beginning.
  if (call.name === "fd_filestat_get") console.log("finds a size of", Number(memory.u64((call.raw.buf ?? 0) + 32)))
}
