import { expect, test } from 'vitest'
import { SIGNAL } from '../abi/signal.ts'
import type { Decision } from '../recipe.ts'
import { ArchCode } from '../trace/format.ts'
import { sampleTrace } from '../trace/testing.ts'
import { PLACES, ROWS, TABLE } from './cell.ts'
import { consequenceOf } from './consequence.ts'
import { effectOf, standingAt, type Standing } from './effect.ts'

const stop = (change: Partial<Standing> = {}): Standing => ({
  seq: 79, pid: 2, task: 'logd', kind: 'entry', place: 'entry', call: 'fd_write', arch: ArchCode.preview1, returns: true, ret: 52,
  emulated: false, signo: 0, ...change,
})
const EXIT = stop({ kind: 'exit', place: 'other', ret: 0 })
const SIGNALLED = stop({ kind: 'signal', place: 'other', call: '', signo: SIGNAL.SIGUSR1 })
const GROUP = stop({ kind: 'group', place: 'other', call: '', signo: SIGNAL.SIGSTOP })
const INSIDE = stop({ kind: 'event', place: 'inside' })
const LAST = stop({ call: 'proc_exit', returns: false })

const told = (at: Standing, made: Partial<Decision>): string => {
  const decision: Decision = { at: at.seq, request: 'syscall', tags: 0, signal: 0, ...made }
  const { edits, request, follows } = consequenceOf(at, decision, (index) => ['fd', 'iovs'][index] ?? `args[${index}]`)
  return `${[...edits, request].join('; ')}: ${follows}`
}

