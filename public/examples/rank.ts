// Counts the calls of a program, and ranks them: strace -c, made of one rule.
//
// `default` is asked about every call that no other rule decides, and asks in turn to be told how
// each one ended. That takes an exit stop per call. Who wants to know the names alone says
// `call.run()`, or nothing at all, and has half as many stops: try it, and look at the timeline.

import { type CallName, virtualize } from "ptrace"

const counts = new Map<CallName, { calls: number; errors: number }>()

const { code } = await virtualize("ls", {
  default(call) {
    const count = counts.get(call.name) ?? { calls: 0, errors: 0 }
    counts.set(call.name, count)
    count.calls++
    // proc_exit does not come back: it is counted, and never heard of again.
    call.run({
      then({ error }) {
        if (error !== undefined) count.errors++
      },
    })
  },
})

const ranked = [...counts].sort(([a, x], [b, y]) => y.calls - x.calls || (a < b ? -1 : 1))
const most = ranked[0][1].calls

console.log("calls errors")
for (const [name, { calls, errors }] of ranked) {
  console.log("%s%s  %s %s", cell(calls, 5), cell(errors || "", 7), name.padEnd(20), "▇".repeat((calls / most) * 16))
}
console.log("ls ended with", code)

function cell(value: number | string, width: number) {
  return String(value).padStart(width)
}
