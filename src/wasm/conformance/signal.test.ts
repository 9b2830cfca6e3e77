import { describe, expect, test } from 'vitest'
import { programs } from './program.ts'
import { untraced } from './tracer.ts'

// signal(7) as programs/signals.c finds it. What it prints is what the same program prints on Linux.

const { signals } = await programs('signals')

const CASES = [
  ['real-time signals queue, with their values, in order; standard ones are pending once', 'rt',
    '102:20 102:21 102:22 100:0 100:1 100:2 10:90 \n'],
  ['SA_RESTART lets a read go on, and no sleep', 'restart', [
    'without SA_RESTART: read EINTR, handled 1', 'with SA_RESTART: read done, handled 1',
    'a sleep is never restarted: EINTR, 980 ms left', '',
  ].join('\n')],
  ['SA_NODEFER lets a handler interrupt itself, SA_RESETHAND takes it away', 'flags', [
    'deferred: 5 times, 1 deep', 'SA_NODEFER: 5 times, 5 deep', 'SA_RESETHAND: 1, then the default', 'and then killed by 12', '',
  ].join('\n')],
  ['sigsuspend waits under another mask, and puts the old one back', 'suspend',
    'EINTR, handled 1: 10; mask as before: 1\npending: 0 1\n'],
  ['sigtimedwait takes a signal without its handler, or gives up at its time', 'timedwait',
    'nothing: EAGAIN after 100 ms\nqueued: 0 with 5\nfrom the child: 10, 1\nanother signal: EINTR, handled 1\n'],
  ['alarm and setitimer go by virtual time, also while the guest computes', 'alarm', [
    'left before: 0', 'pause: EINTR after 2000 ms', 'left of ten: 10', 'three of an interval: 200 ms', 'interval 50000 us',
    'while computing: about 100 ms', '',
  ].join('\n')],
  ['a pipe without a reader is SIGPIPE, and EPIPE to who lives on', 'pipe', 'killed by 13\nhandled: EPIPE, 1\nignored: EPIPE\n'],
  ['SIGCHLD tells of stops, continuations and ends; a child that nobody wants is gone', 'child', [
    'code 5, status 19', 'code 6, status 18', 'code 2, status 15', 'SA_NOCLDSTOP|SA_NOCLDWAIT: 1, ECHILD', '',
  ].join('\n')],
  ['a guest that never calls gets its signals', 'spin', 'left its loop with 3\nkilled by 15\n'],
  ['handlers nest', 'nested', [10, 12, 14].map((signo, i) => `${signo} begins at ${i}\n`).join('') +
    [14, 12, 10].map((signo, i) => `${signo} ends at ${2 - i}\n`).join('')],
  ['a handler may be left by longjmp, any number of times', 'jump 500', '500 of 500, blocked: 0\nchild 0\n'],
] as const

describe('signals', () => {
  test.for(CASES)('%s', async ([, arguments_, wanted]) => {
    const run = () => untraced(signals, arguments_.split(' '), { untraced: false })
    const first = await run()
    expect(first.output).toBe(wanted)
    expect(first.end).toEqual({ kind: 'exited' })
    expect((await run()).digest).toBe(first.digest)
  })
})
