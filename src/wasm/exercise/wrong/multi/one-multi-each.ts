// fails: budget: makes a vector for each line
import {
  Int, PTRACE_GETREGS, PTRACE_MULTI, PTRACE_O_TRACESYSGOOD, PTRACE_PEEKCHARDATA, PTRACE_POKECHARDATA, PTRACE_SETOPTIONS,
  PTRACE_SYSCALL, PTRACE_VM_SKIPEXIT, SYS_fd_write, WIFSTOPPED, ptrace, ptrace_multi, spawn, user_regs_struct, waitpid,
} from 'ptrace'

const pid = spawn()
const status = new Int()
const regs = new user_regs_struct()

await waitpid(pid, status, 0)
ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD)
ptrace(PTRACE_SYSCALL, pid, 0, 0)
for (;;) {
  await waitpid(pid, status, 0)
  if (!WIFSTOPPED(status)) break
  ptrace(PTRACE_GETREGS, pid, 0, regs)
  if (regs.nr === SYS_fd_write) capitaliseAndGoOn(regs.args[1], regs.args[2])
  else ptrace(PTRACE_SYSCALL, pid, PTRACE_VM_SKIPEXIT, 0)
}

function multi(...requests: ptrace_multi[]) {
  ptrace(PTRACE_MULTI, pid, requests, requests.length)
}

/** Changes small letters into capitals in all buffers, `count` pairs of address and length at `iovs`, and resumes. */
function capitaliseAndGoOn(iovs: number, count: number) {
  const table = new Uint32Array(2 * count)
  multi(new ptrace_multi({ request: PTRACE_PEEKCHARDATA, addr: iovs, localaddr: table, length: 8 * count }))

  const texts = Array.from({ length: count }, (_, i) => {
    const length = table[2 * i + 1]
    return { addr: table[2 * i], localaddr: new Uint8Array(length), length }
  })
  for (const text of texts) multi(new ptrace_multi({ request: PTRACE_PEEKCHARDATA, ...text }))

  for (const { localaddr } of texts) {
    localaddr.forEach((letter, i) => {
      if (letter >= 97 && letter <= 122) localaddr[i] = letter - 32
    })
  }
  multi(
    ...texts.map((text) => new ptrace_multi({ request: PTRACE_POKECHARDATA, ...text })),
    new ptrace_multi({ request: PTRACE_SYSCALL, addr: PTRACE_VM_SKIPEXIT }),
  )
}
