import { expect, test } from 'vitest'
import { ERRNO } from '../../engine/abi/errno.ts'
import { PTRACE } from '../../engine/abi/ptrace.ts'
import { eventLineText } from '../../engine/decode/line.ts'
import { encodeUtf8, lossyText } from '../../engine/kernel/text.ts'
import { EventKind, Flag } from '../../engine/trace/format.ts'
import { SCRATCH, place, traced, type Tracer } from './tracer.ts'

// PEEKCHARDATA, POKECHARDATA, PEEKSTRINGDATA: the elements of PTRACE_MULTI that move bytes (Davoli, LKML, 18 May 2006).

const { EFAULT, EIO } = ERRNO
const { PTRACE_PEEKCHARDATA, PTRACE_POKECHARDATA, PTRACE_PEEKSTRINGDATA, PTRACE_SYSCALL } = PTRACE
/** Free memory of the fixture, and of the tracer. */
const THERE = 0x100
const HERE = SCRATCH + 0x100

type Element = readonly [request: number, addr: number, local: number, length: number]

const many = (tracer: Tracer, pid: number, ...elements: readonly Element[]): number => {
  elements.flat().forEach((word, i) => tracer.process.memory.setU32(SCRATCH + 4 * i, word))
  return tracer.request('PTRACE_MULTI', pid, SCRATCH, elements.length)
}

const at = (body: (tracer: Tracer, pid: number, size: number) => Promise<void> | void) =>
  traced('calls', ['yw'], async (tracer) => {
    const pid = await tracer.begin()
    await tracer.until(pid, 'entry sched_yield')
    await body(tracer, pid, tracer.session.kernel.tasks.get(pid)?.memory.size ?? 0)
    await tracer.rest(pid)
  })

const here = (tracer: Tracer, length: number): string => lossyText(tracer.process.memory.read(HERE, length) ?? new Uint8Array(0))

test('bytes go there and come back, and the vector goes on behind them', async () => {
  await at(async (tracer, pid) => {
    place(tracer, 'so many bytes', HERE)
    expect(many(tracer, pid,
      [PTRACE_POKECHARDATA, THERE, HERE, 13],
      [PTRACE_PEEKCHARDATA, THERE + 3, HERE + 64, 4],
      [PTRACE_SYSCALL, 0, 0, 0],
    )).toBe(3)
    expect(here(tracer, 68).slice(64)).toBe('many')
    expect(tracer.said(pid, await tracer.wait(pid))).toBe('exit sched_yield')
    expect(tracer.session.kernel.tasks.get(pid)?.memory.read(THERE, 13)).toEqual(encodeUtf8('so many bytes'))
  })
})

test('a string comes with its NUL and nothing behind it', async () => {
  await at((tracer, pid) => {
    place(tracer, 'one\0two', HERE)
    many(tracer, pid, [PTRACE_POKECHARDATA, THERE, HERE, 8])
    tracer.process.memory.write(HERE, new Uint8Array(8).fill(0x2e))
    expect(many(tracer, pid, [PTRACE_PEEKSTRINGDATA, THERE, HERE, 64])).toBe(1)
    expect(here(tracer, 8)).toBe('one\0....')
    // Without a NUL in so many bytes, so many bytes.
    expect(many(tracer, pid, [PTRACE_PEEKSTRINGDATA, THERE + 4, HERE, 2])).toBe(1)
    expect(here(tracer, 8)).toBe('twe\0....')
  })
})

test('at the end of memory a string that ends is read, and one that does not is EIO', async () => {
  await at((tracer, pid, size) => {
    place(tracer, 'ab\0', HERE)
    expect(many(tracer, pid, [PTRACE_POKECHARDATA, size - 3, HERE, 3])).toBe(1)
    expect(many(tracer, pid, [PTRACE_PEEKSTRINGDATA, size - 3, HERE + 8, 4096])).toBe(1)
    expect(here(tracer, 11).slice(8)).toBe('ab\0')
    place(tracer, 'abc', HERE)
    expect(many(tracer, pid, [PTRACE_POKECHARDATA, size - 3, HERE, 3])).toBe(1)
    expect(many(tracer, pid, [PTRACE_PEEKSTRINGDATA, size - 3, HERE, 4096])).toBe(-EIO)
    expect(many(tracer, pid, [PTRACE_PEEKSTRINGDATA, size, HERE, 1])).toBe(-EIO)
  })
})

