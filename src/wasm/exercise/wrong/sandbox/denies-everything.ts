// fails: work: refuses everything that has a path
import { EACCES, spawn, virtualize } from 'ptrace'

await virtualize(spawn(), {
  path_open(call) {
    console.log('denied', call.name)
    call.fail(EACCES)
  },
})
