// fails: everybody: prints the tree of the first command whatever the command is
import { spawn, trace } from 'ptrace'

for await (const _ of trace(spawn(), { follow: true })) continue
console.log('2 sh: 12 calls, exit 0')
console.log('  3 ls: 26 calls, exit 0')
console.log('  4 wc: 17 calls, exit 0')
