// fails: multi: moves words of four bytes, as the starter does
import {
  Int, PTRACE_GETREGS, PTRACE_O_TRACESYSGOOD, PTRACE_PEEKDATA, PTRACE_POKEDATA, PTRACE_SETOPTIONS, PTRACE_SYSCALL,
  PTRACE_VM_SKIPEXIT, SYS_fd_write, WIFSTOPPED, ptrace, spawn, user_regs_struct, waitpid,
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
  if (regs.nr === SYS_fd_write) capitalise(regs.args[1], regs.args[2])
  ptrace(PTRACE_SYSCALL, pid, PTRACE_VM_SKIPEXIT, 0)
}

/** Changes small letters into capitals in all buffers: `count` pairs of address and length, at `iovs`. */
function capitalise(iovs: number, count: number) {
  for (let i = 0; i < count; i++) {
    const address = ptrace(PTRACE_PEEKDATA, pid, iovs + 8 * i, 0)
    const length = ptrace(PTRACE_PEEKDATA, pid, iovs + 8 * i + 4, 0)
    for (let at = 0; at < length; at += 4) {
      let word = ptrace(PTRACE_PEEKDATA, pid, address + at, 0)
      for (let k = 0; k < 4 && at + k < length; k++) {
        const letter = (word >> (8 * k)) & 0xff
        if (letter >= 97 && letter <= 122) word ^= 0x20 << (8 * k) // "a" and "A" differ in one bit
      }
      ptrace(PTRACE_POKEDATA, pid, address + at, word)
    }
  }
}
