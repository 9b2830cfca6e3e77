import { readdirSync, readFileSync } from 'node:fs'
import { runHeadless } from '../../cli/headless.ts'
import type { Answer, Case, Exercise } from '../../engine/exercise/exercise.ts'
import { comparedRuns, grade, type GuestTable, type RunRecipe, type Verdict } from '../../engine/exercise/grade.ts'
import type { Runs } from '../../engine/exercise/outcome.ts'
import type { GuestManifest } from '../guests/manifest.ts'

// Exercises in tests: run by the headless runner, which may trust scripts that are our own.

const at = (path: string): URL => new URL(`../../../public/${path}`, import.meta.url)

export const guests: GuestTable = (JSON.parse(readFileSync(at('guests/manifest.json'), 'utf8')) as GuestManifest).guests

const modules = new Map<string, Uint8Array>()
const moduleOf = (hash: string): Uint8Array => {
  const known = modules.get(hash) ?? new Uint8Array(readFileSync(at(`guests/${hash}.wasm`)))
  modules.set(hash, known)
  return known
}

export const run: RunRecipe = async (recipe, paths) => {
  const bytes = Object.fromEntries(recipe.programs.map(({ hash }) => [hash, moduleOf(hash)]))
  const { trace, end, counts, files } = await runHeadless(recipe, { modules: bytes })
  const kept = files.flatMap((file): (readonly [string, Uint8Array])[] =>
    paths.includes(file.path) && 'bytes' in file ? [[file.path, file.bytes]] : [])
  return { trace, end, counts, files: new Map(kept) }
}

/** A script with what its comments answer: lines `// reply ID: TEXT`. */
export const answerIn = (script: string): Answer => ({
  script,
  replies: Object.fromEntries([...script.matchAll(/^\/\/ reply ([\w-]+): (.*)$/gm)].map(([, id = '', text = '']) => [id, text])),
})

/** A grader of one exercise, which keeps the runs that answers are compared with. */
export const graderOf = (exercise: Exercise): ((answer: Answer, hasty?: boolean) => Promise<Verdict>) => {
  const kept = new Map<string, Promise<Omit<Runs, 'answer'>>>()
  const compared = (one: Case): Promise<Omit<Runs, 'answer'>> => {
    const key = JSON.stringify(one)
    const runs = kept.get(key) ?? comparedRuns(exercise, one, guests, run)
    kept.set(key, runs)
    return runs
  }
  return (answer, hasty = false) => grade(exercise, answer, guests, run, { secret: 'tests', hasty }, compared)
}

/** A mistake that students make, and the check that must notice it. */
export interface WrongAnswer {
  readonly name: string
  readonly check: string
  readonly answer: Answer
}

/** The wrong answers to an exercise: src/wasm/exercise/wrong/ID/*.ts. Throws for one that does not say what it fails. */
export const wrongAnswers = (id: string): readonly WrongAnswer[] => {
  const folder = new URL(`wrong/${id}/`, import.meta.url)
  return readdirSync(folder).filter((name) => name.endsWith('.ts')).toSorted().map((name) => {
    const script = readFileSync(new URL(name, folder), 'utf8')
    const [, check] = /^\/\/ fails: ([\w-]+): .+\n/.exec(script) ?? []
    if (check === undefined) throw new Error(`${id}/${name} does not begin with "// fails: CHECK: WHY"`)
    return { name, check, answer: answerIn(script.slice(script.indexOf('\n') + 1)) }
  })
}
