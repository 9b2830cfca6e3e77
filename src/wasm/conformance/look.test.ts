import { describe, expect, test } from 'vitest'
import { ARCH_PREVIEW1, NT_PRSTATUS } from '../../engine/abi/ptrace.ts'
import { ERRNO } from '../../engine/abi/errno.ts'
import { preview1ByName } from '../../engine/syscall/preview1.ts'
import { assemble } from '../rewrite/testing.ts'
import { SCRATCH, traced, type Tracer } from './tracer.ts'

// What a tracer sees of a stopped tracee and may change: memory, registers, struct ptrace_syscall_info. Scenarios of the
// oracle are named where the expectation is what they printed on Linux 6.18.

const { EFAULT, EINVAL, EIO, ENOSYS, ERANGE } = ERRNO
const IOVEC = SCRATCH + 0x800
/** No address of a script's memory of 1 MiB. */
const BAD = 0x7fff_fff0

const at = (place: string, body: (tracer: Tracer, pid: number) => Promise<void> | void) =>
  traced('calls', ['yn'], async (tracer) => {
    const pid = await tracer.begin()
    await tracer.until(pid, place)
    await body(tracer, pid)
  })

describe('PEEK and POKE', () => {
  // peek_poke_roundtrip, peek_unaligned, peek_bad_address_eio
  test('move words at any address of the memory, and are EIO across its end', async () => {
    await at('entry sched_yield', (tracer, pid) => {
      const { memory } = tracer.process
      const size = tracer.session.kernel.tasks.get(pid)?.memory.size ?? 0
      expect(size % 65_536).toBe(0)
      for (const addr of [0, 1, 0x101, size - 4]) {
        expect(tracer.request('PTRACE_POKEDATA', pid, addr, 0x8765_4321)).toBe(0)
        expect(tracer.peek(pid, addr)).toBe(0x8765_4321)
      }
      for (const addr of [size - 3, size, 0xffff_fffe, 0xffff_ffff, -4]) {
        expect(tracer.peek(pid, addr)).toBe(-EIO)
        expect(tracer.request('PTRACE_POKETEXT', pid, addr, 1)).toBe(-EIO)
      }
      // The tracee's address is tried first, then where the word goes.
      expect(tracer.request('PTRACE_PEEKDATA', pid, 0, 0)).toBe(-EFAULT)
      expect(tracer.request('PTRACE_PEEKDATA', pid, 0, BAD)).toBe(-EFAULT)
      expect(tracer.request('PTRACE_PEEKDATA', pid, size, BAD)).toBe(-EIO)
      expect(memory.u32(SCRATCH)).toBe(0)
    })
  })
  // peekuser_bad_offset_eio
  test('USER reaches each word of the registers, and nothing beside them', async () => {
    await at('entry sched_yield', (tracer, pid) => {
      const { memory } = tracer.process
      const word = (offset: number): number => {
        const result = tracer.request('PTRACE_PEEKUSER', pid, offset, SCRATCH)
        return result < 0 ? result : memory.u32(SCRATCH)
      }
      expect(word(0)).toBe(ARCH_PREVIEW1)
      expect(word(4)).toBe(preview1ByName.get('sched_yield')?.nr)
      expect(word(80)).toBe(ENOSYS)
      for (const offset of [1, 2, 3, 102, 104, 0x1000, -4]) {
        expect(word(offset)).toBe(-EIO)
        expect(tracer.request('PTRACE_POKEUSER', pid, offset, 1)).toBe(-EIO)
      }
      expect(tracer.request('PTRACE_POKEUSER', pid, 80, -5)).toBe(0)
      expect([word(80), word(84)]).toEqual([0xffff_fffb, 0xffff_ffff])
    })
  })
  // poke_lets_tracee_leave_loop
  test('reach a guest that computes: it leaves its loop when its variable was changed', async () => {
    const loop = assemble('(memory (export "memory") 1) (func (export "_start") (loop (br_if 0 (i32.eqz (i32.load (i32.const 64))))))')
    await traced(loop, [], async (tracer) => {
      const pid = tracer.spawn({ trace: 'none' })
      tracer.request('PTRACE_SEIZE', pid)
      await tracer.settle()
      tracer.request('PTRACE_INTERRUPT', pid)
      expect(tracer.said(pid, await tracer.wait(pid))).toBe('event 128')
      expect(tracer.request('PTRACE_POKEDATA', pid, 64, 1)).toBe(0)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe('exited 0')
    })
  })
})

