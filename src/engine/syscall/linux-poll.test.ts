import { describe, expect, test } from 'vitest'
import { errnoName } from '../abi/errno.ts'
import { POLL } from '../abi/linux.ts'
import { CLOCKID, EVENT, RIGHT, SUBSCRIPTION } from '../abi/wasi.ts'
import { encodeUtf8 } from '../kernel/text.ts'
import type { CallResult, Wait } from './row.ts'
import { FakeProcess } from './testing.ts'

const ROOT = 3
const OUT = 0x200
const DATA = 0x400
const FDS = 0x1000
const { POLLIN, POLLOUT, POLLERR, POLLHUP, POLLNVAL, POLLRDNORM, POLLPRI } = POLL

const start = (stdin?: string): FakeProcess =>
  new FakeProcess({ files: [{ path: '/file', bytes: encodeUtf8('0123') }], ...(stdin === undefined ? {} : { stdin }) })
/** Polls pairs of descriptor and events. */
const poll = (process: FakeProcess, timeout: number, ...fds: readonly (readonly [number, number])[]): CallResult => {
  for (const [i, [fd, events]] of fds.entries()) {
    process.memory.setU32(FDS + 8 * i, fd >>> 0)
    process.memory.setU16(FDS + 8 * i + 4, events)
    process.memory.setU16(FDS + 8 * i + 6, 0xffff)
  }
  return process.beginLinux('poll', FDS, fds.length, timeout)
}
const waits = (result: CallResult): Wait => {
  if (typeof result === 'number') throw new Error(`does not wait: ${result}`)
  return result
}
const revents = (process: FakeProcess, count: number): number[] =>
  Array.from({ length: count }, (_, i) => process.memory.u16(FDS + 8 * i + 6))
const pipe = (process: FakeProcess): [number, number] => {
  expect(process.linux('pipe', OUT)).toBe(0)
  return [process.memory.u32(OUT), process.memory.u32(OUT + 4)]
}
const name = (result: CallResult): string | number => errnoName(-(result as number)) ?? (result as number)

describe('poll', () => {
  test('tells at once of what is ready, and of what is none', () => {
    const process = start()
    process.call('path_open', ROOT, 0, ...process.text(0x100, 'file'), 0, RIGHT.FD_READ, 0, 0, OUT)
    const file = process.memory.u32(OUT)
    const some = [[file, POLLIN | POLLOUT | POLLPRI], [1, POLLOUT], [99, 0], [-1, POLLIN], [ROOT, POLLIN], [0, POLLIN]] as const
    expect(poll(process, -1, ...some)).toBe(4)
    expect(revents(process, 6)).toEqual([POLLIN | POLLOUT, POLLOUT, POLLNVAL, 0, POLLIN, 0])
  })

  test('waits for the line, however long', () => {
    const process = start()
    const wait = waits(poll(process, -1, [0, POLLIN | POLLRDNORM]))
    expect(wait).toMatchObject({ on: [process.tty.changed], restart: 'block' })
    expect(wait.until).toBeUndefined()
    process.tty.input(encodeUtf8('line\n'))
    expect(process.finish(wait.retry())).toBe(1)
    expect(revents(process, 1)).toEqual([POLLIN | POLLRDNORM])
  })

  test('of a terminal that is at its end can be read', () => {
    const process = start()
    process.tty.endOfInput()
    expect(poll(process, -1, [0, POLLIN])).toBe(1)
    expect(revents(process, 1)).toEqual([POLLIN | POLLHUP])
  })

  test('of input that has ended is POLLHUP alone, as of a pipe', () => {
    const process = start('')
    expect(poll(process, -1, [0, POLLIN])).toBe(1)
    expect(revents(process, 1)).toEqual([POLLHUP])
  })

  test.for<[string, number, number | undefined]>([['0', 0, undefined], ['20', 20, 20_000_005]])(
    'ends after %s ms with nothing', ([, timeout, until]) => {
      const process = start()
      process.clock.charge(5)
      const result = poll(process, timeout, [0, POLLIN])
      if (until !== undefined) expect(waits(result).until).toBe(until)
      expect(process.finish(result)).toBe(0)
      expect(revents(process, 1)).toEqual([0])
    })

  test('sleeps when it is given no descriptor', () => {
    const process = start()
    expect(process.finish(process.beginLinux('poll', 0, 0, 7))).toBe(0)
    expect(process.clock.now()).toBe(7_000_000)
  })

  test('that a signal interrupts leaves no events, and goes on to the same end', () => {
    const process = start()
    const wait = waits(poll(process, 20, [0, POLLIN]))
    process.clock.charge(1_000_000)
    expect(wait.interrupted?.()).toBeUndefined()
    expect(revents(process, 1)).toEqual([0])
    expect(wait.retry()).toMatchObject({ until: 20_000_000 })
  })

  test('sees a pipe fill, drain, and lose its ends', () => {
    const process = start()
    const [from, to] = pipe(process)
    const both = (): number[] => {
      poll(process, 0, [from, POLLIN], [to, POLLOUT])
      return revents(process, 2)
    }
    expect(both()).toEqual([0, POLLOUT])
    process.linux('write', to, DATA, 61_441)
    expect(both()).toEqual([POLLIN, 0])
    const wait = waits(poll(process, -1, [to, POLLOUT], [to, POLLOUT]))
    expect(wait.on).toHaveLength(1)
    process.linux('read', from, DATA, 1)
    expect(process.finish(wait.retry())).toBe(2)
    const reader = process.linux('dup', from)
    process.linux('close', from)
    process.linux('close', reader)
    expect(poll(process, -1, [to, 0])).toBe(1)
    expect(revents(process, 1)).toEqual([POLLERR])
  })

  test('sees the end of a pipe behind what is in it', () => {
    const process = start()
    const [from, to] = pipe(process)
    process.linux('write', to, DATA, 1)
    process.linux('close', to)
    expect(poll(process, -1, [from, POLLIN])).toBe(1)
    expect(revents(process, 1)).toEqual([POLLIN | POLLHUP])
    process.linux('read', from, DATA, 1)
    expect(poll(process, -1, [from, POLLIN])).toBe(1)
    expect(revents(process, 1)).toEqual([POLLHUP])
  })

  test.for<[number, number, string]>([
    [FDS, 1025, 'EINVAL'], [FDS, 0xffff_ffff, 'EINVAL'], [0, 1, 'EFAULT'], [65_530, 1, 'EFAULT'],
  ])('of a list at %i of %i is %s', ([fds, nfds, expected]) => {
    expect(name(start().beginLinux('poll', fds, nfds, 0))).toBe(expected)
  })

  test('sees of a pipe what poll_oneoff sees', () => {
    const process = start()
    const [from, to] = pipe(process)
    process.linux('write', to, DATA, 5)
    process.linux('close', to)
    process.memory.write(FDS, new Uint8Array(2 * SUBSCRIPTION.size))
    process.memory.setU8(FDS + SUBSCRIPTION.tag, 1)
    process.memory.setU32(FDS + SUBSCRIPTION.fd, from)
    process.memory.setU32(FDS + SUBSCRIPTION.size + SUBSCRIPTION.clockId, CLOCKID.MONOTONIC)
    process.memory.setU64(FDS + SUBSCRIPTION.size + SUBSCRIPTION.clockTimeout, 1000n)
    expect(process.call('poll_oneoff', FDS, 0x2000, 2, OUT)).toBe(0)
    expect(process.memory.u32(OUT)).toBe(1)
    expect([process.memory.u64(0x2000 + EVENT.nbytes), process.memory.u16(0x2000 + EVENT.flags)]).toEqual([5n, 1])
  })
})
