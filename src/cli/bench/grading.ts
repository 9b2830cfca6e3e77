import { deflateSync } from 'fflate'
import { toExerciseFragment } from '../../engine/exercise/link.ts'
import { GradingBrowser } from '../grade-browser.ts'
import { readPublished } from '../grade-exercise.ts'
import { readLinks } from '../grade-links.ts'
import { makeFigure, type Figure } from './figure.ts'

/** An exercise of writing, with hidden cases: what a class hands in. */
const EXERCISE = 'count'
const JOBS = 2
/** "500 links in a minute on two cores" (issue 6). */
const AIM = 500

/** How many answers the grader runs again in a minute, its start and the runs that all are compared with included. */
export const gradingFigures = async (links: number): Promise<readonly Figure[]> => {
  const exercise = readPublished(EXERCISE)
  const link = (i: number): string => {
    const answer = { script: `// student ${i}\n${exercise.solution}`, replies: {} }
    return `student ${i} https://example.org/${toExerciseFragment({ id: EXERCISE, answer }, (bytes) => deflateSync(bytes))}`
  }
  const submissions = readLinks(Array.from({ length: links }, (_, i) => link(i)).join('\n'))
  const begun = performance.now()
  const browser = await GradingBrowser.start()
  try {
    const graded = await browser.gradeAll(submissions, new Map([[EXERCISE, exercise]]), 'bench', JOBS, () => {})
    const minutes = (performance.now() - begun) / 60_000
    const failed = graded.filter(({ passed }) => !passed)
    if (failed.length > 0) throw new Error(`a right answer was rejected: ${failed[0]?.found ?? ''}`)
    return [makeFigure({ name: `seconds for ${AIM} links of ${EXERCISE}, measured with ${links}`, unit: 's', ours: (minutes * 60 * AIM) / links, aim: { below: 60 } })]
  } finally {
    await browser.close()
  }
}
