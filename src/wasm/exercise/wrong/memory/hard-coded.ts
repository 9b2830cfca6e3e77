// fails: exact: prints the right lines of the first case
import { spawn, trace } from 'ptrace'

const lines = [
  'Ann: call 555-0142 today, and bring the café’s key', '! Ben has lost card 4417 1234',
  'Next meeting: 3 May, 17:30, room 12, “naïve” plans',
]

for await (const stop of trace(spawn())) if (stop.kind === 'exited') break
console.log('1: %j', lines.map((line) => `> ${line}\n`).join(''))
console.log('4: %j', lines.map((line) => `${line}\n`).join(''))
console.log('2: %j', 'scribe: 3 lines\n')