describe('registers', () => {
  // regset_errors_and_roundtrip
  test('survive a round trip by GETREGS and SETREGS, and by the sets', async () => {
    await at('entry random_get', async (tracer, pid) => {
      const { memory } = tracer.process
      const before = tracer.regs(pid)
      expect(tracer.setRegs(pid, {})).toBe(0)
      memory.setU32(IOVEC, SCRATCH)
      memory.setU32(IOVEC + 4, 4096)
      expect(tracer.request('PTRACE_GETREGSET', pid, NT_PRSTATUS, IOVEC)).toBe(0)
      expect(memory.u32(IOVEC + 4)).toBe(104)
      expect(tracer.request('PTRACE_SETREGSET', pid, NT_PRSTATUS, IOVEC)).toBe(0)
      expect(tracer.regs(pid)).toEqual(before)
      expect(await tracer.go(pid)).toBe('exit random_get')
      expect(tracer.regs(pid).ret).toBe(0)
    })
  })
  test('sets: the vector is read first, then the kind is looked at, then the memory', async () => {
    await at('entry random_get', (tracer, pid) => {
      const { memory } = tracer.process
      const both = (type: number, iovec: number): number[] =>
        (['PTRACE_GETREGSET', 'PTRACE_SETREGSET'] as const).map((request) => tracer.request(request, pid, type, iovec))
      const vector = (base: number, length: number): number => {
        memory.setU32(IOVEC, base)
        memory.setU32(IOVEC + 4, length)
        return IOVEC
      }
      expect(both(NT_PRSTATUS, 0)).toEqual([-EFAULT, -EFAULT])
      expect(both(NT_PRSTATUS, BAD)).toEqual([-EFAULT, -EFAULT])
      expect(both(0x7fff, BAD)).toEqual([-EFAULT, -EFAULT])
      expect(both(0x7fff, vector(SCRATCH, 104))).toEqual([-EINVAL, -EINVAL])
      expect(both(NT_PRSTATUS, vector(SCRATCH, 103))).toEqual([-EINVAL, -EINVAL])
      expect(both(NT_PRSTATUS, vector(BAD, 104))).toEqual([-EFAULT, -EFAULT])
      expect(memory.u32(IOVEC + 4)).toBe(104)
      // A short vector moves what fits: arch and nr.
      expect(tracer.request('PTRACE_GETREGSET', pid, NT_PRSTATUS, vector(SCRATCH, 8))).toBe(0)
      expect(memory.u32(IOVEC + 4)).toBe(8)
      expect(memory.u32(SCRATCH)).toBe(ARCH_PREVIEW1)
      expect(memory.u32(SCRATCH + 8)).toBe(0)
      for (const request of ['PTRACE_GETREGS', 'PTRACE_SETREGS'] as const) {
        for (const address of [0, BAD]) expect(tracer.request(request, pid, 0, address)).toBe(-EFAULT)
      }
    })
  })
  test('keep what the guest alone decides: arch, pc, sp, fp', async () => {
    await at('entry random_get', (tracer, pid) => {
      const { memory } = tracer.process
      tracer.request('PTRACE_GETREGS', pid, 0, SCRATCH)
      const before = memory.read(SCRATCH, 104)
      for (const offset of [0, 88, 92, 96]) memory.setU32(SCRATCH + offset, 0x1234)
      expect(tracer.request('PTRACE_SETREGS', pid, 0, SCRATCH)).toBe(0)
      tracer.request('PTRACE_GETREGS', pid, 0, SCRATCH)
      expect(memory.read(SCRATCH, 104)).toEqual(before)
    })
  })
})

describe('GET_SYSCALL_INFO', () => {
  // sysinfo_short_buffer
  test.for([[0, 0], [1, 1], [24, 24], [32, 32], [79, 79], [80, 80], [128, 80]])('of a buffer of %d bytes fills %d', async ([size, written]) => {
    await at('entry random_get', (tracer, pid) => {
      const { memory } = tracer.process
      memory.write(SCRATCH, new Uint8Array(128).fill(0xee))
      expect(tracer.request('PTRACE_GET_SYSCALL_INFO', pid, size, SCRATCH)).toBe(80)
      const bytes = memory.read(SCRATCH, 128) ?? new Uint8Array()
      expect(bytes.findLastIndex((byte) => byte !== 0xee) + 1).toBe(written)
      if (size === 0) return
      expect(bytes[0]).toBe(1)
    })
  })
  // sysinfo_entry_exit_fields
  test('tells op, arch, number and arguments at the entry, result and failure at the exit, and little elsewhere', async () => {
    await traced('calls', ['n'], async (tracer) => {
      const { memory } = tracer.process
      const pid = await tracer.begin()
      const info = (): number => tracer.request('PTRACE_GET_SYSCALL_INFO', pid, 88, SCRATCH)
      expect(info()).toBe(24)
      expect(memory.u8(SCRATCH)).toBe(0)
      await tracer.until(pid, 'entry random_get')
      expect(info()).toBe(80)
      expect([memory.u8(SCRATCH), memory.u32(SCRATCH + 4)]).toEqual([1, ARCH_PREVIEW1])
      expect(memory.u64(SCRATCH + 24)).toBe(BigInt(preview1ByName.get('random_get')?.nr ?? -1))
      expect([0, 1].map((i) => Number(memory.u64(SCRATCH + 32 + 8 * i)))).toEqual(tracer.regs(pid).args.slice(0, 2))
      tracer.setRegs(pid, { nr: -1, ret: 29 })
      await tracer.go(pid)
      expect(info()).toBe(33)
      expect([memory.u8(SCRATCH), memory.u64(SCRATCH + 24), memory.u8(SCRATCH + 32)]).toEqual([2, 29n, 1])
      expect(tracer.request('PTRACE_GET_SYSCALL_INFO', pid, 88, BAD)).toBe(-EFAULT)
      expect(tracer.request('PTRACE_GET_SYSCALL_INFO', pid, 88, 0)).toBe(-EFAULT)
      expect(tracer.request('PTRACE_GET_SYSCALL_INFO', pid, 0, 0)).toBe(33)
    })
  })
})

