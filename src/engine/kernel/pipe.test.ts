import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ERRNO } from '../abi/errno.ts'
import { PIPE_BUF, PIPE_CAPACITY, PIPE_MAX_SIZE } from '../abi/linux.ts'
import { Clock } from './clock.ts'
import { newPipe, nextPipeNumber, pipeOf } from './pipe.ts'

/** Bytes that tell where they come from. */
const counted = (from: number, length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (from + i) % 251)

describe('a pipe', () => {
  test('gives out what was put in, in order, and answers as pipe(7) says, whatever is done to it', () => {
    const size = fc.oneof(fc.nat(10), fc.nat(PIPE_BUF + 2), fc.nat(PIPE_CAPACITY + 2))
    const step = fc.oneof(
      fc.record({ op: fc.constant('write' as const), size }),
      fc.record({ op: fc.constant('read' as const), size }),
      fc.record({ op: fc.constantFrom('checkpoint' as const, 'resize' as const), size }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const { pipe, read, write } = newPipe(1)
        let model: number[] = []
        let written = 0
        let capacity = PIPE_CAPACITY
        for (const { op, size } of steps) {
          const room = capacity - model.length
          if (op === 'write') {
            const bytes = counted(written, size)
            const fits = size > PIPE_BUF ? Math.min(room, size) : size <= room ? size : 0
            expect(write.write(bytes)).toBe(size > 0 && fits === 0 ? undefined : fits)
            model = [...model, ...bytes.subarray(0, fits)]
            written += fits
          } else if (op === 'read') {
            const into = new Uint8Array(size)
            const there = Math.min(size, model.length)
            expect(read.read(into)).toBe(size > 0 && there === 0 ? undefined : there)
            expect([...into.subarray(0, there)]).toEqual(model.slice(0, there))
            model = model.slice(there)
          } else if (op === 'resize') {
            const to = Math.max(4096, 2 ** Math.ceil(Math.log2(Math.max(1, size))))
            expect(pipe.resize(size)).toBe(to < model.length ? -ERRNO.EBUSY : to)
            if (to >= model.length) capacity = to
          } else pipe.restore(pipe.save())
          expect(pipe.length).toBe(model.length)
          expect(read.readable()).toEqual({ ready: model.length > 0, bytes: model.length, hangup: false })
          expect(write.writable().ready).toBe(capacity - model.length >= PIPE_BUF)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('wakes readers when it is written to and when the last writer goes, writers in return', () => {
    const { pipe, read, write } = newPipe(1)
    const woken: string[] = []
    read.changed.add({ wake: () => woken.push('reader') })
    write.changed.add({ wake: () => woken.push('writer') })
    write.write(counted(0, 3))
    read.read(new Uint8Array(2))
    pipe.resize(2 * PIPE_CAPACITY)
    read.close()
    write.close()
    expect(woken).toEqual(['reader', 'writer', 'writer', 'writer', 'reader'])
    expect([pipe.readers, pipe.writers]).toEqual([0, 0])
  })

  test('is at its end when it is empty and nobody can write', () => {
    const { read, write } = newPipe(1)
    write.write(counted(0, 3))
    write.close()
    expect(read.readable()).toEqual({ ready: true, bytes: 3, hangup: true })
    expect(read.read(new Uint8Array(9))).toBe(3)
    expect(read.read(new Uint8Array(9))).toBe(0)
  })

  test('is EPIPE when nobody can read', () => {
    const { read, write } = newPipe(1)
    read.close()
    expect(write.write(counted(0, 1))).toBe(-ERRNO.EPIPE)
    expect(write.write(counted(0, 0))).toBe(0)
    expect(write.writable()).toMatchObject({ ready: true, hangup: true })
  })

  test('is told from other streams, at both ends', () => {
    const { pipe, read, write } = newPipe(7)
    expect(pipeOf(read)).toEqual({ pipe, writes: false })
    expect(pipeOf(write)).toEqual({ pipe, writes: true })
    expect(pipe.label).toBe('pipe:[7]')
  })

  test.for<[number, number]>([
    [0, 4096], [4097, 8192], [PIPE_MAX_SIZE, PIPE_MAX_SIZE], [PIPE_MAX_SIZE + 1, -ERRNO.EPERM],
    [2 ** 32 - 1, -ERRNO.EINVAL],
  ])('resized to %i has %i', ([size, expected]) => {
    expect(newPipe(1).pipe.resize(size)).toBe(expected)
  })

  test('is numbered by machine', () => {
    const [one, other] = [new Clock(0n), new Clock(0n)]
    expect([nextPipeNumber(one), nextPipeNumber(one), nextPipeNumber(other)]).toEqual([1, 2, 1])
  })
})
