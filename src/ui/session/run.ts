import { app } from '../state/store.ts'
import type { FromMachine } from '../../engine/protocol.ts'
import type { Recipe } from '../../engine/recipe.ts'
import { EventKind } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { fetchAsset } from './asset.ts'
import { startMachine, type Machine } from './frame.ts'
import { loadManifest, missingProgram } from './manifest.ts'
import { recipeOf } from './recipe-of.ts'

/** While it runs the machine says that it is alive several times a second; five seconds of nothing is silence. */
const SILENCE = 5000
/** A large module is rewritten and compiled in one go. */
const LOADING = 60_000

interface Current {
  readonly machine: Machine
  readonly modules: Readonly<Record<string, Uint8Array>>
  /** The second run of a recipe whose first run fell silent: it tells every step, to show where that was. */
  readonly search: boolean
  /** The script's line that was told last. */
  line: number
  /** Where the cursor goes when there is something to see. */
  readonly cursor: number
  /** The digest that the sender of a link saw, or its beginning. */
  readonly digest: string | undefined
  watchdog: ReturnType<typeof setTimeout> | undefined
  /** The last seq that was put under the cursor by us: while it stands there, it follows. */
  followed: number
}

let current: Current | undefined
/** Counts attempts: what is still being fetched for an older one is dropped when it arrives. */
let attempt = 0

const end = (): void => {
  if (current === undefined) return
  clearTimeout(current.watchdog)
  current.machine.dispose()
  current = undefined
}

/** Lower-case hex of the SHA-256 of some bytes. */
const sha256 = async (bytes: ArrayBuffer): Promise<string> =>
  Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('')

const modules = new Map<string, Uint8Array>()

/** The bytes of a module, which are what their name says or nothing. */
const fetchModule = async (hash: string): Promise<Uint8Array> => {
  const kept = modules.get(hash)
  if (kept !== undefined) return kept
  const bytes = await (await fetchAsset(`guests/${hash}.wasm`)).arrayBuffer()
  if ((await sha256(bytes)) !== hash) throw new Error(`The server sent other bytes than guests/${hash}.wasm should have.`)
  const module = new Uint8Array(bytes)
  modules.set(hash, module)
  return module
}

/** Where to look in a run that nobody has looked at yet: at its first call. */
const firstCall = (trace: Trace): number => {
  const { kind } = trace.events.columns
  for (let i = 0; i < trace.length; i++) if (kind[i] === EventKind.entry || kind[i] === EventKind.call) return i + 1
  return Math.min(1, trace.length)
}

/** Puts the cursor where this run wants it, unless a person has put it elsewhere. */
const follow = (run: Current, last: boolean): void => {
  const { cursor, traceLength, trace, moveTo } = app.getState()
  if (cursor !== run.followed || traceLength === 0) return
  const wanted = last ? traceLength : run.cursor > 0 ? run.cursor : firstCall(trace)
  if (wanted <= traceLength || last) moveTo(wanted)
  run.followed = app.getState().cursor
}

/**
 * Nothing was heard for five seconds: a regular expression, a sort, a step that no tick reaches. The worker cannot be
 * asked any more, so it is ended, and the recipe is run again up to there, told step by step: a run is a function of
 * its recipe, so the second one falls silent at the same line.
 */
const onSilence = (run: Current): void => {
  if (run !== current) return
  const { recipe, traceLength, beginRun } = app.getState()
  const { cursor, digest, modules, line, search } = run
  end()
  if (!search && recipe !== undefined) {
    const reached = traceLength
    beginRun(recipe)
    begin({ recipe, modules, cursor, digest, eager: reached, search: true })
    return
  }
  app.getState().failRun({
    kind: 'endless',
    title: 'The script does not come back',
    ...(line > 0 ? { line } : {}),
    cause: `${line > 0 ? `Line ${line}` : 'One step'} takes longer than five seconds, and nothing can interrupt it: a regular expression, a sort, or an array that is far too large.`,
    cure: 'Make that step smaller. The script and everything up to here are kept.',
  })
}

