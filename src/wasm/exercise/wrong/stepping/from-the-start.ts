// fails: steps: steps from the first call on
import { type Stop, spawn, trace } from 'ptrace'

let lock = 0
let locked = 0
let calls = 0
/** The number of the first call at whose entry the byte is another. */
let late = 0

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry') continue
  calls++
  if (lock === 0) find(stop)
  else if (late === 0 && stop.memory.u8(lock) !== locked) late = calls
}

if (late === 0) console.log('nobody')
else await stepTo(late)

/** The address is in the first line that vault writes. */
function find({ call, memory }: Stop) {
  const [address] = call.args.iovs?.[0]?.text.match(/0x[0-9a-f]+/) ?? []
  if (address === undefined) return
  lock = Number(address)
  locked = memory.u8(lock)
}

async function stepTo(end: number) {
  let entries = 0
  let steps = 0
  // A step stop stands before its instruction: what is found changed was done by the one that was next at the stop before.
  let next = { pc: 0, name: '?' }
  for await (const stop of trace(spawn())) {
    if (stop.kind === 'syscall-entry') entries++
    if (stop.kind === 'syscall-exit' && entries === 1) stop.step()
    if (stop.kind !== 'step') continue
    steps++
    if (stop.memory.u8(lock) !== locked) {
      console.log(`function: ${next.name}`)
      console.log(`instruction: 0x${next.pc.toString(16)}`)
      console.log(`steps: ${steps}`)
      entries = end // no more steps
      continue
    }
    next = { pc: stop.pc, name: stop.function ?? '?' }
    stop.step()
  }
}
