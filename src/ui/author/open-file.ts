import { readExercise } from '../../engine/exercise/form.ts'
import { isDraft, type Draft } from './draft.ts'
import { parseJson, lineOf } from './json-place.ts'

/** Larger files are not even read, in bytes. */
const LARGEST = 4 * 2 ** 20

/** Reads a file as an exercise to write on: it need not be a right one yet. Throws an Error with a sentence. */
export const readDraft = async (file: File): Promise<Draft> => {
  if (file.size > LARGEST) throw new Error(`${file.name} is larger than 4 MB: it is no exercise.`)
  const text = await file.text()
  const parsed = parseJson(text)
  if (!parsed.ok) {
    const { line, column } = lineOf(text, parsed.at)
    throw new Error(`${file.name} is not JSON: in line ${line}, column ${column}, ${parsed.wanted} is expected.`)
  }
  if (!isDraft(parsed.value) || !('checks' in parsed.value || 'starter' in parsed.value)) throw new Error(`${file.name} holds no exercise.`)
  return parsed.value
}

/** Whether a text that was opened means to be an exercise, right or not. */
export const isExerciseText = (text: string): boolean => {
  const parsed = parseJson(text)
  return parsed.ok && isDraft(parsed.value) && 'checks' in parsed.value && 'starter' in parsed.value
}

/** Opens a file's exercise as a student does. Answers what is wrong with it, if it is none. */
export const openExerciseText = async (text: string): Promise<string | undefined> => {
  const read = readExercise(JSON.parse(text))
  if (!read.ok) return `${read.problem.cause} ${read.problem.cure}`
  const [{ openExercise }, { toExerciseFragment }, { compress }] = await Promise.all([
    import('../exercise/open-exercise.ts'), import('../../engine/exercise/link.ts'), import('../share/compress.ts'),
  ])
  // Its address holds it: a reload opens it again.
  await openExercise(read.value, undefined, toExerciseFragment({ id: read.value.id, exercise: read.value }, compress))
  return undefined
}
