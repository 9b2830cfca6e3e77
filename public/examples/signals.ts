// Between the sender and the handler: a tracer sees each signal before the task does, and decides.
//
// The same program four times. Its third child kills itself with SIGTERM, its first one sleeps. A signal
// stops a tracee before it is delivered (signal-delivery-stop), and the number that the tracer passes on
// when it resumes is the one that arrives: the same, none, or another. One can arrive that nobody sent, too.

import { SIGCHLD, SIGHUP, SIGTERM, SIGUSR1, type Stop, spawn, strsignal, trace } from "ptrace"

/** What becomes of a SIGTERM, act by act. */
const acts: [string, (stop: Stop) => void][] = [
  ["As it is", () => {}],
  ["Swallowed: stop.suppress()", (stop) => stop.suppress()],
  ["Replaced: stop.deliver(SIGHUP)", (stop) => stop.deliver(SIGHUP)],
  ["Injected: a SIGUSR1 where the sleeper goes to sleep", () => {}],
]

for (const [act, [title, onTerm]] of acts.entries()) {
  console.log("%d. %s", act + 1, title)
  for await (const stop of trace(spawn("family"), { follow: true })) {
    // A signal given at a call is sent: it has a stop of its own at once.
    if (act === 3 && stop.kind === "syscall-entry" && stop.call.name === "nanosleep") stop.deliver(SIGUSR1)
    if (stop.kind !== "signal" || stop.signal === SIGCHLD) continue
    const { si_pid, si_code } = stop.info
    const from = si_code > 0 ? "from the kernel" : `sent by ${si_pid}`
    console.log("   %d is about to get %s, %s", stop.pid, strsignal(stop.signal!), from)
    if (stop.signal === SIGTERM) onTerm(stop)
  }
}
