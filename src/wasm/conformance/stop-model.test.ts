import fc from 'fast-check'
import { expect, test } from 'vitest'
import { programs } from './program.ts'
import { drive, drives } from './stop-model.ts'

const { acts } = await programs('acts')

test('whatever a tracer does to guests that fork, execute and signal, the stop machine keeps its invariants', async () => {
  await fc.assert(fc.asyncProperty(drives, async (given) => {
    const { end, left } = await drive(acts, given)
    expect(end).toEqual({ kind: 'exited' })
    expect(left).toBe(0)
  }), { numRuns: 250, seed: 2608 })
})

test('the same steps make the same trace', async () => {
  await fc.assert(fc.asyncProperty(drives, async (given) => {
    expect((await drive(acts, given)).digest).toBe((await drive(acts, given)).digest)
  }), { numRuns: 20, seed: 2608 })
})
