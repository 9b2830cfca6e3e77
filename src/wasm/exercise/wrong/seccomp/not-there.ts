// fails: refused: says ENOENT
import { PTRACE_O_TRACESECCOMP, PTRACE_SYSCALL, spawn, trace } from 'ptrace'

for await (const stop of trace(spawn(), { mode: 'signals', options: PTRACE_O_TRACESECCOMP })) {
  if (stop.kind === 'seccomp') {
    const { path } = stop.call.args
    if (path.startsWith('home/private/')) {
      console.log(`${path}: refused`)
      stop.fail('ENOENT')
    } else {
      stop.resume(PTRACE_SYSCALL)
    }
  }
  if (stop.kind === 'syscall-exit') {
    const { args, error, out } = stop.call
    console.log(`${args.path}: ${error ?? `descriptor ${out.opened_fd}`}`)
  }
}

// reply order: entry stop, seccomp stop, exit stop
// reply alone: ENOSYS
