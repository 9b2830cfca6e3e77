import { readFileSync, statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { readCourse, readExercise } from '../engine/exercise/form.ts'
import type { Course, Exercise } from '../engine/exercise/exercise.ts'
import type { Read } from '../engine/link/problem.ts'

const published = new URL('../../public/exercises/', import.meta.url)

const json = (text: string, name: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
const valueOf = <T>(read: Read<T>, name: string): T => {
  if (read.ok) return read.value
  throw new Error(`${name}: ${read.problem.cause}`)
}

/** The exercise in a folder: exercise.json with the text, the starter and the solution that lie beside it. */
const readFolder = (folder: URL): Exercise => {
  const beside = (name: string): string => readFileSync(new URL(name, folder), 'utf8')
  const told = json(beside('exercise.json'), folder.pathname) as object
  const whole = { ...told, text: beside('text.md'), starter: beside('starter.ts'), solution: beside('solution.ts') }
  return valueOf(readExercise(whole), folder.pathname)
}

/** An exercise of the course. Throws an Error whose message says what is wrong with it. */
export const readPublished = (id: string): Exercise => readFolder(new URL(`${id}/`, published))

/** An exercise that somebody wrote: a folder, or a file that holds it whole. Throws likewise. */
export const readExerciseAt = (path: string): Exercise => {
  const url = pathToFileURL(path)
  if (statSync(url).isDirectory()) return readFolder(new URL(`${url.href}/`))
  return valueOf(readExercise(json(readFileSync(url, 'utf8'), path)), path)
}

/** The course that the page shows. */
export const readPublishedCourse = (): Course =>
  valueOf(readCourse(json(readFileSync(new URL('index.json', published), 'utf8'), 'index.json')), 'index.json')
