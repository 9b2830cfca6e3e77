import { beforeAll, beforeEach, expect, test } from 'vitest'
import { bigTrace, sampleTrace } from '../../engine/trace/testing.ts'
import { app } from '../state/store.ts'
import { loadFilterLanguage } from './language.ts'
import { filterState, foundUntil } from './matches.ts'
import { seekMatch, seekMatchAround } from './seek.ts'

beforeAll(loadFilterLanguage)

beforeEach(() => {
  const trace = sampleTrace()
  app.setState({ trace, traceLength: trace.length, cursor: 1, filter: '', phase: 'ended' })
})

test('without a filter nothing is marked, and there is no next match', () => {
  expect(filterState.getState()).toMatchObject({ marks: undefined, found: undefined, error: undefined })
  expect(seekMatch(app.getState(), 1)).toBe(0)
})

test('a filter marks its events and counts its calls as soon as it is typed', () => {
  app.getState().show({ filter: 'fd_write | skipped:yes' })
  const { marks, found, calls, complete } = filterState.getState()
  expect([...(found ?? [])]).toEqual([9, 11, 13])
  expect([marks?.length, marks?.[8], marks?.[9]]).toEqual([23, 1, 0])
  expect({ calls, complete }).toEqual({ calls: { all: 5, found: 2 }, complete: true })
})

test('an error names its column and lets everything be seen', () => {
  app.getState().show({ filter: 'size:x' })
  expect(filterState.getState()).toMatchObject({ marks: undefined, error: { column: 6 } })
})

test('matches are sought past the cursor, around the end only when asked', () => {
  app.getState().show({ filter: 'fd_write' })
  app.setState({ cursor: 9 })
  expect([seekMatch(app.getState(), 1), seekMatch(app.getState(), -1)]).toEqual([11, 0])
  expect([seekMatchAround(app.getState(), 1), seekMatchAround(app.getState(), -1)]).toEqual([11, 11])
})

test('a new trace is matched anew, a big one in the background', async () => {
  app.getState().show({ filter: 'path:/never/' })
  const trace = bigTrace(60_000)
  app.setState({ trace, traceLength: trace.length })
  expect(filterState.getState().marks?.length).toBe(trace.length)
  await expect.poll(() => filterState.getState().complete, { timeout: 5000 }).toBe(true)
  expect(foundUntil(() => true)?.length).toBe(0)
})
