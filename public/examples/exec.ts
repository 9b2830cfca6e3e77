// What survives an exec: the process does, its program does not.
//
// The shell forks; the child opens a file, makes it descriptor 1, and calls execve. At PTRACE_EVENT_EXEC
// the new program stands before its first instruction. Its pid, its parent, its descriptors and its tracer
// are what they were. Its memory is another one: what stood there is gone, wherever a pointer still leads.

import { type PtraceError, type Stop, spawn, trace } from "ptrace"

const shell = spawn("sh", { argv: ["-c", "hello > /home/said.txt; cat /home/said.txt"] })

/** Where the path of an execve stood, by pid. */
const paths = new Map<number, { addr: number; path: string }>()
const calls = new Map<number, number>()

for await (const stop of trace(shell, { follow: true })) {
  const { pid } = stop
  if (stop.kind === "syscall-entry") {
    calls.set(pid, (calls.get(pid) ?? 0) + 1)
    if (stop.call.name === "execve") beforeExec(stop)
    if (stop.call.name === "fd_write" && stop.task === "hello") console.log("   writes to the same descriptor 1: %j", stop.call.args.iovs[0].text)
  }
  if (stop.kind === "syscall-exit" && stop.call.name === "dup2") console.log("%d %s: %s", pid, stop.task, stop.line)
  if (stop.kind === "exec") afterExec(stop)
  if (stop.kind === "exited") console.log("%d %s has exited with %d\n", pid, stop.task, stop.code)
}

function beforeExec({ pid, call, task }: Stop) {
  const { path } = call.args
  paths.set(pid, { addr: call.raw.path, path })
  console.log("%d %s: execve(%j), after %d calls; the path stands at 0x%x", pid, task, path, calls.get(pid), call.raw.path)
}

function afterExec({ pid, task, memory, message, event }: Stop) {
  const { addr, path } = paths.get(pid)!
  console.log("%d %s: %s, the same pid and still traced; it was thread %d that called", pid, task, event, message)
  try {
    console.log("   at 0x%x there is %j now: it is another memory", addr, memory.readString(addr, path.length))
  } catch (error) {
    console.log("   at 0x%x there is nothing now: %s, it is another memory", addr, (error as PtraceError).code)
  }
}
