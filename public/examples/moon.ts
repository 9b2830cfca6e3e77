// A partial virtual machine: the directory /moon exists in this script and nowhere else.
//
// umview gives processes their own view of the world in this way. What is about /moon is virtualised:
// opened, listed, read and closed here, under descriptors that the kernel never heard of. All else
// runs silently. One stop per call, whoever answers. Other guests to try: walk /moon, cat /moon/flag.txt.

import { EISDIR, ENOENT, ENOTDIR, EROFS, type VirtualCall, spawn, virtualize } from "ptrace"

const WRITE = 0x40n // the right to write
const files = [{ name: "dust.txt", text: "grey\nfine\n" }, { name: "flag.txt", text: "We came in peace.\n" }]
/** What is open: which file (−1: /moon itself), and how far it was read. */
const open = new Map<number, { file: number; at: number }>()
const ours = { fd: (fd: number) => open.has(fd) }
let next = 1000 // far from the kernel's descriptors

/** Where a path leads: to a file, to /moon itself (−1), to nothing there (−2); undefined: it is not about us. */
function find({ fd, path }: { fd: number; path: string }) {
  const parts = (open.has(fd) ? `moon/${path}` : path).split("/").filter((part) => part !== "" && part !== ".")
  if (parts[0] !== "moon") return undefined
  const file = files.findIndex(({ name }) => name === parts[1])
  return parts.length === 1 ? -1 : file < 0 || parts.length > 2 ? -2 : file
}
/** Answers stat: 64 bytes with inode number, type (3: a directory, 4: a file), links, size. */
function stat(call: VirtualCall<"path_filestat_get" | "fd_filestat_get">, file: number) {
  const { memory, args: { buf } } = call
  const fields = [0, 1001 + file, file < 0 ? 3 : 4, 1, file < 0 ? 0 : files[file].text.length, 0, 0, 0]
  fields.forEach((field, i) => memory.setU64(buf + 8 * i, field))
  call.skip()
}
await virtualize(spawn(), {
  path_open(call) {
    const file = find(call.args)
    if (file === undefined) return // no decision: it runs silently
    if (file === -2) return call.fail(ENOENT)
    if (file >= 0 && call.args.oflags & 2) return call.fail(ENOTDIR)
    if (file >= 0 && call.args.fs_rights_base & WRITE) return call.fail(EROFS)
    open.set(next, { file, at: 0 })
    call.memory.setU32(call.args.opened_fd, next++)
    call.skip()
  },
  path_filestat_get(call) {
    const file = find(call.args)
    if (file !== undefined) file === -2 ? call.fail(ENOENT) : stat(call, file)
  },
  fd_filestat_get: { when: ours, do: (call) => stat(call, open.get(call.args.fd)!.file) },
  fd_readdir: { when: ours, do(call) {
    const { buf, cookie, bufused } = call.args
    let at = buf // each entry: the next one's cookie, inode number, length and type of the name, name
    files.slice(cookie).forEach(({ name }, i) => {
      const fields = [cookie + i + 1, 1001 + cookie + i, BigInt(name.length) | (4n << 32n)]
      fields.forEach((field, k) => call.memory.setU64(at + 8 * k, field))
      call.memory.write(at + 24, name)
      at += 24 + name.length
    })
    call.memory.setU32(bufused, at - buf)
    call.skip()
  } },
  fd_read: { when: ours, do(call) {
    const state = open.get(call.args.fd)!
    if (state.file < 0) return call.fail(EISDIR)
    const { buf, buf_len } = call.args.iovs[0] // read(2) may fill less than all buffers
    const piece = files[state.file].text.slice(state.at, state.at + buf_len)
    state.at += piece.length
    call.memory.write(buf, piece)
    call.memory.setU32(call.args.nread, piece.length)
    call.skip()
  } },
  fd_close: { when: ours, do: (call) => (open.delete(call.args.fd), call.skip()) },
})
