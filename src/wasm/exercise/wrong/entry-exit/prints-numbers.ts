// fails: errors: prints the number of an error instead of its name
// A call that has gone in stays in `inside` until it comes back. What is still there in the end never did.

import { spawn, trace } from 'ptrace'

let inside: string | undefined

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry') inside = stop.call.name
  if (stop.kind === 'syscall-exit') {
    console.log('%s = %s', inside, stop.call.ret)
    inside = undefined
  }
}

if (inside !== undefined) console.log('%s = ?', inside)
