import { expect, test } from 'vitest'
import { exitedStatus, killedStatus } from '../abi/wait.ts'
import { SIGNAL } from '../abi/signal.ts'
import { judge, type Ending, type OutcomeKind } from './outcome.ts'

const usual: Ending = { end: { kind: 'exited' }, status: exitedStatus(0), stdout: 'kept\n', stderr: '', files: 'a' }
const failed = (kind: 'budget' | 'deadlock' | 'exception'): Ending['end'] =>
  ({ kind: 'failed', failure: { kind, title: 'It failed', cause: '', cure: '' } })

test.for<[string, Partial<Ending>, OutcomeKind, string]>([
  ['that is like the usual one', {}, 'same', 'As if nothing had happened.'],
  ['that says something and is like the usual one', { stderr: 'odd\n' }, 'same', 'All the same. It says: odd'],
  ['that exits with a code and says why', { status: exitedStatus(1), stdout: '', stderr: 'notes: I/O error\nmore' }, 'clean', 'Exits with 1. It says: notes: I/O error'],
  ['that exits with a code and says nothing', { status: exitedStatus(1) }, 'clean', 'Exits with 1. It says nothing.'],
  ['that exits with 0 and other output', { stdout: '' }, 'wrong', 'Exits with 0, with other output.'],
  ['that exits with 0 and leaves other files', { files: 'b' }, 'wrong', 'Exits with 0, with other files.'],
  ['that a signal ended', { status: killedStatus(SIGNAL.SIGSEGV, true) }, 'crash', 'Killed by SIGSEGV.'],
  ['that computed until its time was up', { status: killedStatus(SIGNAL.SIGXCPU, true) }, 'hang', 'It computed until its time was up (SIGXCPU).'],
  ['that filled its trace', { end: failed('budget'), status: undefined }, 'hang', 'It failed.'],
  ['in which nobody could run', { end: failed('deadlock'), status: undefined }, 'hang', 'It failed.'],
  ['whose script failed', { end: failed('exception'), status: undefined }, 'tracer', 'The tracer failed: It failed.'],
  ['whose guest did not end', { status: undefined }, 'hang', 'It did not end.'],
])('a run %s', ([, change, kind, sentence]) => {
  expect(judge(usual, { ...usual, ...change })).toEqual({ kind, sentence })
})

test('a run that has always exited with a code is the same when it does so again', () => {
  const grumpy = { ...usual, status: exitedStatus(2) }
  expect(judge(grumpy, grumpy).kind).toBe('same')
  expect(judge(grumpy, { ...grumpy, status: exitedStatus(0) })).toEqual({ kind: 'wrong', sentence: 'Exits with 0, with other status.' })
})
