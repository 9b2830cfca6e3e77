import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { errnoName } from '../abi/errno.ts'
import { O, PIPE_BUF, PIPE_CAPACITY } from '../abi/linux.ts'
import { SIGNAL } from '../abi/signal.ts'
import { FDFLAG, RIGHT } from '../abi/wasi.ts'
import { FD_LIMIT } from '../kernel/descriptors.ts'
import { encodeUtf8 } from '../kernel/text.ts'
import type { CallResult } from './row.ts'
import { FakeProcess } from './testing.ts'

const ROOT = 3
const PATH = 0x100
const OUT = 0x200
const DATA = 0x400
const OUTSIDE = 2 ** 20 - 4
const READ_WRITE = RIGHT.FD_READ | RIGHT.FD_WRITE | RIGHT.FD_FDSTAT_SET_FLAGS

const start = (): FakeProcess =>
  new FakeProcess({ memorySize: 2 ** 20, files: [{ path: '/file', bytes: encodeUtf8('0123456789') }] })
const name = (result: number): string | number => errnoName(-result) ?? result
const open = (process: FakeProcess, rights: number = READ_WRITE, flags = 0): number => {
  expect(process.call('path_open', ROOT, 0, ...process.text(PATH, 'file'), 0, rights, 0, flags, OUT)).toBe(0)
  return process.memory.u32(OUT)
}
const pipe = (process: FakeProcess, flags = 0): [number, number] => {
  expect(process.linux('pipe2', OUT, flags)).toBe(0)
  return [process.memory.u32(OUT), process.memory.u32(OUT + 4)]
}
const write = (process: FakeProcess, fd: number, text: string): string | number =>
  name(process.linux('write', fd, ...process.text(DATA, text)))
const read = (process: FakeProcess, fd: number, length: number): string | number => {
  const count = process.linux('read', fd, DATA, length)
  return count < 0 ? name(count) : process.readText(DATA, count)
}

describe('read and write', () => {
  test('move bytes of a file and its offset', () => {
    const process = start()
    const fd = open(process)
    expect(read(process, fd, 4)).toBe('0123')
    expect(write(process, fd, 'ab')).toBe(2)
    expect(read(process, fd, 100)).toBe('6789')
    expect(read(process, fd, 100)).toBe('')
  })

  test('write at the end of a file that is opened to append', () => {
    const process = start()
    const fd = open(process, READ_WRITE, FDFLAG.APPEND)
    expect(write(process, fd, 'ab')).toBe(2)
    process.call('fd_seek', fd, 8, 0, OUT)
    expect(process.linux('dup', fd)).toBe(fd + 1)
    expect(process.files.get(fd)?.file).toMatchObject({ offset: 12 })
  })

  test('wait for a line of the terminal, and write to it', () => {
    const process = start()
    const wait = process.waitLinux('read', 0, DATA, 100)
    expect(wait).toMatchObject({ on: [process.tty.changed], restart: 'call' })
    process.tty.input(encodeUtf8('line\n'))
    expect(process.finish(wait.retry())).toBe(5)
    expect(process.readText(DATA, 5)).toBe('line\n')
    expect(write(process, 1, 'out')).toBe(3)
    expect(process.output[1]).toBe('out')
  })

  test('need a descriptor that is open that way', () => {
    const process = start()
    expect(read(process, 99, 1)).toBe('EBADF')
    expect(read(process, 0xffff_ffff, 1)).toBe('EBADF')
    expect(write(process, open(process, RIGHT.FD_READ), 'x')).toBe('EBADF')
    expect(read(process, open(process, RIGHT.FD_WRITE), 1)).toBe('EBADF')
    expect(read(process, ROOT, 1)).toBe('EISDIR')
    expect(write(process, ROOT, 'x')).toBe('EBADF')
    const [from, to] = pipe(process)
    expect([write(process, from, 'x'), read(process, to, 1)]).toEqual(['EBADF', 'EBADF'])
  })

  test.for<[string, number, number, string | number]>([
    ['nothing to NULL', 0, 0, 0],
    ['something to NULL', 0, 1, 'EFAULT'],
    ['beyond memory', OUTSIDE, 5, 'EFAULT'],
    ['up to its end', OUTSIDE, 4, 4],
    ['more than a length can be', 1, 0xffff_ffff, 'EFAULT'],
  ])('%s of a file', ([, buf, count, expected]) => {
    const process = start()
    expect(name(process.linux('read', open(process), buf, count))).toBe(expected)
    expect(name(process.linux('write', open(process), buf, count))).toBe(expected)
  })

  test('find out that a buffer is NULL when a byte is to go there, not before', () => {
    const process = start()
    const fd = open(process)
    read(process, fd, 100)
    expect(process.linux('read', fd, 0, 5)).toBe(0)
    const [from, to] = pipe(process)
    const wait = process.waitLinux('read', from, 0, 5)
    write(process, to, 'kept')
    expect(name(process.finish(wait.retry()))).toBe('EFAULT')
    expect(read(process, from, 9)).toBe('kept')
    expect(name(process.linux('write', to, 0, 5))).toBe('EFAULT')
    process.linux('close', to)
    expect(process.linux('read', from, 0, 5)).toBe(0)
  })

  test('to nobody with a buffer that is NULL is EPIPE all the same', () => {
    const process = start()
    const [from, to] = pipe(process)
    process.linux('close', from)
    expect(name(process.linux('write', to, 0, 5))).toBe('EPIPE')
    expect(process.raised).toEqual([SIGNAL.SIGPIPE])
  })
})

