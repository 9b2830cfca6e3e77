// fails: exit: kills egg instead of letting it wait
import { type Stop, spawn, trace } from 'ptrace'

// subscription and event of wasi_snapshot_preview1, as far as a single clock needs them.
const SUBSCRIPTION = { userdata: 0, timeout: 24 }
const EVENT = { userdata: 0, error: 8, type: 10 }
const CLOCK = 0

let slept = 0n

for await (const stop of trace(spawn())) {
  if (stop.kind === 'syscall-entry' && stop.call.name === 'poll_oneoff') wake(stop)
  if (stop.kind === 'syscall-exit' && stop.call.name === 'clock_time_get') {
    const { time } = stop.call.raw
    stop.memory.setU64(time, stop.memory.u64(time) + slept)
  }
}

/** Answers the call without making it: one event, “the time that you asked for is over”. */
function wake(stop: Stop) {
  const { memory } = stop
  const { in: subscription, out: event, nevents } = stop.call.raw
  slept += memory.u64(subscription + SUBSCRIPTION.timeout)
  memory.setU64(event + EVENT.userdata, memory.u64(subscription + SUBSCRIPTION.userdata))
  memory.setU16(event + EVENT.error, 0)
  memory.setU8(event + EVENT.type, CLOCK)
  memory.setU32(nevents, 1)
  stop.kill()
}
