// fails: not-run: prints the lines and lets lotto run untraced
import { spawn } from 'ptrace'

console.log('draw 1 at 20:00: 1 2 3 4 5 6')
console.log('draw 2 at 20:01: 7 8 9 10 11 12')
spawn(null, { trace: 'none' })
