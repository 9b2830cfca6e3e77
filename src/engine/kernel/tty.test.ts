import { describe, expect, test } from 'vitest'
import { encodeUtf8, lossyText } from './text.ts'
import { Tty } from './tty.ts'

const open = (): { tty: Tty; echo: () => string; signals: number[] } => {
  let echo = ''
  const signals: number[] = []
  const tty = new Tty((_, bytes) => { echo += lossyText(bytes) }, (signo) => signals.push(signo))
  return { tty, echo: () => echo, signals }
}
const read = (tty: Tty, length = 100): string => {
  const into = new Uint8Array(length)
  const count = tty.read(into)
  return count === undefined ? 'waits' : count === 0 ? 'end' : lossyText(into.subarray(0, count))
}

describe('a terminal in canonical mode', () => {
  test.for<[what: string, typed: string, lines: string[], echo: string]>([
    ['gives nothing before a line is finished', 'ab', ['waits'], 'ab'],
    ['gives a line at a time', 'a\nbc\n', ['a\n', 'bc\n', 'waits'], 'a\nbc\n'],
    ['takes carriage return for newline', 'a\r', ['a\n', 'waits'], 'a\n'],
    ['erases a character', 'abc\x7f\x7fd\n', ['ad\n'], 'abc\b \b\b \bd\n'],
    ['erases a character of several bytes at once', 'aü€😀\x7f\x7f\x7fb\n', ['ab\n'],
      `aü€😀${'\b \b'.repeat(3)}b\n`],
    ['erases nothing at the start of a line', '\x7f\x7fa\n', ['a\n'], 'a\n'],
    ['erases a word', 'one two \x17x\n', ['one x\n'], `one two ${'\b \b'.repeat(4)}x\n`],
    ['kills a line', 'abc\x15d\n', ['d\n'], `abc${'\b \b'.repeat(3)}d\n`],
    ['ends at ^D at the start of a line, and goes on', '\x04a\n', ['end', 'a\n', 'waits'], 'a\n'],
    ['gives an unfinished line at ^D', 'ab\x04c\n', ['ab', 'c\n'], 'abc\n'],
    ['shows control characters', '\x01\n', ['\x01\n'], '^A\n'],
    ['erases both columns of one', '\x01\x7f\n', ['\n'], '^A\b \b\b \b\n'],
    ['takes the next character as it is after ^V', '\x16\x03\x16\x04\n', ['\x03\x04\n'], '^C^D\n'],
  ])('%s', ([, typed, lines, expected]) => {
    const { tty, echo } = open()
    tty.input(encodeUtf8(typed))
    expect(lines.map(() => read(tty))).toEqual(lines)
    expect(echo()).toBe(expected)
  })

  test('gives a long line piece by piece', () => {
    const { tty } = open()
    tty.input(encodeUtf8('abcde\nf\n'))
    expect([read(tty, 3), read(tty, 3), read(tty, 3), read(tty, 3)]).toEqual(['abc', 'de\n', 'f\n', 'waits'])
  })

  test('flushes what was typed when it sends a signal', () => {
    const { tty, echo, signals } = open()
    tty.input(encodeUtf8('old\nhalf\x03\x1c\x1anew\n'))
    expect(read(tty)).toBe('new\n')
    expect(signals).toEqual([2, 3, 20])
    expect(echo()).toBe('old\nhalf^C^\\^Znew\n')
  })

  test('cuts a line of more than 4095 characters', () => {
    const { tty } = open()
    tty.input(encodeUtf8(`${'x'.repeat(5000)}\n`))
    expect(read(tty, 8192)).toBe(`${'x'.repeat(4095)}\n`)
  })

  test('is at its end for good when nothing more will be typed', () => {
    const { tty } = open()
    tty.input(encodeUtf8('a\nb'))
    tty.endOfInput()
    tty.input(encodeUtf8('late\n'))
    expect([read(tty), read(tty), read(tty), read(tty)]).toEqual(['a\n', 'b', 'end', 'end'])
  })

  test('wakes who waits', () => {
    const { tty } = open()
    let woken = 0
    tty.changed.add({ wake: () => { woken++ } })
    tty.input(encodeUtf8('a'))
    tty.endOfInput()
    expect(woken).toBe(2)
  })

  test('comes back as it was saved', () => {
    const { tty } = open()
    tty.input(encodeUtf8('one\ntw'))
    const state = tty.save()
    tty.input(encodeUtf8('\x03'))
    tty.restore(state)
    tty.input(encodeUtf8('o\n'))
    expect([read(tty), read(tty)]).toEqual(['one\n', 'two\n'])
  })
})
