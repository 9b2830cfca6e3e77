import { list, matching, Misfit, object, oneOf, text, truth, whole, type Check as Form } from '../link/check.ts'
import { recipeFile } from '../link/recipe-form.ts'
import { problem, tooNew, type Read } from '../link/problem.ts'
import { parseFilter } from '../filter/parse.ts'
import { RegexError } from '../filter/regex-syntax.ts'
import { compileRegex } from '../filter/regex.ts'
import { ENDS, type Amount, type Check, type TextTest, type Value, type Word } from './check-data.ts'
import type { Answer, Case, Course, Exercise } from './exercise.ts'

/** The forms of exercises, answers and courses: any of them may come from a stranger. */
const MAX = Number.MAX_SAFE_INTEGER
const sentence = text(2000)
const page = text(200_000)
const short = text(200)
const name = matching(/^[a-z0-9][a-z0-9-]{0,59}$/, 'a name of small letters, digits and hyphens')
const runName = oneOf('answer', 'plain', 'solution')
const other = oneOf('plain', 'solution')
const keyName = oneOf('call', 'pid', 'comm', 'path', 'errno', 'ret', 'seq', 'line', 'text', 'signal', 'size')

const filter: Form<string> = (value, at) => {
  const given = text(2000)(value, at)
  const parsed = parseFilter(given)
  if (!parsed.ok) throw new Misfit(`${at} is not a filter: ${parsed.error.message}. ${parsed.error.cure}`)
  return given
}

/** The form that an object's own key decides: a complaint is then about what was meant. */
const byKey = <T>(forms: Readonly<Record<string, Form<T>>>): Form<T> => (value, at) => {
  const key = typeof value === 'object' && value !== null ? Object.keys(forms).find((one) => Object.hasOwn(value, one)) : undefined
  if (key === undefined) throw new Misfit(`${at} has none of ${Object.keys(forms).join(', ')}`)
  return (forms[key] as Form<T>)(value, at)
}

/** Amounts may be nested, but not deep. */
const amountWithin = (depth: number): Form<Amount> => (value, at) => {
  if (depth === 0) throw new Misfit(`${at} is nested too deep`)
  if (typeof value === 'number') return whole(-MAX, MAX)(value, at)
  return byKey<Amount>({
    count: object({ count: filter }, { in: runName }),
    distinct: object({ distinct: keyName, of: filter }, { in: runName }),
    cost: object({ cost: oneOf('stops', 'requests', 'calls', 'suspensions', 'bytesPeeked') }, { in: runName }),
    sum: object({ sum: list(amountWithin(depth - 1), 20) }),
    times: object({ times: whole(0, 1_000_000), of: amountWithin(depth - 1) }),
  })(value, at)
}
const amount = amountWithin(4)
const word: Form<Word> = object({ field: keyName, of: filter }, { which: oneOf('first', 'last', 'commonest'), in: runName })
const value: Form<Value> = (given, at) =>
  typeof given === 'object' && given !== null && Object.hasOwn(given, 'field') ? word(given, at) : amount(given, at)

const values: Form<Readonly<Record<string, Value>>> = (given, at) => {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new Misfit(`${at} is not an object`)
  const entries = Object.entries(given as Record<string, unknown>)
  if (entries.length > 30) throw new Misfit(`${at} has more than 30 names`)
  return Object.fromEntries(entries.map(([key, one]) => [matching(/^[a-zA-Z]\w{0,30}$/, 'a name')(key, `${at}.${key}`), value(one, `${at}.${key}`)]))
}

const TEXT = {
  text: text(100_000), as: other, values, each: object({ by: keyName, of: filter }, { in: runName }),
} as const
const textTest = oneOf('equals', 'contains', 'lacks', 'matches', 'words', 'lines')

/** A text test has something to look for, and an expression that is one. */
const sound = <T extends TextTest>(form: Form<T>): Form<T> => (given, at) => {
  const test = form(given, at)
  if ((test.text === undefined) === (test.as === undefined)) throw new Misfit(`${at} needs either text or as`)
  if (test.test === 'matches' && test.text !== undefined && test.values === undefined && test.each === undefined) {
    try {
      compileRegex(test.text)
    } catch (error) {
      if (error instanceof RegexError) throw new Misfit(`${at}.text is not a regular expression: ${error.message}`)
      throw error
    }
  }
  return test
}

const reply: Form<Value | string> = (given, at) => (typeof given === 'string' ? text(1000)(given, at) : value(given, at))

