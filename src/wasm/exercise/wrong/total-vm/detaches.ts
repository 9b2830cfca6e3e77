// fails: total: lets cat go when it has its arguments
import { EBADF, ENOENT, ENOSYS, PTRACE_SYSEMU, spawn, trace, type Stop } from 'ptrace'

const FILES: Readonly<Record<string, string>> = {
  '/etc/motd': 'Welcome to a machine that is not there.\n',
  '/etc/hostname': 'nowhere-in-particular\n',
  '/var/numbers.txt': Array.from({ length: 1500 }, (_, i) => `${i}\n`).join(''),
}
const KEYBOARD = 'typed by nobody\n'

const ROOT = 3
const DIRECTORY = 3
const ALL_RIGHTS = 0xffff_ffff_ffff_ffffn

let screen = ''
/** What is open, and how far it is read. 1 and 2 can be written to, and 0 is a file that somebody typed. */
const descriptors = new Map([[0, { text: KEYBOARD, at: 0 }]])

/** "The lowest-numbered file descriptor not currently open": open(2). */
function lowestFree(): number {
  let fd = ROOT + 1
  while (descriptors.has(fd)) fd++
  return fd
}

const bytesOf = (iovs: readonly { buf_len: number }[]) => iovs.reduce((sum, { buf_len }) => sum + buf_len, 0)

/** The kernel: does the call that stands at its entry, and answers with its errno. */
function answer({ call: { name, args, raw }, memory }: Stop): number {
  switch (name) {
    case 'fd_prestat_get': // is this descriptor a directory that was open before the start, and how long is its name?
      if (args.fd !== ROOT) return EBADF
      memory.setU32(args.buf, 0)
      memory.setU32(args.buf + 4, 1)
      return 0
    case 'fd_prestat_dir_name':
      memory.write(raw.path ?? 0, '/')
      return 0
    case 'fd_fdstat_get': // what is it, and what may be done with it and with what is opened from it?
      if (args.fd !== ROOT) return EBADF
      memory.setU64(args.stat, DIRECTORY)
      memory.setU64(args.stat + 8, ALL_RIGHTS)
      memory.setU64(args.stat + 16, ALL_RIGHTS)
      return 0
    case 'path_open': {
      const text = FILES[`/${args.path}`]
      if (text === undefined) return ENOENT
      const fd = lowestFree()
      descriptors.set(fd, { text, at: 0 })
      memory.setU32(args.opened_fd, fd)
      return 0
    }
    case 'fd_read': {
      const file = descriptors.get(args.fd)
      const room = args.iovs[0]
      if (file === undefined || room === undefined) return EBADF
      const piece = file.text.slice(file.at, file.at + room.buf_len)
      file.at += piece.length
      memory.write(room.buf, piece)
      memory.setU32(args.nread, piece.length)
      return 0
    }
    case 'fd_write':
      if (args.fd !== 1 && args.fd !== 2) return EBADF
      screen += args.iovs.map(({ text }) => text).join('')
      memory.setU32(args.nwritten, bytesOf(args.iovs))
      return 0
    case 'fd_close':
      return descriptors.delete(args.fd) ? 0 : EBADF
    default:
      return ENOSYS
  }
}

let emulated = false
for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-exit' && stop.call.name === 'args_get') emulated = true
  if (!emulated) continue
  stop.detach()
  continue
  if (stop.kind === 'syscall-entry') {
    if (stop.call.name === 'proc_exit') stop.kill()
    else {
      stop.result = answer(stop)
      stop.resume(PTRACE_SYSEMU)
    }
  } else if (stop.kind === 'syscall-exit') stop.resume(PTRACE_SYSEMU)
}
console.log(screen)