test.for([
  ['a range that is not wholly the tracee’s is EIO', PTRACE_PEEKCHARDATA, -4, HERE, 8, -EIO],
  ['likewise when poked', PTRACE_POKECHARDATA, -4, HERE, 8, -EIO],
  ['an address that is not ours is EFAULT', PTRACE_PEEKCHARDATA, THERE, 0x7fff_fff0, 8, -EFAULT],
  ['NULL is not ours', PTRACE_POKECHARDATA, THERE, 0, 8, -EFAULT],
  ['no bytes are no error, wherever', PTRACE_PEEKCHARDATA, -4, 0, 0, 1],
  ['a negative length is none', PTRACE_POKECHARDATA, THERE, HERE, -1, 1],
] as const)('%s', async ([, request, addr, local, length, result]) => {
  await at((tracer, pid) => {
    expect(many(tracer, pid, [request, addr, local, length])).toBe(result)
  })
})

test('by themselves they are unknown requests: ptrace(2) has no word for a length', async () => {
  await at((tracer, pid) => {
    for (const name of ['PTRACE_PEEKCHARDATA', 'PTRACE_POKECHARDATA', 'PTRACE_PEEKSTRINGDATA'] as const) {
      expect(tracer.request(name, pid, THERE, HERE)).toBe(-EIO)
    }
  })
})

test('a vector is one request, however many it holds', async () => {
  await at((tracer, pid) => {
    place(tracer, 'new\0', HERE)
    const { counts } = tracer.session.kernel
    const before = counts.requests
    many(tracer, pid, [PTRACE_POKECHARDATA, THERE, HERE, 4], [PTRACE_PEEKCHARDATA, THERE, HERE, 4], [PTRACE_PEEKSTRINGDATA, THERE, HERE, 4])
    expect(counts.requests - before).toBe(1)
  })
})

test('what was peeked is counted, and what was poked is in the trace with what stood there', async () => {
  let counted = 0
  const { trace } = await at((tracer, pid) => {
    place(tracer, 'new\0', HERE)
    many(tracer, pid, [PTRACE_POKECHARDATA, THERE, HERE, 4])
    place(tracer, 'NEW', HERE)
    many(tracer, pid, [PTRACE_POKECHARDATA, THERE, HERE, 3])
    const { counts } = tracer.session.kernel
    const before = counts.bytesPeeked
    many(tracer, pid, [PTRACE_PEEKCHARDATA, THERE, HERE, 4], [PTRACE_PEEKSTRINGDATA, THERE, HERE, 100])
    counted = counts.bytesPeeked - before
  })
  expect(counted).toBe(4 + 4)
  const pokes = Array.from({ length: trace.length }, (_, i) => i + 1).filter((seq) => {
    const event = trace.event(seq)
    return event?.kind === EventKind.request && event.nr === PTRACE_POKECHARDATA
  })
  expect(pokes.map((seq) => eventLineText(trace, seq))).toEqual([
    'ptrace(PTRACE_POKECHARDATA, 2, 0x100, "new\\0", 4) = 4',
    'ptrace(PTRACE_POKECHARDATA, 2, 0x100, "NEW", 3) = 3',
  ])
  const { poked } = trace.request(pokes[1] ?? 0)
  expect([lossyText(poked?.was ?? new Uint8Array(0)), lossyText(poked?.is ?? new Uint8Array(0))]).toEqual(['new', 'NEW'])
  expect((trace.event(pokes[1] ?? 0)?.flags ?? 0) & Flag.multi).toBe(Flag.multi)
})