test.for([
  [stop(), {}, 'ptrace(PTRACE_SYSCALL, 2, 0, 0): fd_write runs, its exit stop follows.'],
  [stop(), { tags: 2 }, 'ptrace(PTRACE_SYSCALL, 2, PTRACE_VM_SKIPEXIT, 0): fd_write runs, no exit stop follows, the next stop is the entry of logd’s next call.'],
  [stop(), { tags: 4 }, 'ptrace(PTRACE_SYSCALL, 2, PTRACE_VM_SKIPCALL, 0): fd_write does not run, logd reads 52 nosys, no exit stop follows, the next stop is the entry of logd’s next call.'],
  [stop(), { tags: 6, result: 51 }, 'sets ret to 51; ptrace(PTRACE_SYSCALL, 2, PTRACE_VM_SKIPEXIT|PTRACE_VM_SKIPCALL, 0): fd_write does not run, logd reads 51 nospc, no exit stop follows, the next stop is the entry of logd’s next call.'],
  [stop(), { result: 51, args: [[0, '2']] }, 'sets fd to 2; sets ret to 51; ptrace(PTRACE_SYSCALL, 2, 0, 0): fd_write runs and overwrites ret, its exit stop follows.'],
  [stop(), { memory: [{ addr: 0x10f04, bytes: [1] }] }, 'writes 1 byte to 0x10f04; ptrace(PTRACE_SYSCALL, 2, 0, 0): fd_write runs, its exit stop follows.'],
  [stop(), { request: 'cont' }, 'ptrace(PTRACE_CONT, 2, 0, 0): fd_write runs, no exit stop follows, logd runs free.'],
  [stop(), { request: 'cont', tags: 4, result: 0 }, 'sets ret to 0; ptrace(PTRACE_CONT, 2, PTRACE_VM_SKIPCALL, 0): fd_write does not run, logd reads 0, no exit stop follows, logd runs free.'],
  [stop(), { request: 'sysemu' }, 'ptrace(PTRACE_SYSEMU, 2, 0, 0): fd_write runs, no exit stop follows, the next call stops at its entry and is not run.'],
  [stop({ emulated: true }), {}, 'ptrace(PTRACE_SYSCALL, 2, 0, 0): fd_write does not run, because PTRACE_SYSEMU led here, logd reads 52 nosys, its exit stop follows.'],
  [stop({ emulated: true }), { request: 'sysemu' }, 'ptrace(PTRACE_SYSEMU, 2, 0, 0): fd_write does not run, because PTRACE_SYSEMU led here, logd reads 52 nosys, no exit stop follows, the next call stops at its entry and is not run.'],
  [stop(), { signal: SIGNAL.SIGUSR1, tags: 4 }, 'ptrace(PTRACE_SYSCALL, 2, PTRACE_VM_SKIPCALL, SIGUSR1): fd_write does not run, logd reads 52 nosys, SIGUSR1 is queued and is looked at before guest code goes on, no exit stop follows, the next stop is the signal’s.'],
  [stop(), { request: 'detach' }, 'ptrace(PTRACE_DETACH, 2, 0, 0): fd_write runs, logd is traced no longer, and no tag survives.'],
  [stop(), { request: 'kill' }, 'ptrace(PTRACE_KILL, 2, 0, 0): fd_write does not run, SIGKILL ends it here.'],
  [EXIT, {}, 'ptrace(PTRACE_SYSCALL, 2, 0, 0): the next stop is the entry of logd’s next call.'],
  [EXIT, { tags: 4, result: 29 }, 'sets ret to 29; ptrace(PTRACE_SYSCALL, 2, PTRACE_VM_SKIPCALL, 0): logd reads 29 io, the tag does nothing here, the next stop is the entry of logd’s next call.'],
  [EXIT, { request: 'cont' }, 'ptrace(PTRACE_CONT, 2, 0, 0): logd runs free.'],
  [SIGNALLED, { signal: SIGNAL.SIGUSR1 }, 'ptrace(PTRACE_SYSCALL, 2, 0, SIGUSR1): SIGUSR1 is delivered, and ends logd.'],
  [SIGNALLED, {}, 'ptrace(PTRACE_SYSCALL, 2, 0, 0): SIGUSR1 is dropped, the next stop is the entry of logd’s next call.'],
  [SIGNALLED, { signal: SIGNAL.SIGSTOP }, 'ptrace(PTRACE_SYSCALL, 2, 0, SIGSTOP): SIGUSR1 is replaced: SIGSTOP is delivered, and stops logd, the next stop is its group-stop.'],
  [GROUP, { signal: SIGNAL.SIGTERM }, 'ptrace(PTRACE_SYSCALL, 2, 0, SIGTERM): SIGTERM is ignored: no signal can be given at this stop, the next stop is the entry of logd’s next call.'],
  [INSIDE, {}, 'ptrace(PTRACE_SYSCALL, 2, 0, 0): its exit stop follows.'],
  [INSIDE, { tags: 4 }, 'ptrace(PTRACE_SYSCALL, 2, PTRACE_VM_SKIPCALL, 0): no exit stop follows, the next stop is the entry of logd’s next call.'],
  [LAST, {}, 'ptrace(PTRACE_SYSCALL, 2, 0, 0): proc_exit runs and does not come back: logd ends.'],
  [LAST, { tags: 4 }, 'ptrace(PTRACE_SYSCALL, 2, PTRACE_VM_SKIPCALL, 0): proc_exit does not run, logd goes on behind a call that never returns, probably into unreachable, no exit stop follows, the next stop is the signal’s.'],
] as const)('%#: %o', ([at, made, sentence]) => expect(told(at, made)).toBe(sentence))

test('every cell of the table has a text, and a rule that decides it', () => {
  for (const { id } of ROWS) {
    for (const place of PLACES) {
      const { text, rule } = TABLE[id][place.id]
      expect(text).not.toBe('')
      expect(rule.sentence).toMatch(/\.$/)
    }
  }
})

test('a skipped exit is told by rule 9, a tag at another stop by rule 2', () => {
  const decision = { request: 'syscall', tags: 4, signal: 0 } as const
  expect(effectOf(LAST, decision)).toMatchObject({ runs: false, next: 'signal', rule: { name: 'rule 9' } })
  expect(effectOf(EXIT, decision)).toMatchObject({ runs: undefined, next: 'entry', rule: { name: 'rule 2' } })
  expect(effectOf(stop(), { ...decision, request: 'kill' })).toMatchObject({ row: undefined, next: 'none', rule: { name: 'rule 10' } })
})

test('only stops can be decided at', () => {
  const trace = sampleTrace()
  const kinds = Array.from({ length: trace.length }, (_, i) => standingAt(trace, i + 1)?.kind)
  expect(kinds.slice(0, 6)).toEqual([undefined, undefined, 'event', undefined, 'entry', undefined])
})
