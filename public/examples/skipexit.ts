// What PTRACE_VM_SKIPEXIT saves: the same program twice, and the stops counted.
//
// A tracer that only wants to see what is called needs no exit stop; before PTRACE_VM it got one
// all the same. With the tag in `addr` of PTRACE_SYSCALL, decided call by call in the entry stop,
// the call runs and the next stop is the next entry. A stop costs two switches between processes:
// on the machine of the paper (2006) that was most of the time that tracing took.

import { spawn, trace } from "ptrace"

async function count(quiet: boolean) {
  const stops = { entries: 0, exits: 0 }
  for await (const stop of trace(spawn("cat"))) {
    if (stop.kind === "syscall-exit") stops.exits++
    if (stop.kind !== "syscall-entry") continue
    stops.entries++
    if (quiet) stop.skipExit()
  }
  return stops
}

const all = await count(false)
const half = await count(true)

console.log("            entries  exits  stops")
console.log("plain     %s%s%s", cell(all.entries, 9), cell(all.exits, 7), cell(all.entries + all.exits, 7))
console.log("SKIPEXIT  %s%s%s", cell(half.entries, 9), cell(half.exits, 7), cell(half.entries + half.exits, 7))

function cell(value: number, width: number) {
  return String(value).padStart(width)
}
