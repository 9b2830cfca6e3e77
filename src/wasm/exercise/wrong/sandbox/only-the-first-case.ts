// fails: outside: refuses the paths that the first case tries
import { EACCES, spawn, virtualize } from 'ptrace'

await virtualize(spawn(), {
  path_open(call) {
    if (!['secret/key.txt', 'work/box/../../secret/key.txt', 'workshop/key.txt'].includes(call.args.path)) return
    console.log('denied', call.name)
    call.fail(EACCES)
  },
  path_symlink(call) {
    console.log('denied', call.name)
    call.fail(EACCES)
  },
})
