import { expect, test } from 'vitest'
import { assemble } from '../rewrite/testing.ts'
import { traced, untraced } from './tracer.ts'

// wasi_unstable (snapshot 0): the same calls, of which four had other layouts. Results are left in memory, at 512 the errnos.

const guest = assemble(`
  (import "wasi_unstable" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_unstable" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_unstable" "fd_seek" (func $seek (param i32 i64 i32 i32) (result i32)))
  (import "wasi_unstable" "fd_filestat_get" (func $stat (param i32 i32) (result i32)))
  (import "wasi_unstable" "path_filestat_get" (func $path_stat (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_unstable" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
  (import "wasi_unstable" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "hello\\40\\00\\00\\00")
  (data (i32.const 32) "\\10\\00\\00\\00\\05\\00\\00\\00")
  (data (i32.const 400) "\\ff\\ff\\ff\\ff\\ff\\ff\\ff\\ff")
  ;; a subscription of 56 bytes: userdata 7, a clock with identifier 9, id 1 (monotonic), a timeout of 3 ms
  (data (i32.const 1024) "\\07\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00\\09\\00\\00\\00\\00\\00\\00\\00\\01\\00\\00\\00\\00\\00\\00\\00\\c0\\c6\\2d\\00")
  (func $fd (result i32) (i32.load (i32.const 64)))
  (func (export "_start")
    (i32.store (i32.const 512) (call $open (i32.const 3) (i32.const 0) (i32.const 16) (i32.const 5) (i32.const 1) (i64.const 0x2000ff) (i64.const 0) (i32.const 0) (i32.const 64)))
    (i32.store (i32.const 516) (call $write (call $fd) (i32.const 32) (i32.const 1) (i32.const 72)))
    (i32.store (i32.const 520) (call $seek (call $fd) (i64.const -2) (i32.const 1) (i32.const 80)))   ;; END
    (i32.store (i32.const 524) (call $seek (call $fd) (i64.const 1) (i32.const 0) (i32.const 88)))    ;; CUR
    (i32.store (i32.const 528) (call $seek (call $fd) (i64.const 1) (i32.const 2) (i32.const 96)))    ;; SET
    (i32.store (i32.const 532) (call $seek (call $fd) (i64.const 1) (i32.const 3) (i32.const 104)))
    (i32.store (i32.const 536) (call $stat (call $fd) (i32.const 344)))
    (i32.store (i32.const 540) (call $path_stat (i32.const 3) (i32.const 0) (i32.const 16) (i32.const 5) (i32.const 200)))
    (i32.store (i32.const 544) (call $poll (i32.const 1024) (i32.const 256) (i32.const 1) (i32.const 112)))
    (call $exit (i32.const 5)))`)

test.for([true, false])('a guest of wasi_unstable finds its own whence, filestat and subscription (at its stops: %s)', async (stops) => {
  await traced(guest, [], async (tracer) => {
    const { memory } = tracer.process
    const begun = tracer.process.now()
    const pid = await tracer.begin(stops ? 1 : 0x40)
    if (stops) await tracer.until(pid, 'entry proc_exit')
    else expect(await tracer.go(pid, 'PTRACE_CONT')).toBe('event 6')
    const word = (at: number): number => {
      tracer.request('PTRACE_PEEKDATA', pid, at, 0x1000)
      return memory.u32(0x1000)
    }
    const words = (from: number, to: number): number[] => Array.from({ length: (to - from) / 4 }, (_, i) => word(from + 4 * i))
    expect(words(512, 548)).toEqual([0, 0, 0, 0, 0, 28, 0, 0, 0])
    expect([word(80), word(88), word(96)]).toEqual([3, 4, 1])
    for (const stat of [344, 200]) {
      // filetype, nlink, size
      expect([word(stat + 16), word(stat + 20), word(stat + 24), word(stat + 28)]).toEqual([4, 1, 5, 0])
    }
    // 56 bytes and no more.
    expect(words(400, 408)).toEqual([0xffff_ffff, 0xffff_ffff])
    expect([word(112), word(256)]).toEqual([1, 7])
    expect(tracer.process.now() - begun).toBeGreaterThan(3_000_000)
    expect((await tracer.rest(pid, 'PTRACE_CONT')).at(-1)).toBe('exited 5')
  })
})

test('what wasi_unstable did not have is no call of it', async () => {
  const late = assemble('(import "wasi_unstable" "sock_accept" (func (param i32 i32 i32) (result i32))) (memory (export "memory") 1)')
  const { trace } = await untraced(late, [])
  expect(trace.event(trace.births.at(-1)?.death ?? 0)?.status).toBe(31 | 0x80)
})