describe('a pipe', () => {
  test('makes a reader wait for bytes, and gives it what there is', () => {
    const process = start()
    const [from, to] = pipe(process)
    const wait = process.waitLinux('read', from, DATA + 100, 100)
    expect(write(process, to, 'abc')).toBe(3)
    expect(process.finish(wait.retry())).toBe(3)
    expect(process.readText(DATA + 100, 3)).toBe('abc')
  })

  test('ends when the last writer is gone, copies counted', () => {
    const process = start()
    const [from, to] = pipe(process)
    const copy = process.linux('dup', to)
    write(process, to, 'abc')
    process.linux('close', to)
    expect(read(process, from, 2)).toBe('ab')
    expect(read(process, from, 2)).toBe('c')
    const wait = process.waitLinux('read', from, DATA, 2)
    process.linux('close', copy)
    expect(process.finish(wait.retry())).toBe(0)
  })

  test('ends when the last process that could write has ended', () => {
    const process = start()
    const [from, to] = pipe(process)
    const child = process.files.fork()
    process.linux('close', to)
    const wait = process.waitLinux('read', from, DATA, 2)
    child.closeAll()
    expect(process.finish(wait.retry())).toBe(0)
  })

  test('is EPIPE and SIGPIPE when nobody can read, also for one who waits', () => {
    const process = start()
    const [from, to] = pipe(process)
    expect(process.linux('write', to, DATA, PIPE_CAPACITY)).toBe(PIPE_CAPACITY)
    const wait = process.waitLinux('write', to, DATA, 1)
    process.linux('close', from)
    expect(process.raised).toEqual([])
    expect(name(process.finish(wait.retry()))).toBe('EPIPE')
    expect(process.raised).toEqual([SIGNAL.SIGPIPE])
    expect(process.linux('write', to, DATA, 0)).toBe(0)
  })

  test('takes all of a long write, as much as fits at a time', () => {
    const process = start()
    const [from, to] = pipe(process)
    let result: CallResult = process.waitLinux('write', to, DATA, 150_000)
    const got: number[] = []
    while (typeof result !== 'number') {
      got.push(process.linux('read', from, DATA + 200_000, 100_000))
      result = result.retry()
    }
    expect(result).toBe(150_000)
    expect(got).toEqual([PIPE_CAPACITY, PIPE_CAPACITY])
  })

  test('tells how far a long write came when a signal interrupts it, or when the reader goes', () => {
    const process = start()
    const [from, to] = pipe(process)
    const wait = process.waitLinux('write', to, DATA, 150_000)
    expect(wait.interrupted?.()).toBe(PIPE_CAPACITY)
    process.linux('close', from)
    expect(process.finish(wait.retry())).toBe(PIPE_CAPACITY)
    expect(process.raised).toEqual([SIGNAL.SIGPIPE])
  })

  test('has nothing to tell of a write that has not begun', () => {
    const process = start()
    const [, to] = pipe(process)
    process.linux('write', to, DATA, PIPE_CAPACITY)
    expect(process.waitLinux('write', to, DATA, 9).interrupted?.()).toBeUndefined()
  })

  test('does not wait with O_NONBLOCK: EAGAIN, or a part of what is longer than PIPE_BUF', () => {
    const process = start()
    const [from, to] = pipe(process, O.O_NONBLOCK)
    expect(read(process, from, 1)).toBe('EAGAIN')
    expect(process.linux('write', to, DATA, 100_000)).toBe(PIPE_CAPACITY)
    expect(name(process.linux('write', to, DATA, 100_000))).toBe('EAGAIN')
    process.linux('read', from, DATA, 100)
    expect(name(process.linux('write', to, DATA, PIPE_BUF))).toBe('EAGAIN')
    expect(process.linux('write', to, DATA, PIPE_BUF + 1)).toBe(100)
  })

  test('writes PIPE_BUF bytes or fewer in one piece, in the order in which the writes return', () => {
    const writer = fc.array(fc.integer({ min: 1, max: PIPE_BUF }), { maxLength: 8 })
    const turn = fc.oneof(fc.record({ writer: fc.nat(2) }), fc.record({ read: fc.integer({ min: 1, max: 9000 }) }))
    fc.assert(
      fc.property(fc.tuple(writer, writer, writer), fc.array(turn, { maxLength: 40 }), (writers, turns) => {
        const process = start()
        const [from, to] = pipe(process)
        process.linux('fcntl', to, 1031, 8192)
        const todo = writers.map((sizes) => [...sizes])
        const waiting: (CallResult | undefined)[] = [undefined, undefined, undefined]
        const expected: number[] = []
        const got: number[] = []
        const write = (who: number): void => {
          const [size] = todo[who] ?? []
          if (size === undefined) return
          // Each writer's bytes say whose they are.
          const buf = 0x1000 * (who + 1)
          process.memory.write(buf, new Uint8Array(size).fill(who + 1))
          const before = waiting[who]
          const result = typeof before === 'object' ? before.retry() : process.beginLinux('write', to, buf, size)
          waiting[who] = result
          if (typeof result !== 'number') return
          expect(result).toBe(size)
          todo[who]?.shift()
          for (let i = 0; i < size; i++) expected.push(who + 1)
        }
        const read = (most: number): void => {
          const result = process.beginLinux('read', from, 0x8000, most)
          if (typeof result === 'number') got.push(...(process.memory.view(0x8000, result) ?? []))
        }
        for (const one of turns) {
          if ('writer' in one) write(one.writer)
          else read(one.read)
        }
        while (todo.some(({ length }) => length > 0) || got.length < expected.length) {
          for (const who of [0, 1, 2]) write(who)
          read(9000)
        }
        expect(got.length).toBe(expected.length)
        expect(got.findIndex((byte, i) => byte !== expected[i])).toBe(-1)
      }),
      { numRuns: 60 },
    )
  })

  test('serves the calls of preview1 as well', () => {
    const process = start()
    const [from, to] = pipe(process)
    const pieces = process.iovecs(0x300, process.text(DATA, 'ab'), process.text(DATA + 9, 'cd'))
    expect(process.call('fd_write', to, ...pieces, OUT)).toBe(0)
    expect(process.memory.u32(OUT)).toBe(4)
    expect(process.call('fd_read', from, ...process.iovecs(0x300, [DATA, 3], [DATA + 100, 9]), OUT)).toBe(0)
    expect(process.readText(DATA, 3) + process.readText(DATA + 100, 1)).toBe('abcd')
    const wait = process.begin('fd_read', from, ...process.iovecs(0x300, [DATA, 3]), OUT)
    expect(wait).toMatchObject({ restart: 'call' })
    process.linux('close', from)
    expect(errnoName(process.call('fd_write', to, ...process.iovecs(0x300, [DATA, 3]), OUT))).toBe('EPIPE')
    expect(process.raised).toEqual([SIGNAL.SIGPIPE])
  })
})

