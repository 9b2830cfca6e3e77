// fails: every-name: prints the lines of the first case
import { spawn, trace } from 'ptrace'

const lines = [
  'args_sizes_get', 'args_get', 'fd_prestat_get', 'fd_prestat_dir_name', 'fd_prestat_get', 'fd_fdstat_get', 'path_open',
  'fd_read', 'fd_write', 'fd_read', 'fd_close',
]

for await (const stop of trace(spawn())) if (stop.kind === 'exited') break
lines.forEach((name, i) => console.log('%s = %s', name, i === 4 ? 'EBADF' : 0))
