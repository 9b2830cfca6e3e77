import { readExercise } from '../../engine/exercise/form.ts'
import type { Exercise } from '../../engine/exercise/exercise.ts'
import type { Path } from './json-place.ts'

/** An exercise that is being written: JSON of any form until it is one. Form and text edit this one thing. */
export type Draft = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether something may be a draft: an object. What is wrong in it is said by `problemsOf`. */
export const isDraft = (value: unknown): value is Draft => isObject(value)

/** A new exercise: it runs, and checks nothing yet. */
export const blankDraft = (): Draft => ({
  version: 1, id: 'my-exercise', title: '', summary: '', text: '', guest: 'hello',
  starter: "import { spawn, trace } from 'ptrace'\n\nfor await (const stop of trace(spawn())) {\n  // What happens at each stop is yours to say.\n}\n",
  solution: "import { spawn, trace } from 'ptrace'\n\nfor await (const stop of trace(spawn())) {\n  if (stop.kind === 'syscall-entry') console.log(stop.call.name)\n}\n",
  cases: [{}], checks: [], hints: [],
})

/** What stands at a path; undefined if nothing does. */
export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? (inner as Record<string | number, unknown>)[key] : undefined), value)

/** The text at a path; '' if there is none. */
export const textAt = (value: unknown, path: Path): string => {
  const found = valueAt(value, path)
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : ''
}

/** The list at a path; none if there is none. */
export const listAt = (value: unknown, path: Path): readonly unknown[] => {
  const found = valueAt(value, path)
  return Array.isArray(found) ? found : []
}

/** The same with something else at a path; undefined takes it out, of a list too. What lies on the way is made. */
export const put = (value: unknown, path: Path, next: unknown): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return next
  const changed = put(valueAt(value, [key]), rest, next)
  if (typeof key === 'number') {
    const list = Array.isArray(value) ? [...(value as readonly unknown[])] : []
    if (changed === undefined) list.splice(key, 1)
    else list[key] = changed
    return list
  }
  const object = isObject(value) ? { ...value } : {}
  if (changed === undefined) delete object[key]
  else Object.defineProperty(object, key, { value: changed, enumerable: true, configurable: true, writable: true })
  return object
}

/** The same with one of a list moved by one place. */
export const moved = (list: readonly unknown[], from: number, by: 1 | -1): readonly unknown[] => {
  const to = from + by
  if (to < 0 || to >= list.length) return list
  const next = [...list]
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}

/** Something that keeps a draft from being an exercise. */
export interface Problem {
  readonly path: Path
  /** Without the place, and without a full stop. */
  readonly sentence: string
}

const FORM = /^This exercise is not as it should be: exercise((?:\.[\w-]+|\[\d+\])*) ([^]*)\.$/

const pathOf = (place: string): Path => [...place.matchAll(/\.([\w-]+)|\[(\d+)\]/g)].map(([, key, index]) => key ?? Number(index))

/** What certainly fits where something does not, so that what else does not fit is found, too. */
const harmless = ([key, index]: Path): unknown => {
  if (key === 'checks') return index === undefined ? [] : { id: `placeholder-${index}`, kind: 'no-file', wanted: '', path: '/' }
  if (key === 'cases') return index === undefined ? [{}] : {}
  if (key === 'hints') return index === undefined ? [] : ''
  return blankDraft()[key as string]
}

/** How many are looked for: who has more begins with these. */
const MOST = 30

/** What is wrong with the form, place by place; none: the draft is an exercise. */
export const problemsOf = (draft: Draft): readonly Problem[] => {
  const problems: Problem[] = []
  let rest: unknown = draft
  while (problems.length < MOST) {
    const read = readExercise(rest)
    if (read.ok) break
    const [, place = '', sentence = read.problem.cause] = FORM.exec(read.problem.cause) ?? []
    const path = pathOf(place)
    problems.push({ path, sentence })
    if (path.length === 0) break
    const within = path.slice(0, typeof path[1] === 'number' ? 2 : 1)
    rest = put(rest, within, harmless(within))
  }
  return problems
}

/** The exercise, if the draft is one. */
export const exerciseOf = (draft: Draft): Exercise | undefined => {
  const read = readExercise(draft)
  return read.ok ? read.value : undefined
}

/** What would be missed in it, though its form is right. */
export const adviceOf = (draft: Draft, guests: readonly string[], courseIds: readonly string[]): readonly Problem[] => {
  const say = (isSo: boolean, path: Path, sentence: string): readonly Problem[] => (isSo ? [{ path, sentence }] : [])
  return [
    ...say(textAt(draft, ['title']).trim() === '', ['title'], 'is empty: the page shows it above the text'),
    ...say(courseIds.includes(textAt(draft, ['id'])), ['id'], 'is the name of an exercise of the course: choose another, or students’ answers to the two are mixed up'),
    ...say(guests.length > 0 && !guests.includes(textAt(draft, ['guest'])), ['guest'], 'is none of the guests that come with the page'),
    ...say(listAt(draft, ['checks']).length === 0, ['checks'], 'is empty: every script that comes to its end would pass'),
  ]
}

/** A path as the JSON's own place: `checks[2].filter`. */
export const placeText = (path: Path): string => path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('').replace(/^\./, '')

/** The name that a title gives: `Count the calls` is count-the-calls. */
export const nameFrom = (title: string): string =>
  title.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60) || 'my-exercise'
