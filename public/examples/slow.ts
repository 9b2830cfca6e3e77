// Slow motion: two clocks, and one of them is held for a second before each line and after it.
//
// A handler may sleep: on the virtual clock, so it costs nobody's time. The task that stands at the
// stop waits for its tracer. So does, before long, the other one: it makes a call, stops, and finds
// nobody to resume it, because a tracer is one process and that process is asleep. Who is waiting for
// whom? Look at the two tracks, with `t` for virtual time: the second clock was never told to wait.

import { sleep, spawn, virtualize } from "ptrace"

const start = Date.now()
const seconds = () => ((Date.now() - start) / 1000).toFixed(2).padStart(5)

async function run(delay: number) {
  const began = Date.now()
  const slowed = spawn("clock")
  const other = spawn("clock")
  await virtualize([slowed, other], {
    fd_write: [
      {
        when: ({ pid }) => pid === slowed,
        async do(call) {
          await sleep(delay)
          call.run({
            async then() {
              console.log("%s s  the slow clock has written", seconds())
              await sleep(delay)
            },
          })
        },
      },
      (call) => call.run({ then: () => console.log("%s s  the other has written", seconds()) }),
    ],
  })
  return (Date.now() - began) / 1000
}

const plain = await run(0)
console.log("── and now in slow motion")
const slow = await run(1)
console.log("plain %s s, in slow motion %s s, for both of them", plain.toFixed(2), slow.toFixed(2))
