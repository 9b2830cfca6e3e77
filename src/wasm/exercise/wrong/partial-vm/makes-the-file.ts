// fails: unasked: lets cp copy another file, and changes what is read
import { spawn, virtualize } from 'ptrace'

let text = ''
await virtualize(spawn(), {
  path_open(call) {
    const { path } = call.args
    if (!path.startsWith('backwards/')) return
    text = `${[...path.slice(10)].reverse().join('')}\n`
    call.rewrite({ path: 'home/poem.txt' })
  },
  fd_read(call) {
    call.memory.write(call.args.iovs[0]?.buf ?? 0, text)
    call.memory.setU32(call.args.nread, text.length)
    text = ''
    call.skip()
  },
})
