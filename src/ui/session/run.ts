import { app } from '../state/store.ts'
import type { FromMachine, ToMachine } from '../../engine/protocol.ts'
import { standingAt } from '../../engine/decision/effect.ts'
import type { Recording } from '../../engine/link/recording.ts'
import type { Decision, Recipe } from '../../engine/recipe.ts'
import { EventKind } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { startMachine, type Machine } from './frame.ts'
import type { ChunkMessage } from '../state/run.ts'
import { loadManifest } from './manifest.ts'
import { moduleOf } from './modules.ts'
import { recipeOf } from './recipe-of.ts'
import { loadWasmer, loadWasmerLater, wasmerHere } from './wasmer.ts'

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
  /** The event that a link's sender looked at, or 0. */
  readonly asked: number
  watchdog: ReturnType<typeof setTimeout> | undefined
  /** The last seq that was put under the cursor by us: while it stands there, it follows. */
  followed: number
  /** A person has decided something in it. */
  decided: boolean
  /** It has ended, and stays to be asked about its files until the next run. */
  over: boolean
}

let current: Current | undefined
/** Counts attempts: what is still being fetched for an older one is dropped when it arrives. */
let attempt = 0

type Answer = Extract<FromMachine, { type: 'listing' | 'file' | 'sight' | 'steps' | 'writer' | 'walk' }>
/** Who waits for an answer about files or the past; the machine answers in order. */
const askers: ((answer: Answer | undefined) => void)[] = []

const end = (): void => {
  for (const take of askers.splice(0)) take(undefined)
  if (current === undefined) return
  takeHeld(current)
  clearTimeout(current.watchdog)
  current.machine.dispose()
  current = undefined
}

/** Where to look in a run that nobody has looked at yet: at its first call. */
const firstCall = (trace: Trace): number => {
  const { kind } = trace.events.columns
  for (let i = 0; i < trace.length; i++) if (kind[i] === EventKind.entry || kind[i] === EventKind.call) return i + 1
  return Math.min(1, trace.length)
}

/** Puts the cursor where this run wants it, unless a person has put it elsewhere. */
const follow = (run: Current, present?: number): void => {
  const { cursor, traceLength, trace, moveTo } = app.getState()
  if (cursor !== run.followed || traceLength === 0) return
  // What is not there yet is followed: the cursor goes along until it comes.
  moveTo(present ?? (run.cursor > 0 ? run.cursor : firstCall(trace)))
  run.followed = app.getState().cursor
}

/**
 * Nothing was heard for five seconds: a regular expression, a sort, a step that no tick reaches. The worker cannot be
 * asked any more, so it is ended, and the recipe is run again up to there, told step by step: a run is a function of
 * its recipe, so the second one falls silent at the same line.
 */
