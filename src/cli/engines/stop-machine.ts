import fc from 'fast-check'
import { programs } from '../../wasm/conformance/program.ts'
import { drive, drives } from '../../wasm/conformance/stop-model.ts'
import { FAILED, PASSED, say, type Part } from './part.ts'

const RUNS = 10_000
/** "10,000 runs in under a minute" (issue 4); a machine may be slow, and shared. */
const SECONDS = 60

/** The seed: given to repeat a failure, or the time. */
const chooseSeed = (): number => {
  const given = Number(process.env['SEED'])
  return Number.isInteger(given) && given !== 0 ? given : Date.now() % 2 ** 31
}

/** Random requests, signals, forks, execs and kills against the model of stop-model.ts. */
export const stopMachine: Part = {
  name: 'the stop machine against its model',
  run: async () => {
    const { acts } = await programs('acts')
    const seed = chooseSeed()
    say(`${RUNS} runs, SEED=${seed}`)
    const [begun, before] = [performance.now(), process.cpuUsage()]
    try {
      await fc.assert(fc.asyncProperty(drives, async (given) => {
        const { end, left } = await drive(acts, given)
        if (end.kind !== 'exited' || left !== 0) throw new Error(`it ended as ${end.kind}, and ${left} tasks are left`)
      }), { numRuns: RUNS, seed })
    } catch (error) {
      say(error instanceof Error ? `${error.message}\n${error.cause instanceof Error ? error.cause.message : ''}` : String(error))
      return FAILED
    }
    const { user, system } = process.cpuUsage(before)
    const [wall, cpu] = [(performance.now() - begun) / 1000, (user + system) / 1e6]
    say(`${wall.toFixed(1)} s, ${cpu.toFixed(1)} s of computing`)
    if (wall <= SECONDS || cpu > wall * 0.8) return wall <= SECONDS ? PASSED : FAILED
    say(`More than ${SECONDS} s went by, but others used this machine: that says nothing.`)
    return PASSED
  },
}
