// fails: descriptors: hands out a descriptor and leaves the rest to the kernel
import { spawn, virtualize } from 'ptrace'

/** What is open below /backwards: the text of the file, and how far it is read. */
const open = new Map<number, { text: string; at: number }>()
let next = 1000 // far from the kernel's descriptors

await virtualize(spawn(), {
  path_open(call) {
    const { path, opened_fd } = call.args
    if (!path.startsWith('backwards/')) return // no decision: it runs silently
    const name = path.slice('backwards/'.length)
    open.set(next, { text: name, at: 0 })
    call.memory.setU32(opened_fd, next++)
    call.skip()
  },
})
