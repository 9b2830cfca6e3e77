// Loaded dice: the second throw of each pair is always a six.
//
// dice asks random_get for one byte per throw. A rule for random_get decides what becomes of each
// call: `run()` lets the kernel answer it, in silence (one stop); `skip()` virtualises it: the byte is
// written into the guest's memory here, the kernel is never asked, and there is one stop as well.
// Nothing else is touched: calls without a rule run silently.

import { virtualize } from "ptrace"

const SIX = 5 // dice takes the byte modulo six, and counts from one

let throws = 0
const { code } = await virtualize("dice", {
  random_get(call) {
    throws++
    if (throws % 2 === 1) {
      // "Run it and tell me": an exit stop, where the byte that the kernel gave can be read.
      call.run({ then: ({ memory, args }) => console.log("throw %d: %d, by chance", throws, memory.u8(args.buf)) })
      return
    }
    call.memory.setU8(call.args.buf, SIX)
    console.log("throw %d: %d, by us", throws, SIX)
    call.skip()
  },
})
console.log("dice ended with %d and noticed nothing", code)
