// fails: steps: guesses the function from the line that follows, and steps not at all
import { type Stop, spawn, trace } from 'ptrace'

let lock = 0
let locked = 0
let calls = 0
/** The number of the first call at whose entry the byte is another. */
let late = 0
let chore: string | undefined

for await (const stop of trace(spawn())) {
  if (stop.kind !== 'syscall-entry') continue
  calls++
  if (lock === 0) find(stop)
  else if (late === 0 && stop.memory.u8(lock) !== locked) [late, chore] = [calls, stop.call.args.iovs?.[0]?.text.split(' ')[1].replace(':', '')]
}

if (late === 0) console.log('nobody')
else console.log(`function: ${chore}`)

/** The address is in the first line that vault writes. */
function find({ call, memory }: Stop) {
  const [address] = call.args.iovs?.[0]?.text.match(/0x[0-9a-f]+/) ?? []
  if (address === undefined) return
  lock = Number(address)
  locked = memory.u8(lock)
}

