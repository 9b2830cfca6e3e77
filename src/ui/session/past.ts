import type { Walk } from '../../engine/kernel/path-walk.ts'
import type { FileEntry, FromMachine, Look, Sight, ToMachine, Writer } from '../../engine/protocol.ts'
import type { Recipe } from '../../engine/recipe.ts'
import type { Seq } from '../../engine/trace/format.ts'
import { app } from '../state/store.ts'
import { startMachine, type Machine } from './frame.ts'
import { loadManifest } from './manifest.ts'
import { moduleOf } from './modules.ts'
import { ask, canAsk } from './run.ts'
import { loadWasmer, wasmerHere } from './wasmer.ts'

/** A machine that says nothing for so long, in milliseconds, is given up. */
const SILENCE = 60_000

type Question = Extract<ToMachine, { type: 'list-files' | 'read-file' | 'look' | 'list-steps' | 'who-wrote' | 'walk-path' }>
type Answer = Extract<FromMachine, { type: 'listing' | 'file' | 'sight' | 'steps' | 'writer' | 'walk' }>

/**
 * The machine that a recording has none of: it runs the recipe again, beside what is shown, for its past to be looked
 * at. One recipe, one machine, as long as that recipe is shown.
 */
interface Aside {
  readonly recipe: Recipe
  readonly machine: Promise<Machine>
  readonly askers: ((answer: Answer | undefined) => void)[]
  readonly end: () => void
}
let aside: Aside | undefined

/** A recording is shown as it was made; what it did not record is only to be had from the same run. */
const tellOther = (): void => app.getState().arrange({
  notice: {
    tone: 'warn',
    cause: 'This recording cannot be made again: run here, its recipe goes another way, so memory, stack and files of its past are not to be had.',
    cure: 'Another version of the engine made it. The events are shown as they were recorded.',
  },
})

const startAside = (recipe: Recipe): Aside => {
  const askers: Aside['askers'] = []
  let machine: Machine | undefined
  let watchdog: ReturnType<typeof setTimeout> | undefined
  let over = false
  const end = (): void => {
    over = true
    clearTimeout(watchdog)
    machine?.dispose()
    for (const take of askers.splice(0)) take(undefined)
    if (aside?.recipe === recipe) {
      aside = undefined
      app.getState().arrange({ remaking: undefined })
    }
  }
  const make = async (): Promise<Machine> => {
    const manifest = await loadManifest()
    const fetched = await Promise.all(recipe.programs.map(async (program) => [program.hash, await moduleOf(program, manifest)] as const))
    if (recipe.host === 'wasmer') await loadWasmer()
    if (over) throw new Error('Nobody waits for it any more.')
    return new Promise((resolve, reject) => {
      const listen = (message: FromMachine): void => {
        clearTimeout(watchdog)
        watchdog = setTimeout(end, SILENCE)
        switch (message.type) {
          case 'chunk':
            machine?.send({ type: 'taken', chunks: 1 })
            return
          case 'alive':
            app.getState().arrange({ remaking: message.events })
            return
          case 'waiting':
            machine?.send(message.for === 'input' ? { type: 'end-of-input' } : { type: 'stop' })
            return
          case 'ended':
            clearTimeout(watchdog)
            app.getState().arrange({ remaking: undefined })
            if (![undefined, message.digest].includes(app.getState().digest)) {
              tellOther()
              end()
              reject(new Error('It went another way.'))
              return
            }
            if (machine !== undefined) resolve(machine)
            return
          case 'listing':
          case 'file':
          case 'sight':
          case 'steps':
          case 'writer':
          case 'walk':
            clearTimeout(watchdog)
            askers.shift()?.(message)
            return
          default:
        }
      }
      app.getState().arrange({ remaking: 0 })
      machine = startMachine(listen, (why) => {
        end()
        reject(new Error(why))
      })
      watchdog = setTimeout(end, SILENCE)
      const wasmer = wasmerHere()
      machine.send({ type: 'run', recipe, modules: Object.fromEntries(fetched), eager: -1, ...(wasmer === undefined ? {} : { wasmer }) })
    })
  }
  return { recipe, machine: make(), askers, end }
}

// Another run is shown: nobody asks about that one any more.
app.subscribe((state) => {
  if (aside !== undefined && state.recipe !== aside.recipe) aside.end()
})

/** Ends the machine that looks into the past of a recording; the next question starts another. */
export const endPast = (): void => aside?.end()

const askAside = async (question: Question): Promise<Answer | undefined> => {
  const { recipe, phase } = app.getState()
  if (recipe === undefined || phase !== 'ended') return undefined
  aside ??= startAside(recipe)
  const { machine, askers } = aside
  try {
    const made = await machine
    return await new Promise((resolve) => {
      askers.push(resolve)
      made.send(question)
    })
  } catch {
    return undefined
  }
}

/** Asks the machine of the run that is shown; of a recording, another that runs its recipe again first. */
const askPast = (question: Question): Promise<Answer | undefined> => (canAsk() ? ask(question) : askAside(question))

/** The guest of an event as it was there; undefined while the run goes on, and where it could not be made again. */
export const lookAt = async (look: Look): Promise<Sight | undefined> => {
  const answer = await askPast({ type: 'look', look })
  return answer?.type === 'sight' ? answer.sight : undefined
}

/** The instructions that the guest of an event ran behind it: the `from`th, from 1, and those after it; or why they cannot be told. */
export const listSteps = async (seq: Seq, from: number, count: number): Promise<Extract<Answer, { type: 'steps' }>['steps'] | undefined> => {
  const answer = await askPast({ type: 'list-steps', seq, from, count })
  return answer?.type === 'steps' ? answer.steps : undefined
}

/** Who wrote these bytes of an event's guest last, up to it, or next, after it. Undefined as with `lookAt`. */
export const whoWrote = async (seq: Seq, addr: number, length: number, which: 'last' | 'next'): Promise<Writer | undefined> => {
  const answer = await askPast({ type: 'who-wrote', seq, addr, length, which })
  return answer?.type === 'writer' ? answer.writer : undefined
}

/** The way of a path, name by name, as it was when an event came. */
export const walkPath = async (seq: Seq, path: string): Promise<Walk | undefined> => {
  const answer = await askPast({ type: 'walk-path', seq, path })
  return answer?.type === 'walk' ? answer.walk : undefined
}

/** What is known of files at some moment. */
export interface Listing {
  readonly entries: readonly FileEntry[]
  readonly more: boolean
  /** The event after which they were so. */
  readonly at?: Seq
}

/**
 * The files as the run has left them, or as they are while it waits; with `at`, as they were at this event. Undefined if
 * they cannot be seen.
 */
export const listFiles = async (at?: Seq): Promise<Listing | undefined> => {
  // Only who asks for the past waits for a run of its own.
  const answer = at === undefined ? await ask({ type: 'list-files' }) : await askPast({ type: 'list-files', at })
  return answer?.type === 'listing' ? answer : undefined
}

/** The bytes of one of them. */
export const readFile = async (path: string, at?: Seq): Promise<Uint8Array | undefined> => {
  const answer = at === undefined ? await ask({ type: 'read-file', path }) : await askPast({ type: 'read-file', path, at })
  return answer?.type === 'file' ? answer.bytes : undefined
}
