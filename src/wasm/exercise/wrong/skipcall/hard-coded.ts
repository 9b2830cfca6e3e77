// fails: started: prints two draws and lets lotto go its way
import { spawn } from 'ptrace'

console.log('draw 1 at 20:00: 7 44 33 35 21 18')
console.log('draw 2 at 20:00: 7 30 36 46 20 6')
spawn(null, { trace: 'none' })
