import { describe, expect, test } from 'vitest'
import { errnoName } from '../abi/errno.ts'
import { CLOCKID, EVENT, RIGHT, SUBSCRIPTION } from '../abi/wasi.ts'
import { encodeUtf8 } from '../kernel/text.ts'
import { BOOT, FakeProcess } from './testing.ts'

const ROOT = 3
const PATH = 0x100
const OUT = 0x800
const files = [{ path: '/file', bytes: encodeUtf8('0123456789') }]

const SUBS = 0x2000
const EVENTS = 0x3000
type Sub = { clock: number; timeout: bigint; abs?: boolean } | { read: number } | { write: number }
const poll = (process: FakeProcess, ...subs: Sub[]): ReturnType<FakeProcess['begin']> => {
  for (const [i, sub] of subs.entries()) {
    const at = SUBS + i * SUBSCRIPTION.size
    process.memory.write(at, new Uint8Array(SUBSCRIPTION.size))
    process.memory.setU64(at + SUBSCRIPTION.userdata, BigInt(100 + i))
    process.memory.setU8(at + SUBSCRIPTION.tag, 'clock' in sub ? 0 : 'read' in sub ? 1 : 2)
    if ('clock' in sub) {
      process.memory.setU32(at + SUBSCRIPTION.clockId, sub.clock)
      process.memory.setU64(at + SUBSCRIPTION.clockTimeout, sub.timeout)
      process.memory.setU16(at + SUBSCRIPTION.clockFlags, sub.abs === true ? 1 : 0)
    } else process.memory.setU32(at + SUBSCRIPTION.fd, 'read' in sub ? sub.read : sub.write)
  }
  return process.begin('poll_oneoff', SUBS, EVENTS, subs.length, OUT)
}
/** Each event as "userdata errno bytes". */
const events = (process: FakeProcess): string[] =>
  Array.from({ length: process.memory.u32(OUT) }, (_, i) => {
    const at = EVENTS + i * EVENT.size
    const { memory } = process
    return `${memory.u64(at)} ${errnoName(memory.u16(at + EVENT.error)) ?? 'ok'} ${memory.u64(at + EVENT.nbytes)}`
  })

describe('poll_oneoff', () => {
  const { MONOTONIC, REALTIME, PROCESS_CPUTIME_ID } = CLOCKID
  test.for<[string, Sub, number]>([
    ['relative', { clock: MONOTONIC, timeout: 1000n }, 6000],
    ['relative on the realtime clock', { clock: REALTIME, timeout: 1000n }, 6000],
    ['absolute', { clock: MONOTONIC, timeout: 9000n, abs: true }, 9000],
    ['absolute on the realtime clock', { clock: REALTIME, timeout: BOOT + 7000n, abs: true }, 7000],
    ['in the past', { clock: REALTIME, timeout: 5n, abs: true }, 5000],
  ])('sleeps for a timeout that is %s', ([, sub, until]) => {
    const process = new FakeProcess({ files })
    process.clock.charge(5000)
    expect(process.finish(poll(process, sub))).toBe(0)
    expect(process.clock.now()).toBe(until)
    expect(events(process)).toEqual(['100 ok 0'])
  })

  test('never panics at the longest sleep there is', () => {
    const process = new FakeProcess({ files })
    const wait = poll(process, { clock: MONOTONIC, timeout: 2n ** 64n - 1n })
    expect(wait).toMatchObject({ restart: 'block', until: Number(2n ** 64n - 1n) })
  })

  test('refuses clocks that there are not or that nobody can sleep by', () => {
    const process = new FakeProcess({ files })
    expect(errnoName(poll(process, { clock: 4, timeout: 1n }) as number)).toBe('EINVAL')
    expect(errnoName(poll(process, { clock: PROCESS_CPUTIME_ID, timeout: 1n }) as number)).toBe('ENOTSUP')
    expect(errnoName(process.call('clock_time_get', 4, 0, OUT))).toBe('EINVAL')
    expect(errnoName(process.call('poll_oneoff', SUBS, EVENTS, 0, OUT))).toBe('EINVAL')
    expect(errnoName(process.call('poll_oneoff', SUBS, EVENTS, 0xffff_ffff, OUT))).toBe('EINVAL')
  })

  test('waits for the line or the clock, whichever comes first', () => {
    const process = new FakeProcess({ files })
    const wait = poll(process, { clock: MONOTONIC, timeout: 1000n }, { read: 0 })
    if (typeof wait === 'number') throw new Error('does not wait')
    expect(wait).toMatchObject({ on: [process.tty.changed], until: 1000 })
    process.tty.input(encodeUtf8('line\n'))
    expect(process.finish(wait.retry())).toBe(0)
    expect(events(process)).toEqual(['101 ok 5'])
  })

  test('tells at once of files, output, and descriptors that are none', () => {
    const process = new FakeProcess({ files })
    const rights = RIGHT.FD_READ | RIGHT.POLL_FD_READWRITE
    process.call('path_open', ROOT, 0, ...process.text(PATH, 'file'), 0, rights, 0, 0, OUT)
    const fd = process.memory.u32(OUT)
    expect(poll(process, { read: fd }, { write: 1 }, { read: 99 }, { read: ROOT })).toBe(0)
    expect(events(process)).toEqual(['100 ok 10', '101 ok 0', '102 EBADF 0', '103 EISDIR 0'])
  })
})
