// fails: output: passes no signal on, and nobody is ever killed
import * as api from 'ptrace'
import {
  ARCH_LINUX, Int, PTRACE_GETSIGINFO, PTRACE_O_TRACECLONE, PTRACE_O_TRACEFORK, PTRACE_O_TRACESYSGOOD, PTRACE_O_TRACEVFORK,
  PTRACE_PEEKUSER, PTRACE_SETOPTIONS, PTRACE_SYSCALL, SIGTRAP, WEXITSTATUS, WIFEXITED, WIFSIGNALED, WSTOPSIG, WTERMSIG,
  __WALL, ptrace, siginfo_t, spawn, strsignal, waitpid,
} from 'ptrace'

/** Offsets in struct user_regs_struct. */
const [ARCH, NR, ARG, RET] = [0, 4, 8, 80]

/** Both tables number their calls from 0: the names of one would be wrong for the other. */
const preview1 = /^SYS_((args|environ|fd|path|proc|sock)_|clock_(res|time)_get|poll_oneoff|random_get|sched_yield)/
const names = [new Map<number, string>(), new Map<number, string>()]
for (const [name, nr] of Object.entries(api)) {
  if (name.startsWith('SYS_')) names[preview1.test(name) ? 0 : 1].set(nr as number, name.slice(4))
}

const status = new Int()
/** The call that each task is in, as far as it is known. */
const begun = new Map<number, string>()
const born = new Set<number>()

const first = spawn()
await waitpid(first, status, 0)
born.add(first)
ptrace(PTRACE_SETOPTIONS, first, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE)
ptrace(PTRACE_SYSCALL, first, 0, 0)

for (;;) {
  const pid = await waitpid(-1, status, __WALL)
  if (pid < 0) break // ECHILD: nobody is left
  if (WIFEXITED(status)) end(pid, `exited with ${WEXITSTATUS(status)}`)
  else if (WIFSIGNALED(status)) end(pid, `killed by ${strsignal(WTERMSIG(status))}`)
  else ptrace(PTRACE_SYSCALL, pid, 0, look(pid))
}

/** What a stop is about; answers the signal that the task goes on with. */
function look(pid: number): number {
  const signal = WSTOPSIG(status)
  if (!born.has(pid)) {
    born.add(pid)
    return 0 // the SIGSTOP that a new tracee begins with is nobody's signal
  }
  if (signal === (SIGTRAP | 0x80)) call(pid)
  else if (status.value >> 16 === 0 && signal !== SIGTRAP) {
    // EINVAL: a group-stop, which is no signal to deliver.
    if (ptrace(PTRACE_GETSIGINFO, pid, 0, new siginfo_t()) < 0) return 0
    console.log(`[${pid}] --- ${strsignal(signal)} ---`)
    return 0
  }
  return 0
}

function call(pid: number) {
  const entry = begun.get(pid)
  if (entry === undefined) {
    const table = names[ptrace(PTRACE_PEEKUSER, pid, ARCH, 0) === ARCH_LINUX ? 1 : 0]
    const nr = ptrace(PTRACE_PEEKUSER, pid, NR, 0)
    begun.set(pid, `[${pid}] ${table.get(nr)}(${ptrace(PTRACE_PEEKUSER, pid, ARG, 0) | 0}, ...)`)
  } else {
    begun.delete(pid)
    console.log(`${entry} = ${ptrace(PTRACE_PEEKUSER, pid, RET, 0) | 0}`)
  }
}

function end(pid: number, how: string) {
  const entry = begun.get(pid)
  if (entry !== undefined) console.log(`${entry} = ?`)
  begun.delete(pid)
  console.log(`[${pid}] +++ ${how} +++`)
}
