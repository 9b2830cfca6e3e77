// What a tracer of 2006 did: it looks at every call and at what the call is given, one word at a time,
// and stops twice for each.

import {
  Int, PTRACE_GETREGS, PTRACE_O_TRACESYSGOOD, PTRACE_PEEKDATA, PTRACE_SETOPTIONS, PTRACE_SYSCALL, SIGTRAP, SYS_fd_pwrite,
  SYS_fd_write, SYS_path_create_directory, SYS_path_filestat_get, SYS_path_open, SYS_path_readlink,
  SYS_path_remove_directory, SYS_path_rename, SYS_path_unlink_file, WIFSTOPPED, WSTOPSIG, ptrace, spawn, user_regs_struct,
  waitpid,
} from "ptrace"

/** Which argument of a call is a path; its length follows. */
const PATHS: Record<number, number> = {
  [SYS_path_create_directory]: 1, [SYS_path_filestat_get]: 2, [SYS_path_open]: 2, [SYS_path_readlink]: 1,
  [SYS_path_remove_directory]: 1, [SYS_path_rename]: 1, [SYS_path_unlink_file]: 1,
}

const pid = spawn()
const status = new Int()
await waitpid(pid, status, 0)
ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD)

const regs = new user_regs_struct()
let signal = 0
let isEntry = false
for (;;) {
  ptrace(PTRACE_SYSCALL, pid, 0, signal)
  await waitpid(pid, status, 0)
  if (!WIFSTOPPED(status)) break
  signal = WSTOPSIG(status)
  if (signal !== (SIGTRAP | 0x80)) continue
  signal = 0
  isEntry = !isEntry
  ptrace(PTRACE_GETREGS, pid, 0, regs)
  if (isEntry) look()
}

function look() {
  const { nr, args } = regs
  const path = PATHS[nr]
  if (path !== undefined) read(args[path], args[path + 1])
  if (nr !== SYS_fd_write && nr !== SYS_fd_pwrite) return
  for (let i = 0; i < args[2]; i++) {
    const [buf, length] = read(args[1] + 8 * i, 8)
    read(buf, length)
  }
}

/** PEEKDATA reads a word; so many bytes are so many requests. */
function read(addr: number, length: number): number[] {
  const words: number[] = []
  for (let at = 0; at < length; at += 4) words.push(ptrace(PTRACE_PEEKDATA, pid, addr + at, 0) >>> 0)
  return words
}
