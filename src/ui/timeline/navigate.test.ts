import { expect, test } from 'vitest'
import { bigTrace } from '../../engine/trace/testing.ts'
import { createApp } from '../state/store.ts'
import { modelOf } from './models.ts'
import {
  fitTimeline,
  followCursor,
  panTimeline,
  showWindow,
  stepPage,
  toggleAxis,
  windowOf,
  zoomTimeline,
  zoomToCall,
} from './navigate.ts'

const appWith = (cursor: number) => {
  const app = createApp()
  const trace = bigTrace(1000)
  app.setState({ trace, traceLength: trace.length, phase: 'ended', cursor })
  return app
}

test('zooming in and out again shows everything, and keeps showing it while the trace grows', () => {
  const app = appWith(400)
  zoomTimeline(app, 0.5)
  expect(windowOf(app.getState()).to - windowOf(app.getState()).from).toBeCloseTo(499.5, 6)
  zoomTimeline(app, 8)
  expect(app.getState().window).toBeUndefined()
})

test('the window follows the cursor only when it leaves', () => {
  const app = appWith(100)
  showWindow(app, { from: 80, to: 120 })
  app.getState().moveTo(120)
  followCursor(app)
  expect(app.getState().window).toEqual({ from: 80, to: 120 })
  app.getState().moveTo(121)
  followCursor(app)
  expect(app.getState().window).toEqual({ from: 109, to: 149 })
})

test('a page is most of a window', () => {
  const app = appWith(100)
  showWindow(app, { from: 80, to: 120 })
  stepPage(app, 1)
  expect(app.getState().cursor).toBe(132)
})

test('zooming to a call shows it whole, with a column on either side', () => {
  const app = appWith(1)
  const { trace } = app.getState()
  const model = modelOf(trace)
  const span = model.track(4)?.pid === undefined ? -1 : model.span(4)
  zoomToCall(app, span)
  const { from, to } = windowOf(app.getState())
  expect(from).toBeLessThanOrEqual(model.spans.anchor(span) - 1)
  expect(to).toBeGreaterThanOrEqual((model.spans.exit.values[span] as number) + 1)
})

test('the axis changes with the same events in view, and back', () => {
  const app = appWith(100)
  showWindow(app, { from: 80, to: 120 })
  toggleAxis(app)
  expect(app.getState()).toMatchObject({ axis: 'time', window: { from: 80_000, to: 120_000 } })
  panTimeline(app, 0.5)
  expect(app.getState().window).toEqual({ from: 100_000, to: 140_000 })
  fitTimeline(app)
  toggleAxis(app)
  expect(app.getState()).toMatchObject({ axis: 'ordinal', window: undefined })
})
