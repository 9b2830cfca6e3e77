// fails: descriptors: lets the kernel close what it never opened
import { spawn, virtualize } from 'ptrace'

const CREAT = 1
const TRUNC = 8
const FD_WRITE = 0x40n
const REGULAR_FILE = 4

/** What is open below /backwards: the text of the file, and how far it is read. */
const open = new Map<number, { text: string; at: number }>()
const ours = { fd: (fd: number) => open.has(fd) }
let next = 1000 // far from the kernel's descriptors

await virtualize(spawn(), {
  path_open: { when: { path: /^backwards\// }, do(call) {
    const { path, oflags, fs_rights_base, opened_fd } = call.args
    const name = path.slice('backwards/'.length)
    if (name.includes('/')) return call.fail('ENOENT')
    if ((oflags & (CREAT | TRUNC)) !== 0 || (fs_rights_base & FD_WRITE) !== 0n) return call.fail('EROFS')
    open.set(next, { text: `${[...name].reverse().join('')}\n`, at: 0 })
    call.memory.setU32(opened_fd, next++)
    call.skip()
  } },

  fd_filestat_get: { when: ours, do(call) {
    const { fd, buf } = call.args
    const size = open.get(fd)?.text.length ?? 0
    // Device, inode, type, links, size, three times. The device tells it from every file of the kernel's.
    const fields = [77, fd, REGULAR_FILE, 1, size, 0, 0, 0]
    fields.forEach((field, i) => call.memory.setU64(buf + 8 * i, field))
    call.skip()
  } },

  fd_read: { when: ours, do(call) {
    const file = open.get(call.args.fd)
    const room = call.args.iovs[0]
    if (file === undefined || room === undefined) return call.fail('EINVAL')
    const piece = file.text.slice(file.at, file.at + room.buf_len)
    file.at += piece.length
    call.memory.write(room.buf, piece)
    call.memory.setU32(call.args.nread, piece.length)
    call.skip()
  } },

})
