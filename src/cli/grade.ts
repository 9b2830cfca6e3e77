import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import type { Exercise } from '../engine/exercise/exercise.ts'
import { GradingBrowser } from './grade-browser.ts'
import { readExerciseAt, readPublished, readPublishedCourse } from './grade-exercise.ts'
import { readLinks, type Submission } from './grade-links.ts'
import { GradeUsageError, HELP, readGradeOptions, type GradeOptions } from './grade-options.ts'
import { csvOf, junitOf, lineOf, type Graded } from './grade-report.ts'

const readList = (path: string): string => {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8')
  } catch (error) {
    throw new GradeUsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

/** The exercises that the list needs, by id: those that were given, then those of the course. */
const exercisesFor = (submissions: readonly Submission[], given: readonly string[]): ReadonlyMap<string, Exercise> => {
  const exercises = new Map<string, Exercise>()
  for (const path of given) {
    try {
      const exercise = readExerciseAt(path)
      exercises.set(exercise.id, exercise)
    } catch (error) {
      throw new GradeUsageError(error instanceof Error ? error.message : String(error), { cause: error })
    }
  }
  const course = new Set(readPublishedCourse().parts.flatMap((part) => part.exercises))
  for (const { exercise } of submissions) if (course.has(exercise) && !exercises.has(exercise)) exercises.set(exercise, readPublished(exercise))
  return exercises
}

const write = (path: string | undefined, text: string): void => {
  if (path === '-') process.stdout.write(text)
  else if (path !== undefined) writeFileSync(path, text)
}

const gradeList = async ({ links, exercises: given, csv, junit, jobs, secret = randomBytes(9).toString('base64url') }: GradeOptions): Promise<number> => {
  const submissions = readLinks(readList(links))
  if (submissions.length === 0) throw new GradeUsageError(`There is no link in ${links}.`)
  const exercises = exercisesFor(submissions, given)
  // What a program reads alone is on the standard output.
  const say = csv === '-' || junit === '-' ? console.error : console.log
  const begun = performance.now()
  const browser = await GradingBrowser.start()
  let graded: readonly Graded[]
  try {
    graded = await browser.gradeAll(submissions, exercises, secret, jobs, (one) => say(lineOf(one)))
  } finally {
    await browser.close()
  }
  const seconds = (performance.now() - begun) / 1000
  write(csv, csvOf(graded))
  write(junit, junitOf(graded))
  const passed = graded.filter((one) => one.passed).length
  say(`${passed} of ${graded.length} passed, in ${seconds.toFixed(1)} s. Hidden cases drawn with --secret ${secret}`)
  return passed === graded.length ? 0 : 1
}

try {
  const options = readGradeOptions(process.argv.slice(2), process.env)
  if (options === undefined) console.log(HELP)
  else process.exitCode = await gradeList(options)
} catch (error) {
  if (!(error instanceof GradeUsageError)) throw error
  console.error(`${error.message}\n\n${HELP.split('\n')[0]}`)
  process.exitCode = 2
}
