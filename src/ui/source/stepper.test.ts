import { describe, expect, test } from 'vitest'
import { backward, forward, toLine, type Known } from './stepper.ts'

/** Lines and depths, one instruction each: `10` at depth 1, `20'` one deeper, `-` code of another file. */
const made = (text: string): Known & { readonly lineOf: (pc: number) => number | undefined } => {
  const words = text.split(' ')
  const lines = words.map((word) => (word.startsWith('-') ? undefined : Number(/\d+/.exec(word)?.[0])))
  return {
    pcs: Uint32Array.from(words, (_, i) => i + 1),
    depths: Uint32Array.from(words, (word) => 1 + (word.match(/'/g)?.length ?? 0)),
    lineOf: (pc) => lines[pc - 1],
  }
}

// A line, one that calls a function of two lines, which calls libc, and one more.
const known = made("-' 10 10 11 11 20' 20' -'' -'' 21' 11 12 12 -'")
const go = (from: number, stride: Parameters<typeof forward>[2]) => forward(known, from, stride, known.lineOf)
const back = (from: number, stride: Parameters<typeof forward>[2]) => backward(known, from, stride, known.lineOf)

describe('stepping through recorded instructions', () => {
  test('from an event leads to the first line of the file', () => {
    expect(go(0, 'over')).toBe(2)
    expect(go(0, 'instruction')).toBe(1)
  })
  test('over a line that calls passes the function; into it enters; out of it comes back to the line', () => {
    expect(go(2, 'over')).toBe(4)
    expect(go(4, 'over')).toBe(12)
    expect(go(4, 'into')).toBe(6)
    expect(go(6, 'over')).toBe(10)
    expect(go(6, 'out')).toBe(11)
    expect(go(12, 'over')).toBeUndefined()
    expect(go(14, 'instruction')).toBeUndefined()
  })
  test('from the call of a line leads over the rest of that line', () => {
    const inCall = { ...known, start: { line: 10, depth: 1 } }
    expect(forward(inCall, 0, 'over', known.lineOf)).toBe(4)
    expect(toLine(inCall, 0, new Set([10, 21]), known.lineOf)).toBe(10)
  })
  test('back goes the same way, to the beginnings of lines', () => {
    expect(back(13, 'over')).toBe(12)
    expect(back(12, 'over')).toBe(4)
    expect(back(12, 'into')).toBe(4)
    expect(back(10, 'over')).toBe(6)
    expect(back(6, 'out')).toBe(4)
    expect(back(2, 'over')).toBe(0)
    expect(back(1, 'instruction')).toBe(0)
  })
  test('a breakpoint is met at the beginning of its line, and not again in its middle', () => {
    expect(toLine(known, 0, new Set([11, 21]), known.lineOf)).toBe(4)
    expect(toLine(known, 4, new Set([11]), known.lineOf)).toBe(11)
    expect(toLine(known, 4, new Set([21]), known.lineOf)).toBe(10)
    expect(toLine(known, 12, new Set([12]), known.lineOf)).toBeUndefined()
  })
})