const listen = (run: Current, message: FromMachine): void => {
  if (run !== current) return
  clearTimeout(run.watchdog)
  const state = app.getState()
  state.receive(message)
  if (message.type === 'alive') run.line = message.line
  switch (message.type) {
    case 'chunk':
      follow(run, false)
      break
    case 'waiting':
      follow(run, true)
      return // Silence is what waiting for a person sounds like.
    case 'ended': {
      follow(run, message.end.kind === 'failed')
      compareDigest(run, message.digest)
      end()
      return
    }
    default:
  }
  run.watchdog = setTimeout(() => onSilence(run), message.type === 'progress' && message.what !== 'running' ? LOADING : SILENCE)
}

/** The sandbox could not be started, or its worker died without a word of its own. */
const broke = (run: Current, why: string): void => {
  if (run !== current) return
  end()
  app.getState().failRun({
    kind: 'machine',
    title: 'The machine broke',
    cause: why,
    cure: 'Run again. If it happens again, this is a mistake in Skipcall; the script is kept.',
  })
}

const compareDigest = ({ digest: sent }: Current, digest: string): void => {
  if (sent === undefined || digest.startsWith(sent)) return
  app.getState().arrange({
    notice: {
      tone: 'warn',
      cause: `This run is not the sender’s: its digest begins ${digest.slice(0, 8)}, theirs ${sent.slice(0, 8)}.`,
      cure: 'One of you has another version of Skipcall. Reload the page, and ask the sender to do the same.',
    },
  })
}

interface RunOptions {
  /** What to run; the document unless told. */
  readonly recipe?: Recipe
  readonly cursor?: number
  readonly digest?: string
}

/** Starts a run. The run before it is ended; whatever cannot be fetched becomes the run's failure. */
export const startRun = async (options: RunOptions = {}): Promise<void> => {
  end()
  const mine = ++attempt
  const before = app.getState()
  try {
    const manifest = await loadManifest()
    const recipe = options.recipe ?? recipeOf(before, manifest)
    const missing = missingProgram(recipe, manifest)
    if (missing !== undefined) throw new Error(`This page has no module for the guest ${missing} with that hash.`)
    if (mine !== attempt) return
    // The same document run again is looked at where it was looked at.
    const again = options.recipe === undefined && before.recipe?.programs[0]?.name === recipe.programs[0]?.name
    app.getState().beginRun(recipe)
    const fetched = await Promise.all(recipe.programs.map(async ({ hash }) => [hash, await fetchModule(hash)] as const))
    if (mine !== attempt) return
    begin({
      recipe, modules: Object.fromEntries(fetched), cursor: options.cursor ?? (again ? before.cursor : 0), digest: options.digest,
      eager: -1, search: false,
    })
  } catch (error) {
    if (mine !== attempt) return
    app.getState().failRun({
      kind: 'machine',
      title: 'The run could not begin',
      cause: error instanceof Error ? error.message : String(error),
      cure: 'Reload the page; the script is kept.',
    })
  }
}

interface Beginning extends Pick<Current, 'modules' | 'cursor' | 'digest' | 'search'> {
  readonly recipe: Recipe
  readonly eager: number
}

/** Starts a machine for a recipe whose modules are here. */
const begin = ({ recipe, eager, ...rest }: Beginning): void => {
  const run: Current = {
    ...rest,
    machine: startMachine((message) => listen(run, message), (why) => broke(run, why)),
    watchdog: undefined,
    followed: 0,
    line: 0,
  }
  current = run
  run.watchdog = setTimeout(() => onSilence(run), LOADING) // Its first words take longer: it has a file to fetch.
  run.machine.send({ type: 'run', recipe, modules: rest.modules, eager })
}

/** Asks the machine to stop where it can; the place becomes part of the recipe. */
export const stopRun = (): void => {
  if (current !== undefined) {
    current.machine.send({ type: 'stop' })
    return
  }
  attempt++ // Still fetching: what arrives is dropped.
  app.getState().failRun({
    kind: 'machine',
    title: 'Stopped before it began',
    cause: 'The guest was still on its way from the server.',
    cure: 'Press Run to try again.',
  })
}

/** A line typed at the terminal of the run. */
export const typeInput = (text: string): void => current?.machine.send({ type: 'input', text })

/** ^D at the terminal of the run. */
export const endOfInput = (): void => current?.machine.send({ type: 'end-of-input' })
