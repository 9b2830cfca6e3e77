// fails: started: writes what the first case should show by a guest that it leaves alone
import { spawn } from 'ptrace'

console.log('Welcome to a machine that is not there.')
spawn(null, { trace: 'none' })
