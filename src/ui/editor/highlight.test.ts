import fc from 'fast-check'
import { expect, test } from 'vitest'
import { highlight } from './highlight.ts'

const inks = (code: string, language: 'typescript' | 'c') =>
  highlight(code, language).map((line) => line.filter(({ ink }) => ink !== 'plain').map(({ ink, text }) => `${ink}:${text}`))

test('tells words, texts, numbers, calls and comments apart', () => {
  expect(inks("await spawn('x', 0x1fn) // if\n1_000", 'typescript')).toEqual([
    ['key:await', 'call:spawn', "text:'x'", 'number:0x1fn', 'comment:// if'],
    ['number:1_000'],
  ])
  expect(inks('#include <a.h>\n/* one\n two */ int f(void)', 'c')).toEqual([
    ['key:#include'], ['comment:/* one'], ['comment: two */', 'key:int', 'call:f', 'key:void'],
  ])
})

test('loses and adds nothing', () => {
  fc.assert(fc.property(fc.string(), fc.constantFrom('typescript' as const, 'c' as const), (code, language) => {
    expect(highlight(code, language).map((line) => line.map(({ text }) => text).join('')).join('\n')).toBe(code)
  }))
})
