// A sandbox as one writes it first: what does not begin with "work" is not opened.
// Some of the honest work is refused, and the mole has at least ten ways out.

import { EACCES, spawn, virtualize } from 'ptrace'

await virtualize(spawn(), {
  path_open(call) {
    if (call.args.path.startsWith('work')) return // no decision: it runs
    console.log('denied: path_open: %s', call.args.path)
    call.fail(EACCES)
  },
})
