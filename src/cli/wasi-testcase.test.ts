import { describe, expect, test } from 'vitest'
import { judge, readTestSpec } from './wasi-testcase.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('a specification of the WASI test suite', () => {
  test('without a file expects exit code 0 and nothing else', () => {
    expect(readTestSpec(undefined)).toMatchObject({ args: [], root: undefined, exitCode: 0, stdout: undefined })
  })

  test('is read in its flat form', () => {
    const spec = readTestSpec('{"args": ["a"], "env": {"X": "1"}, "root": "dir", "exit_code": 33, "stdout": "hello"}')
    expect(spec).toEqual({
      args: ['a'], env: { X: '1' }, root: 'dir', stdin: '', exitCode: 33, stdout: 'hello', stderr: undefined,
    })
  })

  test('is read as a list of operations', () => {
    const operations = [
      { type: 'run', args: ['a'], root: 'dir' },
      { type: 'write', payload: 'in' },
      { type: 'read', payload: 'one' },
      { type: 'read', payload: 'two' },
      { type: 'wait', exit_code: 1 },
    ]
    const spec = readTestSpec(JSON.stringify({ operations }))
    expect(spec).toMatchObject({ args: ['a'], root: 'dir', stdin: 'in', stdout: 'onetwo', exitCode: 1 })
  })

  test.for(['{"world": 1}', '{"args": "a"}', '[]', '{"operations": [{"type": "connect"}]}', '{"exit_code": "1"}'])(
    'is refused when it says what is not understood: %s', (text) => {
      expect(() => readTestSpec(text)).toThrow()
    })
})

test('a verdict names everything that does not fit', () => {
  const spec = readTestSpec('{"stdout": "hello", "exit_code": 2}')
  expect(judge(spec, { exitCode: 2, stdout: encode('hello'), stderr: encode('noise') })).toEqual([])
  expect(judge(spec, { exitCode: 0, stdout: encode('bye'), stderr: encode('') })).toEqual([
    'exit code 0, not 2', 'stdout "bye", not "hello"',
  ])
})