describe('close', () => {
  test('gives the number free, once', () => {
    const process = start()
    expect(process.linux('close', 1)).toBe(0)
    expect(name(process.linux('close', 1))).toBe('EBADF')
    expect(open(process)).toBe(1)
  })
})

describe('pipe and pipe2', () => {
  test('take the lowest numbers and tell both ends by the same name', () => {
    const process = start()
    expect(process.linux('pipe', OUT)).toBe(0)
    expect([process.memory.u32(OUT), process.memory.u32(OUT + 4)]).toEqual([4, 5])
    const [from] = pipe(process, O.O_CLOEXEC | O.O_NONBLOCK)
    expect([4, 5, from].map((fd) => process.files.get(fd)?.file.label)).toEqual(['pipe:[1]', 'pipe:[1]', 'pipe:[2]'])
    expect(process.files.get(from)).toMatchObject({ closeOnExec: true, file: { flags: FDFLAG.NONBLOCK } })
  })

  test('leave nothing behind when they fail', () => {
    const process = start()
    const before = process.files.size
    expect(name(process.linux('pipe', 0))).toBe('EFAULT')
    expect(name(process.linux('pipe', OUTSIDE))).toBe('EFAULT')
    expect(name(process.linux('pipe2', OUT, O.O_DIRECT))).toBe('EINVAL')
    expect(process.files.size).toBe(before)
    while (process.files.size < FD_LIMIT - 1) process.linux('dup', 0)
    expect(name(process.linux('pipe', OUT))).toBe('EMFILE')
    expect(process.files.size).toBe(FD_LIMIT - 1)
    process.linux('dup', 0)
    expect(name(process.linux('pipe', OUT))).toBe('EMFILE')
  })
})
