import { expect, test } from 'vitest'
import { Recorder } from './recorder.ts'

test('output is handed over before the events around it: who reads along is never told of it too late', () => {
  const recorder = new Recorder(() => 0)
  recorder.failure(1, 3, 'one')
  recorder.output(2, 1, Uint8Array.of(65))
  recorder.failure(1, 3, 'two')
  const order: string[] = []
  recorder.flush((table) => order.push(table))
  expect(order).toEqual(['outputs', 'events'])
})
