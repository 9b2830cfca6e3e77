import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tracedCall } from '../decode/call.ts'
import { eventLineText } from '../decode/line.ts'
import { callName } from '../decode/table.ts'
import { straceLines, type StraceOptions } from '../decode/strace.ts'
import { compileFilter } from '../filter/match.ts'
import { parseFilter } from '../filter/parse.ts'
import { EventKind } from '../trace/format.ts'
import type { ImportProblem } from './problem.ts'
import { StraceReader, type Imported } from './strace-log.ts'

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}.strace`, import.meta.url), 'utf8')

/** Reads a text in pieces of so many characters. */
const read = (text: string, size = 4096): Imported | ImportProblem => {
  const reader = new StraceReader()
  for (let at = 0; at < text.length; at += size) {
    const problem = reader.add(text.slice(at, at + size))
    if (problem !== undefined) return problem
  }
  return reader.end()
}
const readWell = (text: string, size?: number): Imported => {
  const result = read(text, size)
  if ('cause' in result) throw new Error(`${result.line}:${result.column} ${result.cause}`)
  return result
}
const refused = (text: string): ImportProblem => {
  const result = read(text)
  if (!('cause' in result)) throw new Error('it was read')
  return result
}

describe('a log of the real strace', () => {
  const epoch = ({ epoch: e }: Imported): bigint => (e === undefined ? 0n : BigInt(e.seconds) * 1_000_000_000n + BigInt(e.nanoseconds))
  const logs: readonly (readonly [string, StraceOptions])[] = [
    ['file-f-ttt-T', { who: 'file', times: 'ttt', durations: true }],
    ['terminal-f', {}],
    ['plain', { who: 'nobody' }],
    ['ttt-T', { who: 'nobody', times: 'ttt', durations: true }],
  ]
  test.for(logs)('%s is written out again as it was read', ([name, options]) => {
    const text = fixture(name)
    const imported = readWell(text)
    const lines = [...straceLines(imported.trace, { ...options, epoch: epoch(imported) })]
    expect(lines.join('\n')).toBe(text.trimEnd())
  })

  test.for(logs)('%s is the same trace however the file comes in pieces', ([name]) => {
    const text = fixture(name).slice(0, 3000)
    const cut = text.slice(0, text.lastIndexOf('\n') + 1)
    const [whole, pieces] = [readWell(cut, 1e9), readWell(cut, 7)]
    expect([...straceLines(pieces.trace)]).toEqual([...straceLines(whole.trace)])
    expect(pieces.lines).toBe(whole.lines)
  })
})

describe('what a log tells', () => {
  const { trace } = readWell(fixture('file-f-ttt-T'))
  const c = trace.events.columns
  const seqs = Array.from({ length: trace.length }, (_, i) => i + 1)
  const found = (query: string): readonly string[] => {
    const parsed = parseFilter(query)
    if (!parsed.ok) throw new Error(query)
    const match = compileFilter(parsed.query)
    return seqs.filter((seq) => c.kind[seq - 1] !== EventKind.exit && match(trace, seq)).map((seq) => eventLineText(trace, seq))
  }

  test('tasks are born where they are first heard of, with their parents, and end with their statuses', () => {
    const [first, second] = trace.births
    expect(first).toMatchObject({ name: 't', argv: ['./t'], parent: 0 })
    expect(second).toMatchObject({ parent: first?.pid })
    expect(eventLineText(trace, second?.death ?? 0)).toBe('+++ exited with 3 +++')
    expect(eventLineText(trace, first?.death ?? 0)).toBe('+++ killed by SIGSEGV +++')
  })

  test.for([
    ['openat path:"/nonexistent"', 1], ['errno:ENOENT call:openat', 1], ['%time', 1], ['pid:16518 %desc', 1], ['signal:SIGUSR1', 1],
    ['call:pause', 1], ['dur:>15ms', 2],
  ] as const)('the filter %s finds it', ([query, count]) => {
    expect(found(query)).toHaveLength(count)
  })

  test('durations are those of -T, and time never goes back', () => {
    const seq = seqs.find((one) => c.kind[one - 1] === EventKind.entry && callName(3, c.nr[one - 1] ?? 0) === 'clock_nanosleep') ?? 0
    expect(trace.outcome(seq)?.time).toBeCloseTo((c.time[seq - 1] ?? 0) + 20_909_000, -5)
    for (let i = 1; i < trace.length; i++) expect(c.time[i]).toBeGreaterThanOrEqual(c.time[i - 1] as number)
  })

  test('pids and addresses above those of our machines stay what they are', () => {
    const { trace: large } = readWell('4194303 mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, -1, 0) = 0x7f7641345000\n4194303 +++ exited with 0 +++\n')
    expect(large.event(2)?.pid).toBe(4194303)
    expect(large.outcome(2)?.ret).toBe(0x7f7641345000)
  })

  test('a call that nobody has heard of keeps its name and its text', () => {
    const { trace: odd } = readWell('frobnicate({a=[1, 2], b="x, \\"y)"}, 0x5 /* FROB_??? */) = -1 EFROB (Frob, please)\nsyscall_0x1f4(0x1) = 7\n')
    expect([...straceLines(odd, { who: 'nobody' })]).toEqual([
      'frobnicate({a=[1, 2], b="x, \\"y)"}, 0x5 /* FROB_??? */) = -1 EFROB (Frob, please)',
      'syscall_0x1f4(0x1)                      = 7',
    ])
    expect(tracedCall(odd, 2, 'after')?.args.map(({ text }) => text)).toEqual(['{a=[1, 2], b="x, \\"y)"}', '0x5 /* FROB_??? */'])
  })

  test('a process that was already in a call, one that execs and one that is cut off in the middle of a line are read', () => {
    const text = [
      '7 <... read resumed>"x", 1)             = 1', '7 execve("/bin/true", ["true", "-v"], 0x7ff) = 0',
      '7 clone(child_stack=NULL, flags=SIGCHLD) = 9', '9 exit_group(0)                     = ?', '9 +++ exited with 0 +++', '7 write(1, "ab',
    ].join('\n')
    const { trace: some } = readWell(text)
    expect(some.births.map(({ pid, name, parent }) => [pid, name, parent])).toEqual([[7, '', 0], [7, 'true', 0], [9, '', 7]])
    expect([...straceLines(some, { who: 'file' })].slice(1).map((line) => line.replace(/^(\d) +/, '$1 '))).toEqual(text.split('\n').slice(1, 5))
  })

  test.for(['file-f-tt-y', 'file-f-r-n-i-k'])('%s is read', (name) => {
    const { trace: other } = readWell(fixture(name))
    expect(other.births).toHaveLength(2)
    expect(other.outcomes.length).toBe(0)
    expect(other.event(other.length)?.kind).toBe(EventKind.death)
  })
})

describe('what is no log', () => {
  test.for([
    ['hello\n', 1, 1, 'This is no line of strace'],
    ['read(0, "", 1) = 0\n12:00:01.5 ???\n', 2, 12, 'This is no line of strace'],
    ['read(0, "", 1)\n', 1, 15, 'the call of read ends without a result'],
    ['% time     seconds  usecs/call\n', 1, 1, 'strace -c'],
    ['', 1, 1, 'no line of strace'],
    ['x'.repeat(2 ** 20 + 2), 1, 2 ** 20, 'longer than'],
  ] as const)('%# is refused with its place and a cure', ([text, line, column, cause]) => {
    const problem = refused(text)
    expect([problem.line, problem.column]).toEqual([line, column])
    expect(problem.cause).toContain(cause)
    expect(problem.cure).toMatch(/^[A-Z].*\.$/)
  })

  test('nothing makes it throw, and lines that are hostile are read in one pass', () => {
    const piece = fc.constantFrom('read(', '"', ')', ' = ', '-1 E', '<unfinished ...>', ' resumed>', '<... ', '+++ ', '--- SIG', '[pid ', '7 ', '1.5 ', '\\', '{', '\n', ' <0.1>', 'execve')
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const result = read(pieces.join(''), 16)
      if (!('cause' in result)) for (const line of straceLines(result.trace)) expect(typeof line).toBe('string')
    }), { numRuns: 300 })
    for (const sign of ['(', ')', '"', ') = ', '<', '[', '\\', ' ', '{']) {
      read(`read(${sign.repeat(500_000 / sign.length)}\n`, 65_536)
    }
  }, 5000)
})
