// The same with PTRACE_MULTI: a buffer is one request and the resume goes along with it. TAGS is what the resume at
// an entry stop carries: 0, or PTRACE_VM_SKIPEXIT, and then nobody stops for a result.

import {
  Int, PTRACE_GETREGS, PTRACE_MULTI, PTRACE_O_TRACESYSGOOD, PTRACE_PEEKCHARDATA, PTRACE_SETOPTIONS, PTRACE_SYSCALL, SIGTRAP,
  SYS_fd_pwrite, SYS_fd_write, SYS_path_create_directory, SYS_path_filestat_get, SYS_path_open, SYS_path_readlink,
  SYS_path_remove_directory, SYS_path_rename, SYS_path_unlink_file, WIFSTOPPED, WSTOPSIG, ptrace, ptrace_multi, spawn,
  user_regs_struct, waitpid,
} from "ptrace"

declare const TAGS: number

/** Which argument of a call is a path; its length follows. */
const PATHS: Record<number, number> = {
  [SYS_path_create_directory]: 1, [SYS_path_filestat_get]: 2, [SYS_path_open]: 2, [SYS_path_readlink]: 1,
  [SYS_path_remove_directory]: 1, [SYS_path_rename]: 1, [SYS_path_unlink_file]: 1,
}
/** A vector of requests may be no longer. */
const MOST = 1024

const pid = spawn()
const status = new Int()
await waitpid(pid, status, 0)
ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD)

const regs = new user_regs_struct()
const resume = (tags: number) => new ptrace_multi({ request: PTRACE_SYSCALL, addr: tags })
let isEntry = false
ptrace(PTRACE_SYSCALL, pid, 0, 0)
for (;;) {
  await waitpid(pid, status, 0)
  if (!WIFSTOPPED(status)) break
  if (WSTOPSIG(status) !== (SIGTRAP | 0x80)) {
    ptrace(PTRACE_SYSCALL, pid, 0, WSTOPSIG(status))
    continue
  }
  isEntry = TAGS !== 0 || !isEntry
  if (isEntry) {
    ptrace(PTRACE_GETREGS, pid, 0, regs)
    lookAndResume()
  } else {
    make([new ptrace_multi({ request: PTRACE_GETREGS, localaddr: regs }), resume(0)])
  }
}

function lookAndResume() {
  const { nr, args } = regs
  const path = PATHS[nr]
  if (path !== undefined) return make([peek(args[path], args[path + 1]), resume(TAGS)])
  if (nr !== SYS_fd_write && nr !== SYS_fd_pwrite) return ptrace(PTRACE_SYSCALL, pid, TAGS, 0)
  const vectors = new Uint8Array(8 * args[2])
  make([peek(args[1], vectors.length, vectors)])
  const words = new DataView(vectors.buffer)
  const wanted: ptrace_multi[] = []
  for (let at = 0; at < vectors.length; at += 8) wanted.push(peek(words.getUint32(at, true), words.getUint32(at + 4, true)))
  return make([...wanted, resume(TAGS)])
}

function peek(addr: number, length: number, localaddr = new Uint8Array(length)) {
  return new ptrace_multi({ request: PTRACE_PEEKCHARDATA, addr, localaddr, length })
}

function make(requests: ptrace_multi[]) {
  for (let at = 0; at < requests.length; at += MOST) {
    const some = requests.slice(at, at + MOST)
    ptrace(PTRACE_MULTI, pid, some, some.length)
  }
}
