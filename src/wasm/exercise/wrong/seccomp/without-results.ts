// fails: lines: lets the call run and never learns what came of it
import { PTRACE_O_TRACESECCOMP, spawn, trace } from 'ptrace'

for await (const stop of trace(spawn(), { mode: 'signals', options: PTRACE_O_TRACESECCOMP })) {
  if (stop.kind === 'seccomp') {
    const { path } = stop.call.args
    if (path.startsWith('home/private/')) {
      console.log(`${path}: refused`)
      stop.fail('EACCES')
    } else {
      console.log(`${path}: opened`)
    }
  }
  if (stop.kind === 'syscall-exit') {
    const { args, error, out } = stop.call
    console.log(`${args.path}: ${error ?? `descriptor ${out.opened_fd}`}`)
  }
}

// reply order: entry stop, seccomp stop, exit stop
// reply alone: ENOSYS
