import { array, assert, constantFrom, nat, property, record, tuple, type Arbitrary } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { preview1ByName } from '../syscall/preview1.ts'
import { writeCaptures } from '../trace/capture.ts'
import { ArchCode, EventKind, Flag } from '../trace/format.ts'
import { PayloadWriter } from '../trace/payload.ts'
import { writeRegisters } from '../trace/registers.ts'
import { Trace } from '../trace/trace.ts'
import { diffTraces, rowAt, Side, type TraceDiff } from './diff.ts'
import { firstDifference } from './sentence.ts'
import { compareStates } from './state.ts'

/** A call: its name, first argument and result; `silent`: its exit stop is skipped; `addr`: where its memory lies. */
interface Made {
  readonly task: number
  readonly name: 'fd_write' | 'fd_seek' | 'sched_yield'
  readonly fd: number
  readonly ret: number
  readonly silent: boolean
  readonly addr?: number
}

const birth = (trace: Trace, pid: number): void => {
  const out = new PayloadWriter()
  out.number(0)
  out.string(new Uint8Array(0))
  out.number(0)
  trace.events.append({ kind: EventKind.birth, pid }, out.bytes, out.length)
}

/** A trace of traced calls. */
const traceOf = (calls: readonly Made[]): Trace => {
  const trace = new Trace()
  for (const task of new Set([0, ...calls.map((call) => call.task)].toSorted())) birth(trace, task + 2)
  for (const { task, name, fd, ret, silent, addr = 64 } of calls) {
    const pid = task + 2
    const nr = preview1ByName.get(name)?.nr ?? 0
    const out = new PayloadWriter()
    writeRegisters(out, Int32Array.of(fd, 0, addr, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 0, 0, 0)
    writeCaptures(out, [{ addr: addr + 8, bytes: Uint8Array.of(fd, 1), length: 2, origin: 'seen' }])
    trace.events.append({ kind: EventKind.entry, pid, arch: ArchCode.preview1, nr }, out.bytes, out.length)
    const link = trace.length
    const end = new PayloadWriter()
    writeCaptures(end, [])
    const row = { kind: EventKind.exit, pid, arch: ArchCode.preview1, nr, ret, link, flags: ret === 0 ? 0 : Flag.error }
    trace[silent ? 'outcomes' : 'events'].append(row, end.bytes, end.length)
  }
  trace.index()
  return trace
}

const call: Arbitrary<Made> = record({
  task: nat(2), name: constantFrom('fd_write', 'fd_seek', 'sched_yield'), fd: nat(3), ret: constantFrom(0, 0, 8),
  silent: constantFrom(true, false),
})
const calls = array(call, { maxLength: 40 })
const rowsOf = (diff: TraceDiff) => Array.from({ length: diff.length }, (_, i) => rowAt(diff, i))

describe('a diff of two traces', () => {
  test('of a trace with itself is empty', () => {
    assert(property(calls, (made) => {
      const diff = diffTraces(traceOf(made), traceOf(made))
      expect(diff.length).toBe(made.length)
      expect([...diff.differences]).toEqual([])
    }))
  })

  test('has every call of both once, in the order of each task', () => {
    assert(property(calls, calls, (a, b) => {
      const [left, right] = [traceOf(a), traceOf(b)]
      const diff = diffTraces(left, right)
      for (const [trace, side] of [[left, 'left'], [right, 'right']] as const) {
        const seen = rowsOf(diff).map((row) => row?.[side] ?? 0).filter((seq) => seq > 0)
        const all = Array.from({ length: trace.length }, (_, i) => i + 1).filter((seq) => trace.event(seq)?.kind === EventKind.entry)
        expect(seen.toSorted((x, y) => x - y)).toEqual(all)
        for (const pid of [2, 3, 4]) {
          const own = seen.filter((seq) => trace.event(seq)?.pid === pid)
          expect(own).toEqual(own.toSorted((x, y) => x - y))
        }
      }
    }))
  })

  test('is the same from both sides, but for the order of what only one has', () => {
    const mirror: Record<Side, Side> = { [Side.equal]: Side.equal, [Side.changed]: Side.changed, [Side.left]: Side.right, [Side.right]: Side.left }
    const text = (left: number, right: number, side: Side): string => `${left} ${right} ${side}`
    assert(property(calls, calls, (a, b) => {
      const [left, right] = [traceOf(a), traceOf(b)]
      const there = rowsOf(diffTraces(left, right)).map((row) => text(row?.left ?? 0, row?.right ?? 0, row?.side ?? 0))
      const back = rowsOf(diffTraces(right, left)).map((row) => text(row?.right ?? 0, row?.left ?? 0, mirror[row?.side ?? 0]))
      expect(back.toSorted()).toEqual(there.toSorted())
    }))
  })

  test('finds a call that was put in, taken out, or has come to something else', () => {
    const edit = tuple(nat(39), constantFrom('in', 'out', 'result'))
    assert(property(array(call, { minLength: 1, maxLength: 40 }), edit, (made, [at, what]) => {
      const i = at % made.length
      const list = made.map((one) => ({ ...one, task: 0 }))
      const other = [...list]
      if (what === 'in') other.splice(i, 0, { task: 0, name: 'fd_write', fd: 77, ret: 0, silent: false })
      else if (what === 'out') other.splice(i, 1)
      else other[i] = { ...(list[i] as Made), ret: 29 }
      const { counts, differences } = diffTraces(traceOf(list), traceOf(other))
      expect(differences.length).toBe(1)
      expect(counts).toMatchObject(what === 'in' ? { right: 1 } : what === 'out' ? { left: 1 } : { changed: 1 })
    }))
  })

  test('looks at what lies in memory, not at where', () => {
    const made: Made = { task: 0, name: 'fd_write', fd: 1, ret: 0, silent: true }
    expect(diffTraces(traceOf([made]), traceOf([{ ...made, addr: 4096 }])).differences.length).toBe(0)
    expect(diffTraces(traceOf([made]), traceOf([{ ...made, fd: 2 }])).counts.changed).toBe(1)
  })
})

test('the first difference is a pair of events and a sentence', () => {
  const made: Made = { task: 0, name: 'fd_seek', fd: 3, ret: 0, silent: false }
  const [left, right] = [traceOf([made, made]), traceOf([made, { ...made, ret: 8 }])]
  const found = firstDifference(diffTraces(left, right), left, right, ['the run', 'the branch'])
  expect(found).toMatchObject({ row: 1, left: 4, right: 4, side: Side.changed })
  expect(found?.sentence).toMatch(/^They part at #4 of the run, #4 of the branch: there fd_seek\(.*\) = 0, here fd_seek\(.*\) = 8 badf\.$/)
  expect(firstDifference(diffTraces(left, left), left, left, ['a', 'b'])).toBeUndefined()
})

test('state stands against state, with what differs', () => {
  const made: Made = { task: 0, name: 'fd_seek', fd: 3, ret: 0, silent: false }
  const [left, right] = [traceOf([made]), traceOf([{ ...made, fd: 4, ret: 8 }])]
  const rows = compareStates({ trace: left, seq: 2 }, { trace: right, seq: 2 })
  expect(rows.filter(({ differs }) => differs).map(({ part, name, left: a, right: b }) => [part, name, a, b])).toEqual([
    ['argument', 'fd', '3', '4'],
    ['argument', 'result', '0', expect.stringContaining('EBADF')],
    ['register', 'args[0]', '0x3', '0x4'],
    ['register', 'ret', '0', '8'],
    ['memory', 'memory 1', expect.stringContaining('2 bytes'), expect.stringContaining('2 bytes')],
  ])
  expect(compareStates({ trace: left, seq: 2 }, { trace: right, seq: 0 }).every(({ right: b, differs }) => b === undefined && differs)).toBe(true)
})

test('of a long trace that parts late from another only what follows is aligned', () => {
  const many = (last: number): Trace => traceOf(Array.from({ length: 20_000 }, (_, i): Made => ({
    task: 0, name: i % 3 === 0 ? 'fd_seek' : 'fd_write', fd: i % 5, ret: i === last ? 8 : 0, silent: i % 2 === 0,
  })))
  const [left, right] = [many(-1), many(15_000)]
  const diff = diffTraces(left, right)
  expect(diff.counts).toEqual({ equal: 19_999, changed: 1, left: 0, right: 0 })
})
