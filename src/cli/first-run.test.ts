import { readFileSync } from 'node:fs'
import { inflateSync } from 'fflate'
import { expect, test } from 'vitest'
import { decodeRecording } from '../engine/link/recording.ts'
import { FIRST_RUN, recordFirstRun } from './first-run.ts'

test('the recording that a first visitor sees is what the machine does today (else: npm run first-run)', async () => {
  const inflate = (bytes: Uint8Array): Uint8Array => inflateSync(bytes)
  const committed = decodeRecording(new Uint8Array(readFileSync(FIRST_RUN)), inflate)
  const today = decodeRecording(await recordFirstRun(), inflate)
  if (!committed.ok || !today.ok) throw new Error('a recording cannot be read')
  expect(committed.value.digest).toBe(today.value.digest)
  expect(committed.value.recipe).toEqual(today.value.recipe)
  expect(committed.value.cursor).toBe(today.value.cursor)
})
