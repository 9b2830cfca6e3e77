import type { Exercise } from '../../engine/exercise/exercise.ts'
import { grade, PAGE_SECRET, type Verdict } from '../../engine/exercise/grade.ts'
import { comparedOf, runBeside } from '../exercise/compared.ts'
import { loadManifest } from '../session/manifest.ts'

/** What came of an exercise's own two scripts. */
export interface Tried {
  readonly solution: Verdict
  readonly starter: Verdict
}

/** The answers to questions that a script says in its comments: `// reply calls: 5`. */
export const repliesIn = (script: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...script.matchAll(/^\/\/ reply ([\w-]+): (.*)$/gm)].map(([, id = '', text = '']) => [id, text.trim()]))

/** Tries solution and starter on every case, the hidden ones too, as *Check my answer* would. */
export const tryOut = async (exercise: Exercise, progress: (done: number, of: number) => void): Promise<Tried> => {
  const { guests } = await loadManifest()
  const verdict = (script: string, half: 0 | 1): Promise<Verdict> =>
    grade(exercise, { script, replies: repliesIn(script) }, guests, runBeside, { secret: PAGE_SECRET, progress: (done, of) => progress(half * of + done, 2 * of) }, (one) => comparedOf(exercise, one))
  const solution = await verdict(exercise.solution, 0)
  return { solution, starter: await verdict(exercise.starter, 1) }
}

/** What a teacher should know of it, in a sentence, and whether it is as it should be. */
export const judged = ({ solution, starter }: Tried): readonly { readonly right: boolean; readonly sentence: string }[] => [
  solution.passed
    ? { right: true, sentence: 'The solution passes every check, on every case.' }
    : { right: false, sentence: 'The solution does not pass: students could not either.' },
  starter.passed
    ? { right: false, sentence: 'The starter passes as it is: there would be nothing to do.' }
    : { right: true, sentence: 'The starter does not pass yet.' },
  ...(starter.results[0]?.state === 'passed' ? [] : [{ right: false, sentence: 'The starter does not come to its end: a student would begin with an error.' }]),
]
