import type { Outcome } from '../../engine/exercise/outcome.ts'
import type { Failure } from '../../engine/protocol.ts'
import type { Recipe } from '../../engine/recipe.ts'
import { Trace } from '../../engine/trace/trace.ts'
import { startInSandbox } from './sandbox.ts'

/** A machine that says nothing for so long, in milliseconds, is in a step that no budget reaches. */
const SILENCE = 8000

const NO_COUNTS = { stops: 0, requests: 0, calls: 0, suspensions: 0, bytesPeeked: 0 }

const endless: Failure = {
  kind: 'endless', title: 'The script does not come back',
  cause: 'One step of it takes many seconds, and nothing can interrupt it: a regular expression, a sort, or an array that is far too large.',
  cure: 'Make that step smaller.',
}

/**
 * Runs a recipe to its end in a machine of its own, which nobody sees, and keeps the files at these paths. Who waits for
 * input is told that there is no more. Whatever goes wrong is the end of the run, for it is the student's to know.
 *
 * @param modules bytes of the programs by hash
 */
export const runAside = (recipe: Recipe, modules: Readonly<Record<string, Uint8Array>>, paths: readonly string[], wasmer?: string): Promise<Outcome> =>
  new Promise((resolve) => {
    const trace = new Trace()
    const files = new Map<string, Uint8Array>()
    let outcome: Outcome | undefined
    let left = paths.length
    let watchdog: ReturnType<typeof setTimeout> | undefined
    const settle = (ended: Outcome): void => {
      clearTimeout(watchdog)
      machine.dispose()
      resolve(ended)
    }
    const fail = (failure: Failure): void => settle({ trace, end: { kind: 'failed', failure }, counts: NO_COUNTS, files })
    const wait = (): void => {
      clearTimeout(watchdog)
      watchdog = setTimeout(() => fail(endless), SILENCE)
    }
    const machine = startInSandbox((message) => {
      wait()
      switch (message.type) {
        case 'chunk':
          trace.append(message.table, message.chunk)
          break
        case 'waiting':
          machine.send({ type: 'end-of-input' })
          break
        case 'ended':
          outcome = { trace, end: message.end, counts: message.counts, files }
          if (left === 0) settle(outcome)
          else for (const path of paths) machine.send({ type: 'read-file', path })
          break
        case 'file':
          if (message.bytes !== undefined) files.set(message.path, message.bytes)
          if (--left === 0 && outcome !== undefined) settle(outcome)
          break
        default:
      }
    }, (why) => fail({ kind: 'machine', title: 'The machine broke', cause: why, cure: 'Try again.' }))
    wait()
    machine.send({ type: 'run', recipe, modules, eager: -1, ...(wasmer === undefined ? {} : { wasmer }) })
  })
