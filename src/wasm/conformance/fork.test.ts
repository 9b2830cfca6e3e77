import { describe, expect, test } from 'vitest'
import type { TreeEntry } from '../../engine/kernel/tree.ts'
import { encodeUtf8 } from '../../engine/kernel/text.ts'
import { programs } from './program.ts'
import { untraced } from './tracer.ts'

// fork(2), execve(2) and wait(2) as programs/forks.c finds them.

const { forks } = await programs('forks')
const tree: readonly TreeEntry[] = [
  { path: '/forks', bytes: forks },
  { path: '/script', bytes: encodeUtf8('#!/forks say it\n') },
  { path: '/nested', bytes: encodeUtf8('#! /script\n') },
  { path: '/circle', bytes: encodeUtf8('#!/circle\n') },
  { path: '/plain.txt', bytes: encodeUtf8('text\n') },
  { path: '/folder', directory: true },
]

const full = '63, then EAGAIN\n63 gone, then ECHILD\n'

const CASES = [
  ['a child 40 frames deep has stack and heap as its parent', 'deep',
    'child: all in its place\nparent: all in its place\nstatus 9\n'],
  ['a handler may fork, and its child returns from it, too', 'handler',
    'parent: handler done 1, 77\nchild: handler done 1, 77\nstatus 7\n'],
  ['who has computed for long is made again with what came of it', 'busy 10', 'child has the same sum\n'],
  ['hundreds of children, one after another, are reaped', 'reap 300', '300 of 300\n'],
  ['at the limit fork is EAGAIN, and there is room again when children are gone', 'limit', full + full],
  ['a log of more than 64 MiB is lost: ENOMEM, until exec begins another', 'lost',
    'before: status 5\nafter 66 MiB: ENOMEM\n3 of 3\n'],
  ['vfork waits for exec or exit', 'vfork', '[forks][say][by vfork and exec]\nstatus 0\nmissing: status 127\n'],
  ['exec of a script runs its interpreter with one argument, and the script’s path', 'script', [
    '[/forks][say it][/script][one][two words]', '[/forks][say it][/script][/nested][one][two words]',
    '/plain.txt: ENOEXEC', '/circle: ELOOP', '/folder: EACCES', '/missing: ENOENT', '',
  ].join('\n')],
  ['exec closes what is FD_CLOEXEC, and nothing else', 'cloexec', '0: EBADF\n1: EBADF\n2: no error\n3: EBADF\n'],
  ['an orphan’s parent is 1, and nobody else waits for it', 'orphan',
    'parent killed by 9; the orphan had another parent: 1, now 1\nat its end: 0, ECHILD\n'],
  ['wait4 and waitid tell what their options ask for, once unless WNOWAIT', 'wait', [
    'WNOHANG: nothing', 'stopped, without WUNTRACED: nothing', 'WSTOPPED|WNOWAIT: signo 17, code 5, status 19',
    'WUNTRACED: it, stopped 19', 'WUNTRACED again: nothing', 'WCONTINUED, its group: it, continued', 'another group: ECHILD',
    'WEXITED|WNOHANG: nothing', 'P_PGID: signo 17, code 2, status 15', 'again: signo 17, code 2, status 15', '__WALL: it, killed 15',
    'nobody: ECHILD', 'no option: EINVAL', 'a bad option: EINVAL', '',
  ].join('\n')],
] as const

describe('processes', () => {
  test.for(CASES)('%s', async ([, arguments_, wanted]) => {
    const run = () => untraced(forks, arguments_.split(' '), { untraced: false, tree })
    const first = await run()
    expect(first.output).toBe(wanted)
    expect(first).toMatchObject({ end: { kind: 'exited' }, left: 1 })
    expect((await run()).digest).toBe(first.digest)
  })

  test('who cannot be made again is told so in a sentence', async () => {
    const { trace } = await untraced(forks, ['lost'], { untraced: false, tree })
    const said = Array.from({ length: trace.length }, (_, i) => trace.text(i + 1))
    expect(said).toContainEqual(expect.stringMatching(/cannot fork: what it has done is too much to be kept/))
  })
})
