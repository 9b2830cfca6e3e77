// Three threads and a mutex: who waits for whom, and who wakes whom.
//
// A mutex that is free is taken without any call: the kernel hears of it only when somebody must wait. So the calls
// show the quarrels alone: futex(FUTEX_WAIT) of those who found it taken, futex(FUTEX_WAKE) of the one who left.
// Threads of a process are tracees each for itself, with stops of their own; the options hold for the new ones, too.

import { spawn, trace } from "ptrace"

const FUTEX_WAIT = 0
const FUTEX_OP = 0x7f // without FUTEX_PRIVATE_FLAG

const main = spawn("crew")
const letter = new Map<number, string>([[main, "main"]])
const waits = new Map<string, number>()
const wakes = new Map<string, number>()
const count = (of: Map<string, number>, name: string) => of.set(name, (of.get(name) ?? 0) + 1)
let mutex = 0
/** Who sleeps at which address. */
const asleep = new Map<string, number>()

for await (const stop of trace(main, { follow: true })) {
  const who = letter.get(stop.pid) ?? "?"
  if (stop.kind === "clone" && stop.child !== undefined) {
    letter.set(stop.child, "ABC"[letter.size - 1])
    console.log("main makes %s, thread %d", letter.get(stop.child), stop.child)
  }
  if (stop.kind === "exited" || stop.kind === "exit") asleep.delete(who)
  if (stop.kind !== "syscall-entry" && stop.kind !== "syscall-exit") continue
  const { name, args } = stop.call
  if (name !== "futex") continue
  const waiting = (args.futex_op & FUTEX_OP) === FUTEX_WAIT
  if (stop.kind === "syscall-entry" && waiting) {
    // The main thread waits for words that the kernel clears when a thread ends; the others wait for the mutex.
    if (who !== "main") mutex = args.uaddr
    asleep.set(who, args.uaddr)
    if (who !== "main") count(waits, who)
    const others = [...asleep].filter(([other, addr]) => other !== who && addr === args.uaddr).map(([other]) => other)
    const what = args.uaddr === mutex ? "for the mutex" : "for the end of a thread"
    console.log("%s waits %s%s", who, what, others.length > 0 ? `, behind ${others.join(" and ")}` : "")
  }
  if (stop.kind === "syscall-exit" && waiting) asleep.delete(who)
  if (stop.kind === "syscall-exit" && !waiting && stop.call.ret === 1) {
    count(wakes, who)
    console.log("%s leaves, and wakes one who waits", who)
  }
}
console.log("\nthread  waited  woke others")
for (const name of ["A", "B", "C"]) {
  console.log("%s%s%s", name.padEnd(6), String(waits.get(name) ?? 0).padStart(8), String(wakes.get(name) ?? 0).padStart(13))
}