const NEEDED = { id: name, wanted: sentence } as const
const MAYBE = { cases: oneOf('first'), otherwise: sentence } as const
const FORMS: Readonly<Record<Check['kind'], Form<Check>>> = {
  some: object({ kind: oneOf('some'), ...NEEDED, filter }, MAYBE),
  none: object({ kind: oneOf('none'), ...NEEDED, filter }, MAYBE),
  every: object({ kind: oneOf('every'), ...NEEDED, filter, also: filter }, MAYBE),
  compare: object({ kind: oneOf('compare'), ...NEEDED, left: amount, is: oneOf('=', '!=', '<', '<=', '>', '>='), right: amount }, MAYBE),
  order: object({ kind: oneOf('order'), ...NEEDED, first: filter, then: filter }, { ...MAYBE, each: truth }),
  output: sound(object({ kind: oneOf('output'), ...NEEDED, test: textTest }, { ...MAYBE, ...TEXT, fd: oneOf(1, 2) })),
  printed: sound(object({ kind: oneOf('printed'), ...NEEDED, test: textTest }, { ...MAYBE, ...TEXT })),
  file: sound(object({ kind: oneOf('file'), ...NEEDED, path: text(4096), test: textTest }, { ...MAYBE, ...TEXT })),
  'no-file': object({ kind: oneOf('no-file'), ...NEEDED, path: text(4096) }, MAYBE),
  exit: object({ kind: oneOf('exit'), ...NEEDED }, {
    ...MAYBE, program: text(255), code: whole(0, 255), signal: matching(/^SIG[A-Z0-9+]+$/, 'the name of a signal'), as: other,
  }),
  question: object(
    { kind: oneOf('question'), ...NEEDED, right: reply },
    { ...MAYBE, choices: list(short, 12), in: runName },
  ),
}

const check: Form<Check> = (given, at) => {
  const kind = (given as { kind?: unknown } | null)?.kind
  const form = typeof kind === 'string' && Object.hasOwn(FORMS, kind) ? FORMS[kind as Check['kind']] : undefined
  if (form === undefined) throw new Misfit(`${at}.kind is not one of ${Object.keys(FORMS).join(', ')}`)
  return form(given, at)
}

const caseForm: Form<Case> = object({}, {
  seed: whole(-MAX, MAX), argv: list(text(4096), 64), env: list(text(4096), 64), stdin: page, tty: truth, files: list(recipeFile, 200),
})

const exerciseForm: Form<Exercise> = (given, at) => {
  const exercise = object(
    {
      version: oneOf(1), id: name, title: short, summary: sentence, text: page, guest: name, starter: page, solution: page,
      cases: list(caseForm, 20), checks: list(check, 40), hints: list(sentence, 12),
    },
    {
      guests: list(name, 20), untraced: truth, host: oneOf('kernel', 'wasmer'),
      hidden: object({}, { cases: list(caseForm, 20), draw: object({ count: whole(1, 20), case: caseForm }) }),
      budget: object({}, {
        events: whole(1, 1_500_000), cpu: whole(1, 10_000_000_000), output: whole(1, 2 ** 24), statements: whole(1, 2 ** 27),
      }),
    },
  )(given, at)
  if (exercise.cases.length === 0) throw new Misfit(`${at}.cases is empty`)
  const ids = exercise.checks.map(({ id }) => id)
  const twice = ids.find((id, i) => id === ENDS || ids.indexOf(id) !== i)
  if (twice !== undefined) throw new Misfit(`${at}.checks has ${twice} twice`)
  return exercise
}

const replies: Form<Answer['replies']> = (given, at) => {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new Misfit(`${at} is not an object`)
  const entries = Object.entries(given as Record<string, unknown>).slice(0, 40)
  return Object.fromEntries(entries.map(([key, one]) => [name(key, at), short(one, `${at}.${key}`)]))
}
export const answerForm: Form<Answer> = object({ script: page, replies })

const courseForm: Form<Course> = object({
  version: oneOf(1), title: short, parts: list(object({ title: short, exercises: list(name, 100) }), 30),
})

/** The newest version of the form. A change is a new version and an upgrader. */
export const EXERCISE_VERSION = 1

const read = <T>(form: Form<T>, json: unknown, what: string): Read<T> => {
  const version = (json as { version?: unknown } | null)?.version
  if (typeof version === 'number' && version > EXERCISE_VERSION) return tooNew(what)
  try {
    return { ok: true, value: form(json, what) }
  } catch (error) {
    if (!(error instanceof Misfit)) throw error
    return problem('bad-content', `This ${what} is not as it should be: ${error.message}.`, 'Ask its author to correct it.')
  }
}

/** An exercise that is whole: text, starter and solution are inside. Never throws. */
export const readExercise = (json: unknown): Read<Exercise> => read(exerciseForm, json, 'exercise')

/** A course. Never throws. */
export const readCourse = (json: unknown): Read<Course> => read(courseForm, json, 'course')

/** What a student handed in. Never throws. */
export const readAnswer = (json: unknown): Read<Answer> => read(answerForm, json, 'answer')
