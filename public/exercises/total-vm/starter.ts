// A kernel, as far as it goes: it knows where the root directory is, and not one call more.
// Whatever it does not know is ENOSYS. Find out what cat needs, and give it that.

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
/** What is open: the text of the file, and how far it is read. 0 is what somebody typed. */
const descriptors = new Map([[0, { text: KEYBOARD, at: 0 }]])

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
    case 'path_open':
      return FILES[`/${args.path}`] === undefined ? ENOENT : ENOSYS // if it is there: what then?
    case 'fd_close':
      return descriptors.delete(args.fd) ? 0 : EBADF
    default:
      console.log('What is', name)
      return ENOSYS
  }
}

let emulated = false
for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-exit' && stop.call.name === 'args_get') emulated = true
  if (!emulated) continue
  if (stop.kind === 'syscall-entry') stop.result = answer(stop)
  if (stop.kind === 'syscall-entry' || stop.kind === 'syscall-exit') stop.resume(PTRACE_SYSEMU)
}
console.log(screen)
