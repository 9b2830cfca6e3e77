import { describe, expect, test } from 'vitest'
import { StraceReader } from '../../engine/import/strace-log.ts'
import { EventKind, Flag } from '../../engine/trace/format.ts'
import { ascii, bigTrace, sampleTrace, TraceBuilder, WASI } from '../../engine/trace/testing.ts'
import { Trace } from '../../engine/trace/trace.ts'
import { Mark } from './mark.ts'
import { Bit, makeSummary } from './mip.ts'
import { Model } from './model.ts'
import { engineVocabulary } from './names.ts'
import { Known } from './spans.ts'
import { taskState } from './task-state.ts'
import { FAMILY, familyTrace } from './testing.ts'
import { nameAt, type Track } from './track.ts'

const modelOfTrace = (trace: Trace): Model => {
  const model = new Model(trace, engineVocabulary)
  model.sync()
  return model
}

describe('the model of a trace', () => {
  test('has the tracer first, then each task below its parent', () => {
    const { tracks } = modelOfTrace(familyTrace())
    expect(tracks.map((track) => [track.pid, track.name, track.isTracer, track.depth])).toEqual([
      [1, 'tracer.ts', true, 0],
      [2, 'logd', false, 0],
      [3, 'rotate-the-logs', false, 1],
    ])
  })

  test('puts a request on the tracer’s track, with the call of the stop that it answers', () => {
    const model = modelOfTrace(familyTrace())
    expect(model.track(FAMILY.skip + 1)?.pid).toBe(1)
    expect(model.span(FAMILY.skip + 1)).toBe(model.span(FAMILY.skip))
  })

  test.for([
    ['a call with both stops', FAMILY.write, Known.outcome],
    ['a call that was skipped and poked', FAMILY.skip, Known.outcome | Known.skipped | Known.poked],
    ['a call that had to wait', FAMILY.poll, Known.outcome | Known.waited],
    ['a call that failed', FAMILY.error, Known.outcome | Known.error],
    ['a call with an event inside', FAMILY.fork, Known.outcome | Known.inside],
    ['a call that nobody traced', FAMILY.untraced, Known.outcome | Known.untraced],
    ['a call still to be decided', FAMILY.pending, 0],
  ] as const)('knows %s', ([, seq, flags]) => {
    const model = modelOfTrace(familyTrace())
    expect(model.spans.flags.values[model.span(seq)]).toBe(flags)
  })

  test('finds the parent’s fork event for the child, and how each task stands', () => {
    const model = modelOfTrace(familyTrace())
    expect(model.trackOfPid(3)?.forked).toBe(FAMILY.forked)
    expect(model.tracks.map((track) => taskState(model, track, false).words)).toEqual([
      '',
      'entry stop',
      'killed SIGSEGV',
    ])
    const sample = modelOfTrace(sampleTrace())
    expect(sample.tracks.map((track) => taskState(sample, track, false).words)).toEqual(['', 'exited 0'])
  })

  test('goes on with a task that executes another program, under its name from there on', () => {
    const b = new TraceBuilder()
    b.birth(1, 0, 'tracer.ts')
    b.birth(2, 1, 'sh')
    const birth = b.birth(3, 2, 'sh')
    const exec = b.row({ kind: EventKind.birth, pid: 3, flags: Flag.exec, link: birth }, (out) => {
      out.number(2)
      out.string(ascii('wc'))
      out.number(0)
    })
    const thread = b.row({ kind: EventKind.birth, pid: 4, flags: Flag.thread }, (out) => {
      out.number(3)
      out.string(ascii('wc'))
      out.number(0)
    })
    const model = modelOfTrace(b.build())
    expect(model.tracks.map((track) => [track.pid, track.name, track.depth, track.isThread])).toEqual([
      [1, 'tracer.ts', 0, false],
      [2, 'sh', 0, false],
      [3, 'wc', 1, false],
      [4, 'wc', 2, true],
    ])
    expect(model.mark(exec)).toBe(Mark.exec)
    const track = model.trackOfPid(3) as Track
    expect([birth, exec - 1, exec, thread].map((seq) => nameAt(track, seq))).toEqual(['sh', 'sh', 'wc', 'wc'])
    expect([...track.seqs.values.subarray(0, track.seqs.length)]).toEqual([birth, exec])
  })

  test('draws an arrow, an outlined 2, a solid 4 or 6 for the tags of a request', () => {
    const model = modelOfTrace(familyTrace())
    const marks = [FAMILY.write + 1, FAMILY.skipExit + 1, FAMILY.skip + 3, FAMILY.pollExit + 1].map((seq) =>
      model.mark(seq),
    )
    expect(marks).toEqual([Mark.resume, Mark.skipExit, Mark.skipCall, Mark.skipBoth])
  })

  test('is the same whether a trace arrives at once or in pieces', () => {
    const whole = bigTrace(600)
    const at = modelOfTrace(whole)
    const trace = new Trace()
    const inPieces = new Model(trace, engineVocabulary)
    for (let first = 0; first < whole.length; first += 37) {
      const rest = whole.events.slice(first)
      const count = Math.min(37, rest.count)
      const columns = Object.fromEntries(
        Object.entries(rest.columns).map(([name, values]) => [name, values.slice(0, count)]),
      )
      const end = count < rest.count ? (rest.columns.at[count] as number) - rest.base : rest.payload.length
      expect(
        trace.append('events', {
          ...rest,
          count,
          columns: columns as typeof rest.columns,
          payload: rest.payload.slice(0, end),
        }),
      ).toBe(true)
      inPieces.sync()
    }
    trace.append('outcomes', whole.outcomes.slice(0))
    expect(inPieces.sync()).toBe(true)
    expect(inPieces.sync()).toBe(false)
    expect(inPieces.marks.values.slice(0, 600)).toEqual(at.marks.values.slice(0, 600))
    expect(inPieces.spans.flags.values.slice(0, 200)).toEqual(at.spans.flags.values.slice(0, 200))
    const [a, b] = [makeSummary(), makeSummary()]
    at.tracks.forEach((track, i) => {
      track.mip.sum(0, track.mip.length, a)
      inPieces.tracks[i]?.mip.sum(0, track.mip.length, b)
      expect(b).toEqual(a)
    })
  })

  test('marks the entry in the summaries when the outcome comes later', () => {
    const b = new TraceBuilder()
    b.birth(2, 0, 'alone')
    const entry = b.entry(2, WASI.fd_write, [1])
    const model = modelOfTrace(b.build())
    const sum = makeSummary()
    model.tracks[0]?.mip.sum(0, 2, sum)
    expect(sum.bits).toBe(0)
    b.outcome(entry, 8, { flags: 1 })
    b.build()
    model.sync()
    model.tracks[0]?.mip.sum(0, 2, sum)
    expect(sum.bits).toBe(Bit.skip | Bit.error)
  })
})

test('the first task of a log of strace is drawn with its calls, as any other', () => {
  const reader = new StraceReader()
  reader.add('7 getpid() = 7\n7 +++ exited with 0 +++\n')
  const log = reader.end()
  if ('cause' in log) throw new Error(log.cause)
  const model = modelOfTrace(log.trace)
  expect(model.tracks.map(({ pid, isTracer }) => [pid, isTracer])).toEqual([[7, false]])
  expect(model.tracks[0]?.spans.length).toBe(1)
})