const onSilence = (run: Current): void => {
  if (run !== current) return
  takeHeld(run)
  const { recipe, traceLength, beginRun } = app.getState()
  const { cursor, asked, modules, line, search } = run
  end()
  if (!search && recipe !== undefined) {
    const reached = traceLength
    beginRun(recipe)
    begin({ recipe, modules, cursor, asked, eager: reached, search: true })
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

/** The machine waits at a stop: that is where to look, or at first where the link's sender looked. */
const awaitDecision = (run: Current, seq: number): void => {
  const { trace, judge } = app.getState()
  const stop = standingAt(trace, seq)
  if (stop !== undefined) judge(stop.kind)
  follow(run, run.decided || run.cursor === 0 ? seq : Math.min(run.cursor, seq))
}

/** Pieces of the trace come faster than pictures are drawn: what has come since the last one is taken at once. */
let held: ChunkMessage[] = []
let picture = 0

const hold = (run: Current, message: ChunkMessage): void => {
  held.push(message)
  if (document.hidden) takeHeld(run)
  else if (held.length === 1) picture = requestAnimationFrame(() => takeHeld(run))
}

/** Before any other message: whoever reads it finds the trace as it was when it was sent. */
const takeHeld = (run: Current): void => {
  cancelAnimationFrame(picture)
  const chunks = held
  held = []
  if (chunks.length === 0 || run !== current) return
  app.getState().grow(chunks)
  follow(run)
}

const listen = (run: Current, message: FromMachine): void => {
  if (run !== current) return
  clearTimeout(run.watchdog)
  const state = app.getState()
  if (message.type === 'chunk') hold(run, message)
  else {
    takeHeld(run)
    state.receive(message)
  }
  if (message.type === 'alive') run.line = message.line
  switch (message.type) {
    case 'waiting':
      if (message.for === 'decision') awaitDecision(run, message.seq)
      else follow(run, state.traceLength)
      return // Silence is what waiting for a person sounds like.
    case 'ended': {
      state.judge('none')
      const { traceLength } = app.getState()
      const last = message.end.kind === 'failed' || run.decided || run.cursor > traceLength
      follow(run, last ? traceLength : undefined)
      run.over = true
      if (message.end.kind !== 'failed') tellCursorBeyond(run)
      return
    }
    case 'listing':
    case 'file':
    case 'sight':
    case 'steps':
    case 'writer':
    case 'walk':
      askers.shift()?.(message)
      return
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

/** A link's cursor may point beyond the end: its run was another one, or somebody wrote the link by hand. */
const tellCursorBeyond = ({ asked }: Current): void => {
  const { traceLength, arrange } = app.getState()
  if (asked <= traceLength) return
  arrange({
    notice: {
      tone: 'warn',
      cause: `The cursor of this link is at event ${asked.toLocaleString('en')}, and this run has only ${traceLength.toLocaleString('en')}.`,
      cure: 'The last event is shown instead. If the sender saw more, one of you has another version of Skipcall: reload the page.',
    },
  })
}

interface RunOptions {
  /** What to run; the document unless told. */
  readonly recipe?: Recipe
  readonly cursor?: number
}

/** Shows a run that is over; the one that is shown, and its machine, are put away. */
export const showFinished = (recording: Recording): void => {
  attempt++ // What is still being fetched for another one is dropped.
  end()
  app.getState().showRecording(recording)
}

/** Puts the run that is shown away, and its machine: something that was recorded elsewhere takes its place. */
export const putAway = (): void => {
  attempt++ // What is still being fetched is dropped when it arrives.
  end()
}

/** Starts a run. The run before it is ended; whatever cannot be fetched becomes the run's failure. */
export const startRun = async (options: RunOptions = {}): Promise<void> => {
  end()
  const mine = ++attempt
  const before = app.getState()
  try {
    const manifest = await loadManifest()
    const recipe = options.recipe ?? recipeOf(before, manifest, before.yours)
    if (mine !== attempt) return
    // The same document run again is looked at where it was looked at.
    const again = options.recipe === undefined && recipe.hand === undefined && before.recipe?.programs[0]?.name === recipe.programs[0]?.name
    app.getState().beginRun(recipe)
    const fetched = await Promise.all(recipe.programs.map(async (program) => [program.hash, await moduleOf(program, manifest)] as const))
    if (recipe.host === 'wasmer') await loadWasmer()
    if (mine !== attempt) return
    begin({
      recipe, modules: Object.fromEntries(fetched), cursor: options.cursor ?? (again ? before.cursor : 0), asked: options.cursor ?? 0,
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

interface Beginning extends Pick<Current, 'modules' | 'cursor' | 'asked' | 'search'> {
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
    decided: false,
    over: false,
    line: 0,
  }
  current = run
  run.watchdog = setTimeout(() => onSilence(run), LOADING) // Its first words take longer: it has a file to fetch.
  const wasmer = wasmerHere()
  run.machine.send({ type: 'run', recipe, modules: rest.modules, eager, ...(wasmer === undefined ? {} : { wasmer }) })
  loadWasmerLater()
}

/** Asks the machine to stop where it can; the place becomes part of the recipe. */
export const stopRun = (): void => {
  const { phase, failRun } = app.getState()
  if (phase === 'running' || phase === 'waiting') {
    current?.machine.send({ type: 'stop' })
    return
  }
  if (phase !== 'loading') return
  attempt++ // Still fetching: what arrives is dropped. Still rewriting: nobody would hear it say stop.
  end()
  failRun({ kind: 'machine', title: 'Stopped before it began', cause: 'The guest was still being loaded.', cure: 'Press Run to try again.' })
}

/** A guest is being made again, and the machine hears nothing until it is: ends it. The trace stays as far as it came. */
export const giveUpRebuilding = (): void => {
  end()
  app.getState().failRun({
    kind: 'machine',
    title: 'Ended while a guest was made again',
    cause: 'A fork, or a step, makes a guest again from what it has done, which takes as long as that did.',
    cure: 'Let it fork, or step it, before it has computed much.',
  })
}

/** By hand: what becomes of the stop that waits. */
export const sendDecision = (decision: Decision): void => {
  const run = current
  if (run === undefined || app.getState().decisionAt === undefined) return
  run.decided = true
  run.watchdog = setTimeout(() => onSilence(run), SILENCE)
  app.getState().carried()
  run.machine.send({ type: 'decide', decision })
}

/** A line typed at the terminal of the run. */
export const typeInput = (text: string): void => current?.machine.send({ type: 'input', text })

/** ^D at the terminal of the run. */
export const endOfInput = (): void => current?.machine.send({ type: 'end-of-input' })

/** May the machine of the run be asked about its files, and its past? Otherwise it runs, or there is none (any more). */
export const canAsk = (): boolean => current !== undefined && (current.over || app.getState().phase === 'waiting')

/** Asks the machine; undefined where it cannot be asked. */
export const ask = (question: Extract<ToMachine, { type: 'list-files' | 'read-file' | 'look' | 'list-steps' | 'who-wrote' | 'walk-path' }>): Promise<Answer | undefined> =>
  new Promise((resolve) => {
    if (current === undefined || !canAsk()) return resolve(undefined)
    askers.push(resolve)
    current.machine.send(question)
  })
