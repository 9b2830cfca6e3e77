// A total virtual machine: nothing of the guest's runs, the tracer answers every call. It knows the answers from a run
// that it has watched, so that the guest goes the same way.
//
// With SYSEMU that was decided before the guest had called; with SKIPCALL (tag 6) it is in the stop.

import {
  Int, PTRACE_GETREGS, PTRACE_KILL, PTRACE_MULTI, PTRACE_O_TRACESYSGOOD, PTRACE_POKECHARDATA, PTRACE_SETOPTIONS,
  PTRACE_SETREGS, PTRACE_SYSCALL, PTRACE_SYSEMU, PTRACE_VM_MASK, SIGTRAP, WIFSTOPPED, WSTOPSIG, ptrace, ptrace_multi, spawn,
  user_regs_struct, waitpid,
} from "ptrace"

declare const SYSEMU: boolean
/** Call by call: the result, and what it leaves in memory, a character a byte. */
declare const ANSWERS: [result: number, ...written: [addr: number, bytes: string][]][]

const pid = spawn()
const status = new Int()
await waitpid(pid, status, 0)
ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD)

const request = SYSEMU ? PTRACE_SYSEMU : PTRACE_SYSCALL
const tags = SYSEMU ? 0 : PTRACE_VM_MASK
const regs = new user_regs_struct()
let calls = 0
ptrace(request, pid, 0, 0)
for (;;) {
  await waitpid(pid, status, 0)
  if (!WIFSTOPPED(status)) break
  if (WSTOPSIG(status) !== (SIGTRAP | 0x80)) {
    ptrace(request, pid, 0, WSTOPSIG(status))
    continue
  }
  const answer = ANSWERS[calls++]
  // The last call does not return: there is nothing to answer.
  if (answer === undefined) {
    ptrace(PTRACE_KILL, pid, 0, 0)
    continue
  }
  const [result, ...written] = answer
  ptrace(PTRACE_GETREGS, pid, 0, regs)
  regs.ret = result
  const requests = written.map(([addr, text]) => {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
    return new ptrace_multi({ request: PTRACE_POKECHARDATA, addr, localaddr: bytes, length: bytes.length })
  })
  requests.push(new ptrace_multi({ request: PTRACE_SETREGS, localaddr: regs }))
  requests.push(new ptrace_multi({ request, addr: tags }))
  ptrace(PTRACE_MULTI, pid, requests, requests.length)
}
