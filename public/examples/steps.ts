// Instruction by instruction: how a random byte becomes a digit, and which instruction writes the digit.
//
// A run is a function of its recipe, so the same program twice has its buffers at the same addresses. The first run
// tells where fd_write gets its bytes. The second one steps from the return of random_get (PTRACE_SINGLESTEP) and
// looks at the first of those bytes after each instruction: a watchpoint, made of steps.

import { type Stop, spawn, trace } from "ptrace"

const dice = () => spawn("dice", { argv: ["1"] })

let address = 0
for await (const stop of trace(dice())) {
  if (stop.kind === "syscall-entry" && stop.call.name === "fd_write") address = stop.call.args.iovs[0].buf
}
console.log("fd_write gets its bytes from 0x%x", address)

/** Instructions by function, in the order in which they are first entered. */
const counts = new Map<string, number>()
let steps = 0
let byte = 0
let from = ""
let done = false
for await (const stop of trace(dice())) {
  if (stop.kind === "syscall-exit" && stop.call.name === "random_get" && !done) {
    console.log("random_get has given %d", stop.memory.u8(stop.call.raw.buf))
    byte = stop.memory.u8(address)
    stop.step()
  }
  if (stop.kind === "step") after(stop)
}

console.log("\nOf those %d instructions there were, function by function:", steps)
for (const [name, count] of counts) console.log("%s  %s", String(count).padStart(5), name)

function after(stop: Stop) {
  const now = stop.memory.u8(address)
  if (now !== byte) {
    // A stop stands before its instruction: what has changed was done by the one of the stop before.
    console.log("after %d instructions 0x%x is %j, stored by the one at %s", steps, address, String.fromCharCode(now), from)
    done = true
    return // without another step() it runs on to its next call
  }
  steps++
  const name = stop.function ?? "?"
  counts.set(name, (counts.get(name) ?? 0) + 1)
  from = `0x${stop.pc.toString(16)} in ${name}`
  stop.step()
}
