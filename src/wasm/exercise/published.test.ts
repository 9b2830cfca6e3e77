import { expect, test } from 'vitest'
import { readPublished, readPublishedCourse } from '../../cli/grade-exercise.ts'
import { answerIn, graderOf, guests, wrongAnswers } from './testing.ts'

// Every exercise of the course: its solution passes, its starter does not, and each wrong answer is rejected for the
// reason that its first line gives. One exercise only: `… run src/wasm/exercise/published.test.ts -t "^count: "`.

const course = readPublishedCourse()
const ids = course.parts.flatMap(({ exercises }) => exercises)

test('the course names each exercise once', () => {
  expect(new Set(ids).size).toBe(ids.length)
})

for (const id of ids) {
  const exercise = readPublished(id)
  const grade = graderOf(exercise)

  test(`${id}: its description is whole`, () => {
    expect(exercise.id).toBe(id)
    expect(Object.keys(guests)).toContain(exercise.guest)
    expect(exercise.summary).toMatch(/[.?!]$/)
    expect(exercise.text.length).toBeGreaterThan(400)
    expect(exercise.text).not.toMatch(/^# /m)
    expect(exercise.hints.length).toBeGreaterThan(1)
    for (const { wanted } of exercise.checks) expect(wanted).toMatch(/[.?!]$/)
  })

  test(`${id}: the model solution passes, on hidden cases too`, async () => {
    const { passed, results } = await grade(answerIn(exercise.solution))
    expect(results.filter(({ state }) => state !== 'passed')).toEqual([])
    expect(passed).toBe(true)
  })

  test(`${id}: the starter runs, and is not the answer`, async () => {
    const { passed, results } = await grade({ script: exercise.starter, replies: {} }, true)
    expect(passed).toBe(false)
    expect(results.find((result) => result.id === 'ends')).toMatchObject({ state: 'passed' })
  })

  test(`${id}: there are at least five wrong answers`, () => {
    expect(wrongAnswers(id).length).toBeGreaterThanOrEqual(5)
  })

  test.for(wrongAnswers(id).map((wrong) => [wrong.name, wrong] as const))(`${id}: %s is rejected for its reason`, async ([, { check, answer }]) => {
    const { passed, results } = await grade(answer, true)
    const [first] = results.filter(({ state }) => state !== 'passed')
    expect(first?.id).toBe(check)
    expect(first?.found).toMatch(/[.?!)”]$/)
    expect(passed).toBe(false)
  })
}
