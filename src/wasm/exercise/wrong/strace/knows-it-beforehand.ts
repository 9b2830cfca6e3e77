// fails: not-open: knows the path of 4 before it is open
import { type Stop, spawn, trace } from 'ptrace'

/** What is open, and by which path. A program of WASI starts with its root directory as descriptor 3. */
const paths = new Map([[3, '/'], [4, '/home']])

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-exit') {
    console.log(named(stop))
    follow(stop)
  }
  // A call that does not come back has its line at the entry.
  if (stop.kind === 'syscall-entry' && stop.call.name === 'proc_exit') console.log(named(stop))
}

/** The line of a call, with the path behind the descriptor that it is about. */
function named({ line, call }: Stop): string {
  const { fd } = call.args
  const path = paths.get(fd)
  return path === undefined ? line : line.replace(`(${fd}`, `(${fd}<${path}>`)
}

/** Keeps the list: a descriptor is given out by path_open, and its number is free again after fd_close. */
function follow({ call, memory }: Stop) {
  if (call.error !== undefined) return
  const { fd, path } = call.args
  if (call.name === 'fd_close') paths.delete(fd)
  if (call.name === 'path_open') {
    const parent = paths.get(fd) ?? '?'
    paths.set(memory.u32(call.raw.opened_fd), parent === '/' ? `/${path}` : `${parent}/${path}`)
  }
}
