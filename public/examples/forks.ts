// Follow the forks: a shell makes a pipeline of two children, and all three are traced, as by strace -f.
//
// With `follow` a child is a tracee from its first instruction on. At the parent's `fork` stop the child's
// pid is known; the program it becomes is known at its `exec`. What is left to see is who waits for whom:
// wc for the bytes of ls (a read from a pipe), and the shell for both (wait4).

import { spawn, trace } from "ptrace"

const name = new Map<number, string>()
const parent = new Map<number, number>()
const fate = new Map<number, string>()
/** A call that has begun and may have to wait; and what was said of it last. */
const waiting = new Map<number, string>()
const said = new Map<number, string>()

const shell = spawn("sh", { argv: ["-c", "ls /home | wc"] })
name.set(shell, "sh")
const who = (pid: number) => `${name.get(pid)} (${pid})`

for await (const stop of trace(shell, { follow: true })) {
  const { pid } = stop
  // Whoever stops while another one's call has not come back shows that this call waits.
  for (const [other, what] of waiting) {
    if (other === pid) continue
    if (said.get(other) !== what) console.log("%s waits: %s", who(other), what)
    said.set(other, what)
    waiting.delete(other)
  }
  waiting.delete(pid)
  if (stop.kind === "fork" && stop.child !== undefined) {
    parent.set(stop.child, pid)
    name.set(stop.child, name.get(pid) ?? "?")
    console.log("%s has a child, %d: still the same program", who(pid), stop.child)
  }
  if (stop.kind === "exec") {
    console.log("%s becomes %s", who(pid), stop.task)
    name.set(pid, stop.task)
  }
  if (stop.kind === "syscall-entry") {
    if (stop.call.name === "wait4") waiting.set(pid, `wait4, until ${children(pid).map(who).join(" or ")} has ended`)
    if (stop.task === "wc" && stop.call.name === "fd_read") waiting.set(pid, "fd_read, until there is something in the pipe")
  }
  if (stop.kind === "exited") fate.set(pid, `exited with ${stop.code}`)
  if (stop.kind === "killed") fate.set(pid, `killed by signal ${stop.signal}`)
}

console.log("")
tell(shell, "", "")

function children(pid: number): number[] {
  return [...parent].filter(([child, of]) => of === pid && !fate.has(child)).map(([child]) => child)
}

function tell(pid: number, before: string, below: string) {
  console.log("%s%s: %s", before, who(pid), fate.get(pid))
  const born = [...parent].filter(([, of]) => of === pid).map(([child]) => child)
  born.forEach((child, i) => {
    const last = i === born.length - 1
    tell(child, below + (last ? "└─ " : "├─ "), below + (last ? "   " : "│  "))
  })
}
