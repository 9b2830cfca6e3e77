import { filesOf, guestsNamedIn, programsOf, type BundledGuest } from '../bundle.ts'
import { DEFAULT_SEED, makeRecipe, type Recipe, type RecipeFile } from '../recipe.ts'
import { runsNamedIn } from './amount.ts'
import { evaluate, evaluateEnd } from './check.ts'
import { ENDS, type Check, type CheckResult } from './check-data.ts'
import { trialsOf, type Trial } from './draw.ts'
import { EXERCISE_BUDGET, type Answer, type Case, type Exercise } from './exercise.ts'
import type { Outcome, Runs } from './outcome.ts'

/** What the manifest says of a guest. */
export interface ExerciseGuest extends BundledGuest {
  readonly stdin?: string | undefined
  readonly tty?: boolean | undefined
}
export type GuestTable = Readonly<Record<string, ExerciseGuest>>

/** Runs a recipe to its end and keeps the files at these paths. */
export type RunRecipe = (recipe: Recipe, paths: readonly string[]) => Promise<Outcome>

/** A verdict on an answer. */
export interface Verdict {
  readonly passed: boolean
  /** One for each check, in the exercise's order; of those that fail, what the first case says that broke it. */
  readonly results: readonly TrialResult[]
}
export interface TrialResult extends CheckResult {
  /** The sentence of what was wanted. */
  readonly wanted: string
  /** The case that it failed on. */
  readonly trial?: Trial
}

export interface GradeOptions {
  /** What the hidden cases are drawn with; the grader's is its own. */
  readonly secret: string
  /** Leave out the cases that follow one that failed. */
  readonly hasty?: boolean
  /** Hears how far it is. */
  readonly progress?: (done: number, of: number) => void
}

/** The page draws with this: what a student sees is not what a grader with a secret of its own tries. */
export const PAGE_SECRET = 'skipcall'

export const WANTED_END = 'The run comes to its end.'

/** The files that an exercise's checks look at. */
export const pathsAskedBy = ({ checks }: Exercise): readonly string[] =>
  [...new Set(checks.flatMap((check) => (check.kind === 'file' || check.kind === 'no-file' ? [check.path] : [])))]

/** A case's files and, of those that the guests bring, the ones whose paths they leave free: as the page joins them. */
const joined = (own: readonly RecipeFile[], brought: readonly RecipeFile[]): readonly RecipeFile[] => {
  const taken = new Set(own.map(({ path }) => path))
  return [...brought.filter(({ path }) => !taken.has(path)), ...own]
}

/**
 * The recipe of a case. Throws if there is no such guest.
 *
 * @param script undefined: nobody traces, and every call is recorded
 */
export const caseRecipe = (exercise: Exercise, one: Case, script: string | undefined, guests: GuestTable): Recipe => {
  const { guest: name, guests: more = [], untraced = false, host } = exercise
  const guest = Object.hasOwn(guests, name) ? guests[name] : undefined
  if (guest === undefined) throw new Error(`there is no guest ${name}`)
  const named = `${script ?? ''}\n${more.map((other) => `'${other}'`).join(' ')}`
  const others = guestsNamedIn(named, guests, name)
  return makeRecipe({
    programs: [{ name, hash: guest.hash, argv: one.argv ?? guest.argv.slice(1) }, ...programsOf(others)],
    files: joined(one.files ?? [], filesOf([[name, guest], ...others])),
    stdin: one.stdin ?? guest.stdin ?? '',
    tty: one.tty ?? guest.tty ?? false,
    env: one.env ?? [],
    seed: one.seed ?? DEFAULT_SEED,
    untraced: script === undefined || untraced,
    budget: { ...EXERCISE_BUDGET, ...exercise.budget },
    ...(script === undefined ? {} : { script }),
    ...(host === 'wasmer' ? { host } : {}),
  })
}

const isAsked = (check: Check, place: number): boolean => place === 0 || (check.cases !== 'first' && check.kind !== 'question')

/** All checks on the runs of one case; `place` is its number from 0. While the run goes on, some are open. */
export const evaluateAll = ({ checks }: Exercise, runs: Runs, answer: Answer, place: number): readonly CheckResult[] => [
  evaluateEnd(runs.answer),
  ...checks.filter((check) => isAsked(check, place)).map((check) => evaluate(check, runs, answer)),
]

/** The runs that the checks compare an answer with, on one case. */
export const comparedRuns = async (
  exercise: Exercise, one: Case, guests: GuestTable, run: RunRecipe,
): Promise<Omit<Runs, 'answer'>> => {
  const names = runsNamedIn(exercise.checks)
  const paths = pathsAskedBy(exercise)
  const made: { plain?: Outcome; solution?: Outcome } = {}
  if (names.has('plain')) made.plain = await run(caseRecipe(exercise, one, undefined, guests), paths)
  if (names.has('solution')) made.solution = await run(caseRecipe(exercise, one, exercise.solution, guests), paths)
  return made
}

/**
 * Tries an answer on every case of its exercise, those that are shown first. Runs are functions of their recipes, and a
 * verdict is one of its arguments: the same anywhere, at any time.
 *
 * @param compared as `comparedRuns`; given when they are kept between answers
 */
export const grade = async (
  exercise: Exercise, answer: Answer, guests: GuestTable, run: RunRecipe, options: GradeOptions,
  compared: (one: Case) => Promise<Omit<Runs, 'answer'>> = (one) => comparedRuns(exercise, one, guests, run),
): Promise<Verdict> => {
  const wanted = new Map([[ENDS, WANTED_END], ...exercise.checks.map(({ id, wanted }) => [id, wanted] as const)])
  const results = new Map<string, TrialResult>()
  const paths = pathsAskedBy(exercise)
  const trials = trialsOf(exercise, options.secret)
  for (const [place, trial] of trials.entries()) {
    options.progress?.(place, trials.length)
    const outcome = await run(caseRecipe(exercise, trial.case, answer.script, guests), paths)
    const runs: Runs = { ...(await compared(trial.case)), answer: outcome }
    const found = evaluateAll(exercise, runs, answer, place)
    for (const result of found) {
      if (results.get(result.id)?.state === 'failed') continue
      results.set(result.id, { ...result, wanted: wanted.get(result.id) ?? '', ...(result.state === 'passed' ? {} : { trial }) })
    }
    if (options.hasty === true && found.some(({ state }) => state !== 'passed')) break
  }
  const all = [...wanted.keys()].flatMap((id) => results.get(id) ?? [])
  return { passed: all.every(({ state }) => state === 'passed'), results: all }
}

/** A verdict as a report shows it: of a case only its name. */
export interface PlainVerdict {
  readonly passed: boolean
  readonly results: readonly (CheckResult & { readonly wanted: string; readonly trial?: string })[]
}

export const plainVerdict = ({ passed, results }: Verdict): PlainVerdict => ({
  passed,
  results: results.map(({ trial, ...result }) => ({ ...result, ...(trial === undefined ? {} : { trial: trial.name }) })),
})
