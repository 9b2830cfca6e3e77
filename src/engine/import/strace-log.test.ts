import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { callName } from '../decode/table.ts'
import { straceLines, type StraceOptions } from '../decode/strace.ts'
import { compileFilter } from '../filter/match.ts'
import { EventKind } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
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
  const read1 = read(text, size)
  if ('cause' in read1) throw new Error(`${read1.line}:${read1.column} ${read1.cause}`)
  return read1
}
const refused = (text: string): ImportProblem => {
  const read1 = read(text)
  if (!('cause' in read1)) throw new Error('it was read')
  return read1
}
const names = (trace: Trace, kind: number): string[] => {
  const c = trace.events.columns
  return Array.from({ length: trace.length }, (_, i) => i).filter((i) => c.kind[i] === kind).map((i) => callName(c.arch[i] ?? 0, c.nr[i] ?? 0))
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
