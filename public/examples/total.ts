// A total virtual machine: the kernel runs no call of the guest, the tracer answers them all.
// User-Mode Linux works so, with PTRACE_SYSEMU: "continue and stop on entry to the next system
// call, which will not be executed". It decides about a call before it is known which.
//
// PTRACE_VM needs no such request: PTRACE_SYSCALL, and SKIPCALL in each entry stop. Here the same
// machine runs both ways; stops, results and output must be the same.

import { EBADF, ENOSYS, type Stop, spawn, trace } from "ptrace"

/** A world of one clock and one screen. Answers with the errno of the call. */
class World {
  screen = ""
  now = 1_000_000_000n

  answer({ call, memory }: Stop): number {
    const { fd, iovs, time, nwritten } = call.args
    switch (call.name) {
      case "clock_time_get":
        this.now += 250_000_000n
        memory.setU64(time, this.now)
        return 0
      case "fd_write": {
        if (fd !== 1 && fd !== 2) return EBADF
        for (const { text } of iovs) this.screen += text
        memory.setU32(nwritten, iovs.reduce((sum, vector) => sum + vector.buf_len, 0))
        return 0
      }
      case "fd_close":
        return fd <= 2 ? 0 : EBADF
      default:
        return ENOSYS
    }
  }
}

async function run(mode: "sysemu" | "syscall") {
  const world = new World()
  const log: string[] = []
  for await (const stop of trace(spawn("hello"), { mode })) {
    if (stop.kind !== "syscall-entry") continue
    const { name, raw } = stop.call
    if (name === "proc_exit") {
      log.push(`proc_exit(${raw.rval})`)
      stop.kill() // a call that does not return: the end of this world
      continue
    }
    const result = world.answer(stop)
    log.push(`${name} = ${result}`)
    if (mode === "sysemu") stop.result = result
    else stop.skip(result)
  }
  return { log, screen: world.screen }
}

const emulated = await run("sysemu")
const skipped = await run("syscall")
console.log("SYSEMU:  ", emulated)
console.log("SKIPCALL:", skipped)
console.log(JSON.stringify(emulated) === JSON.stringify(skipped) ? "The same." : "They differ!")
