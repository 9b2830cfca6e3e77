// fails: function: prints what is right for the first order of chores
import { spawn, trace } from 'ptrace'

for await (const _ of trace(spawn())) continue
console.log('function: wind')
console.log('instruction: 0x2f7')
console.log('steps: 2301')
