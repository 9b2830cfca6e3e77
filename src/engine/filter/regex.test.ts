import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RegexError } from './regex-syntax.ts'
import { compileRegex } from './regex.ts'

const piece = fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '\\d', '\\w', '\\s', '1', ' ', '_', '\\.')
const expression: fc.Arbitrary<string> = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    piece,
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `${a}${b}`),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a}|${b})`),
    fc.tuple(tie('node'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{0,}', '*?')).map(([a, r]) => `(?:${a})${r}`),
    tie('node').map((a) => `(^${a})`),
    tie('node').map((a) => `(${a}$)`),
  ),
})).node as fc.Arbitrary<string>

describe('a regular expression of a filter', () => {
  test('matches what the platform’s matches', () => {
    fc.assert(
      fc.property(
        expression,
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'B', '1', ' ', '_', '.', '\n'), maxLength: 8 }),
        (source, text) => {
          expect(compileRegex(source)(text), `${source} on ${JSON.stringify(text)}`).toBe(
            new RegExp(source, 'i').test(text),
          )
        },
      ),
      { numRuns: 500 },
    )
  })

  test.for([
    ['(a+)+b', 'a'.repeat(30_000)],
    ['(a|a)*c', 'a'.repeat(30_000)],
    ['(a?){200}a{200}', 'a'.repeat(199)],
  ] as const)('takes linear time for %s', ([source, text]) => {
    const matches = compileRegex(source)
    expect(matches(text)).toBe(false)
  })

  test.for([
    ['(', 0],
    ['a)', 1],
    ['[a', 0],
    ['*', 0],
    ['a**', 2],
    ['\\', 0],
    ['(?=a)', 0],
    ['a{9999}', 1],
    ['\\1', 0],
    ['[b-a]', 0],
    ['a{3,1}', 1],
  ] as const)('refuses %s at its column', ([source, at]) => {
    let error: unknown
    try {
      compileRegex(source)
    } catch (caught) {
      error = caught
    }
    expect(error).toBeInstanceOf(RegexError)
    expect((error as RegexError).at).toBe(at)
  })

  test('refuses what would grow too large', () => {
    expect(() => compileRegex('((a{200}){200}){200}')).toThrow(RegexError)
    expect(() => compileRegex('('.repeat(100) + ')'.repeat(100))).toThrow(RegexError)
  })

  test('throws nothing but RegexError', () => {
    fc.assert(
      fc.property(fc.string(), (source) => {
        try {
          compileRegex(source)('some text')
        } catch (error) {
          expect(error).toBeInstanceOf(RegexError)
        }
      }),
    )
  })
})
