import type { Course, Exercise } from '../../engine/exercise/exercise.ts'
import { readCourse, readExercise } from '../../engine/exercise/form.ts'
import type { Read } from '../../engine/link/problem.ts'
import { fetchAsset } from '../session/asset.ts'

const valueOf = <T>(read: Read<T>): T => {
  if (read.ok) return read.value
  throw new Error(`${read.problem.cause} ${read.problem.cure}`)
}

const loaded = new Map<string, Promise<Exercise>>()

const fetchExercise = async (id: string): Promise<Exercise> => {
  const beside = async (name: string): Promise<string> => (await fetchAsset(`exercises/${id}/${name}`)).text()
  const [told, text, starter, solution] = await Promise.all([
    beside('exercise.json'), beside('text.md'), beside('starter.ts'), beside('solution.ts'),
  ])
  return valueOf(readExercise({ ...(JSON.parse(told) as object), text, starter, solution }))
}

/** An exercise of the course. Throws an Error with a sentence; the next call tries again. */
export const loadExercise = (id: string): Promise<Exercise> => {
  const known = loaded.get(id)
  if (known !== undefined) return known
  const loading = fetchExercise(id)
  loaded.set(id, loading)
  loading.catch(() => loaded.delete(id))
  return loading
}

/** An exercise as a list shows it. */
export interface Listed {
  readonly id: string
  readonly title: string
  readonly summary: string
}
export interface ListedPart {
  readonly title: string
  readonly exercises: readonly Listed[]
}

let course: Promise<readonly ListedPart[]> | undefined

const fetchCourse = async (): Promise<readonly ListedPart[]> => {
  const told: Course = valueOf(readCourse(await (await fetchAsset('exercises/index.json')).json()))
  return Promise.all(told.parts.map(async ({ title, exercises }) => {
    // One that cannot be had leaves the others where they are.
    const loaded = await Promise.allSettled(exercises.map(loadExercise))
    return { title, exercises: loaded.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])) }
  }))
}

/** The course with its exercises' titles. Fetched once; after a failure the next call tries again. */
export const loadCourse = (): Promise<readonly ListedPart[]> => {
  course ??= fetchCourse()
  course.catch(() => {
    course = undefined
  })
  return course
}

/** The exercises before and after one, in the course's order. */
export const neighboursOf = (parts: readonly ListedPart[], id: string): { readonly before: Listed | undefined; readonly after: Listed | undefined } => {
  const all = parts.flatMap(({ exercises }) => exercises)
  const at = all.findIndex((one) => one.id === id)
  return at < 0 ? { before: undefined, after: undefined } : { before: all[at - 1], after: all[at + 1] }
}
