// What PTRACE_VM_SKIPEXIT saves: the same program twice, and the stops counted.
//
// A tracer that only wants to see what is called needs no exit stop; before PTRACE_VM it got one
// all the same. With the tag in `addr` of PTRACE_SYSCALL, decided call by call in the entry stop,
// the call runs and the next stop is the next entry. A stop costs two switches between processes:
// on the machine of the paper (2006) that was most of the time that tracing took.

import { spawn, trace } from "ptrace"

async function count(quiet: boolean) {
  const stops = { entries: 0, exits: 0, other: 0 }
  for await (const stop of trace(spawn("cat"))) {
    if (stop.kind === "syscall-exit") stops.exits++
    else if (stop.kind !== "syscall-entry") stops.other++
    else {
      stops.entries++
      if (quiet) stop.skipExit()
    }
  }
  return stops
}

const before = Date.now()
const all = await count(false)
const between = Date.now()
const half = await count(true)
const after = Date.now()

console.log("            entries  exits  virtual ms")
console.log("plain     %s%s%s", cell(all.entries, 9), cell(all.exits, 7), cell(between - before, 12))
console.log("SKIPEXIT  %s%s%s", cell(half.entries, 9), cell(half.exits, 7), cell(after - between, 12))

function cell(value: number, width: number) {
  return String(value).padStart(width)
}