describe('SET_SYSCALL_INFO', () => {
  // set_syscall_info_errors
  test('refuses another op, reserved bytes, a short size, a bad pointer, a number that is none, a stop of no call', async () => {
    await traced('calls', ['yn'], async (tracer) => {
      const { memory } = tracer.process
      const pid = await tracer.begin()
      const set = (size = 88, address = SCRATCH): number => tracer.request('PTRACE_SET_SYSCALL_INFO', pid, size, address)
      memory.setU8(SCRATCH, 1)
      expect(set()).toBe(-EINVAL)
      await tracer.until(pid, 'entry sched_yield')
      tracer.request('PTRACE_GET_SYSCALL_INFO', pid, 88, SCRATCH)
      const good = memory.read(SCRATCH, 88) ?? new Uint8Array()
      for (const [offset, value] of [[0, 0], [0, 2], [0, 9], [1, 1], [2, 1], [3, 1]] as const) {
        memory.setU8(SCRATCH + offset, value)
        expect(set()).toBe(-EINVAL)
        memory.write(SCRATCH, good)
      }
      expect([set(24), set(87), set(88, BAD), set(88, 0), set(24, BAD)]).toEqual([-EINVAL, -EINVAL, -EFAULT, -EFAULT, -EINVAL])
      for (const nr of [0xffff_ffffn, 1n << 32n, 1n << 63n]) {
        memory.setU64(SCRATCH + 24, nr)
        expect(set()).toBe(-ERANGE)
      }
      memory.write(SCRATCH, good)
      expect(set()).toBe(0)
      expect(set(1000)).toBe(0)
      expect(await tracer.go(pid)).toBe('exit sched_yield')
      tracer.request('PTRACE_GET_SYSCALL_INFO', pid, 88, SCRATCH)
      memory.setU64(SCRATCH + 24, 1n << 40n)
      expect(set()).toBe(-ERANGE)
    })
  })
  // set_syscall_info_entry, set_syscall_info_skip, set_syscall_info_exit
  test('changes number, arguments and result; −1 skips the call and leaves its arguments', async () => {
    const { output } = await traced('calls', ['ww'], async (tracer) => {
      const { memory } = tracer.process
      const pid = await tracer.begin()
      await tracer.until(pid, 'entry fd_write')
      tracer.request('PTRACE_GET_SYSCALL_INFO', pid, 88, SCRATCH)
      const { args } = tracer.regs(pid)
      memory.setU64(SCRATCH + 24, 0xffff_ffff_ffff_ffffn)
      memory.setU64(SCRATCH + 32, 77n)
      expect(tracer.request('PTRACE_SET_SYSCALL_INFO', pid, 88, SCRATCH)).toBe(0)
      expect(tracer.regs(pid)).toMatchObject({ nr: -1, args })
      expect(await tracer.go(pid)).toMatch(/^exit/)
      expect(tracer.regs(pid).ret).toBe(ENOSYS)
      tracer.request('PTRACE_GET_SYSCALL_INFO', pid, 88, SCRATCH)
      memory.setU64(SCRATCH + 24, 0n)
      expect(tracer.request('PTRACE_SET_SYSCALL_INFO', pid, 88, SCRATCH)).toBe(0)
      expect(tracer.regs(pid).ret).toBe(0)
      expect(await tracer.go(pid)).toBe('entry fd_write')
      tracer.request('PTRACE_GET_SYSCALL_INFO', pid, 88, SCRATCH)
      memory.setU64(SCRATCH + 24, BigInt(preview1ByName.get('sched_yield')?.nr ?? 0))
      expect(tracer.request('PTRACE_SET_SYSCALL_INFO', pid, 88, SCRATCH)).toBe(0)
      expect(await tracer.go(pid)).toBe('exit sched_yield')
      await tracer.rest(pid)
    })
    expect(output).toBe('')
  })
})
