import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Standing } from '../../engine/decision/effect.ts'
import { ArchCode } from '../../engine/trace/format.ts'
import { NO_EDITS } from '../state/hand.ts'
import { CHOICES, bytesText, choiceOf, choicesAt, decisionFor, parseBytes, parseRegister, parseResult, resultOptions } from './choice.ts'

const { preview1, linux } = ArchCode
const stop: Standing = {
  seq: 9, pid: 2, task: 'cat', kind: 'entry', place: 'entry', call: 'fd_write', arch: preview1, returns: true, ret: 52, emulated: false, signo: 0,
}

describe('a result', () => {
  test.for([
    ['51', 51], [' 51 nospc', 51], ['nospc', 51], ['ENOSPC', 51], ['enospc', 51], ['exist', 20], ['EXIST', 20], ['0', 0], ['success', 0], ['-1', -1],
    ['4294967295', 4294967295], ['4294967296', undefined], ['', undefined], ['nonsense', undefined], ['5.5', undefined], ['constructor', undefined],
  ] as const)('%o is %o', ([text, value]) => expect(parseResult(text, preview1)).toBe(value))
  test('of a call of linux is negative when it is an errno', () => expect(parseResult('ENOENT', linux)).toBe(-44))
  test('can be chosen from the list', () => {
    for (const option of resultOptions(preview1)) expect(parseResult(option, preview1)).toBe(Number.parseInt(option, 10))
  })
})

test.for([
  ['12', '12'], ['-1', '-1'], ['0xff', '255'], ['0xFFFFFFFFFFFFFFFF', '18446744073709551615'], ['1_000', '1000'],
  ['18446744073709551616', undefined], ['-0x1', undefined], ['ten', undefined], ['', undefined],
] as const)('the register %o is %o', ([text, value]) => expect(parseRegister(text)).toBe(value))

describe('bytes', () => {
  test('are text with escapes, or hex', () => {
    expect([...parseBytes('a\\n\\x00\\\\é', 'text') ?? []]).toEqual([97, 10, 0, 92, 0xc3, 0xa9])
    expect([...parseBytes('68 6921', 'hex') ?? []]).toEqual([0x68, 0x69, 0x21])
    expect(parseBytes('6', 'hex')).toBeUndefined()
    expect(parseBytes('zz', 'hex')).toBeUndefined()
  })
  test('can be read back as they are shown', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), fc.constantFrom('text', 'hex'), (bytes, as) => {
      expect(parseBytes(bytesText(bytes, as), as)).toEqual(bytes)
    }))
  })
})

describe('a decision', () => {
  test('has what was prepared', () => {
    const edits = { result: 'nospc', args: { 0: '2', 1: ' ' }, memory: [{ addr: 16, bytes: [1] }], signal: 10 }
    expect(decisionFor(stop, 'skip-call', edits)).toEqual({
      at: 9, request: 'syscall', tags: 4, signal: 10, result: 51, args: [[0, '2']], memory: [{ addr: 16, bytes: [1] }],
    })
  })
  test('delivers the signal of its stop unless told', () => {
    const signal: Standing = { ...stop, kind: 'signal', place: 'other', signo: 15 }
    expect(decisionFor(signal, 'deliver', NO_EDITS)).toMatchObject({ signal: 15 })
    expect(decisionFor(signal, 'suppress', NO_EDITS)).toMatchObject({ signal: 0 })
    expect(decisionFor(signal, 'deliver', { ...NO_EDITS, signal: 10 })).toMatchObject({ signal: 10 })
  })
  test('names the field that holds no number', () => {
    expect(decisionFor(stop, 'continue', { ...NO_EDITS, result: 'much' })).toEqual({ wrong: 'the result' })
    expect(decisionFor(stop, 'continue', { ...NO_EDITS, args: { 1: 'x' } })).toEqual({ wrong: 'argument 2' })
  })
  test('is the choice that it was, at every kind of stop', () => {
    for (const kind of ['entry', 'exit', 'event', 'signal', 'group'] as const) {
      const at: Standing = { ...stop, kind, signo: kind === 'signal' ? 15 : 0 }
      for (const choice of choicesAt(at)) {
        const decision = decisionFor(at, choice, NO_EDITS)
        expect('wrong' in decision ? '' : choiceOf(at, decision)).toBe(choice)
      }
    }
  })
})

test('no two choices share a key', () => {
  const keys = Object.values(CHOICES).map((choice) => choice.keys)
  expect(new Set(keys).size).toBe(keys.length)
})
