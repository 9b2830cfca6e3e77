import { describe, expect, test } from 'vitest'
import { ERRNO } from '../../engine/abi/errno.ts'
import { PTRACE } from '../../engine/abi/ptrace.ts'
import { SIGNAL } from '../../engine/abi/signal.ts'
import { SCRATCH, traced, type Tracer } from './tracer.ts'

// The conformance list of PTRACE_VM (Davoli's mail of 16 June 2008, and the patch it announces). Items that need forks,
// execs, handlers or steps (10–12, 19, 20, 22, 23, 25) are in ptrace-vm-process.test.ts; ptrace-vm-guest.test.ts has the list from C.

const { ENOSYS, EIO, ESRCH } = ERRNO

/** The calls of `calls yyn`, after its start-up: entry stops at which a tracer decides. */
const atFirst = async (tracer: Tracer, call: string): Promise<number> => {
  const pid = await tracer.begin()
  await tracer.until(pid, `entry ${call}`)
  return pid
}

describe('PTRACE_VM', () => {
  test('1 the probe gives 6', async () => {
    const { output } = await traced('probe', [], async (tracer) => {
      const pid = await atFirst(tracer, 'sched_yield')
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 2)).toBe('entry random_get')
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 6)).toBe('entry fd_write')
      expect((await tracer.rest(pid)).at(-1)).toBe('exited 6')
    })
    expect(output).toBe('6\n')
  })

  test('2 addr 0 and 1 behave alike; −7 is 0; −1 is 6', async () => {
    const after = async (addr: number): Promise<string[]> => {
      let said: string[] = []
      await traced('calls', ['nny'], async (tracer) => {
        const pid = await atFirst(tracer, 'random_get')
        said = await tracer.rest(pid, 'PTRACE_SYSCALL', addr)
      })
      return said
    }
    const plain = await after(0)
    expect(plain).toEqual(['exit random_get', 'entry random_get', 'exit random_get', 'entry sched_yield', 'exit sched_yield', 'exited 0'])
    expect(await after(1)).toEqual(plain)
    expect(await after(-7)).toEqual(plain)
    expect(await after(-1)).toEqual(['entry random_get', 'entry sched_yield', 'exited 0'])
    expect(await after(6)).toEqual(await after(-1))
  })

  test('3 entry + 2: k calls give k stops', async () => {
    const { output } = await traced('calls', ['wwwyn'], async (tracer) => {
      const pid = await atFirst(tracer, 'fd_write')
      expect(await tracer.rest(pid, 'PTRACE_SYSCALL', 2)).toEqual([
        'entry fd_write', 'entry fd_write', 'entry sched_yield', 'entry random_get', 'exited 0',
      ])
    })
    expect(output).toBe('w\nw\nw\n')
  })

  test.for([4, 6])('4 entry + %d: no side effect, k stops', async (tag) => {
    const { output } = await traced('calls', ['wwwyn'], async (tracer) => {
      const pid = await atFirst(tracer, 'fd_write')
      expect(await tracer.rest(pid, 'PTRACE_SYSCALL', tag)).toEqual([
        'entry fd_write', 'entry fd_write', 'entry sched_yield', 'entry random_get', 'exited 0',
      ])
    })
    expect(output).toBe('')
  })

  test('5 a skipped call gives ENOSYS unless the tracer set a result', async () => {
    await traced('calls', ['yyy'], async (tracer) => {
      const pid = await atFirst(tracer, 'sched_yield')
      expect(tracer.regs(pid).ret).toBe(ENOSYS)
      await tracer.go(pid, 'PTRACE_SYSCALL', 4)
      tracer.setRegs(pid, { ret: 0 })
      await tracer.go(pid, 'PTRACE_SYSCALL', 4)
      tracer.setRegs(pid, { ret: ERRNO.ENOSPC })
      await tracer.go(pid, 'PTRACE_SYSCALL', 4)
    }).then(({ trace }) => {
      const results = Array.from({ length: trace.outcomes.length }, (_, i) => trace.outcomes.columns.ret[i])
      expect(results.slice(-3)).toEqual([ENOSYS, 0, ERRNO.ENOSPC])
    })
  })

  test('6 a buffer poked at the entry is what the guest reads', async () => {
    const { output } = await traced('echo', [], async (tracer) => {
      const pid = await atFirst(tracer, 'fd_read')
      const { memory } = tracer.process
      const [, iovs = 0, , nread = 0] = tracer.regs(pid).args
      const buffer = tracer.peek(pid, iovs)
      memory.write(SCRATCH, new Uint8Array([0x68, 0x69, 0x21, 0x0a]))
      expect(tracer.request('PTRACE_POKEDATA', pid, buffer, memory.u32(SCRATCH))).toBe(0)
      expect(tracer.request('PTRACE_POKEDATA', pid, nread, 4)).toBe(0)
      tracer.setRegs(pid, { ret: 0 })
      await tracer.go(pid, 'PTRACE_SYSCALL', 4)
      await tracer.rest(pid)
    })
    expect(output).toContain('hi!\n')
  })

  test('7 exit stop + 4: the next call still stops at entry and runs with 0', async () => {
    const { output } = await traced('calls', ['yww'], async (tracer) => {
      const pid = await atFirst(tracer, 'sched_yield')
      expect(await tracer.go(pid)).toBe('exit sched_yield')
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 4)).toBe('entry fd_write')
      expect(await tracer.go(pid)).toBe('exit fd_write')
      await tracer.rest(pid)
    })
    expect(output).toBe('w\nw\n')
  })

  test('8 the same at a signal stop', async () => {
    const { output } = await traced('calls', ['yww'], async (tracer) => {
      const pid = await atFirst(tracer, 'sched_yield')
      // Given at a syscall stop, the signal comes back as a stop of its own.
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 0, SIGNAL.SIGWINCH)).toBe('exit sched_yield')
      expect(await tracer.go(pid)).toBe(`SIG ${SIGNAL.SIGWINCH}`)
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 4)).toBe('entry fd_write')
      expect(await tracer.go(pid)).toBe('exit fd_write')
      await tracer.rest(pid)
    })
    expect(output).toBe('w\nw\n')
  })

  test('9 first resume with 4: nothing', async () => {
    const { output } = await traced('calls', ['w'], async (tracer) => {
      const pid = await tracer.begin()
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 4)).toBe('entry args_sizes_get')
      expect(await tracer.go(pid)).toBe('exit args_sizes_get')
      await tracer.rest(pid)
    })
    expect(output).toBe('w\n')
  })

  test('13 bad signal number: EIO, not resumed, old tags kept', async () => {
    const { output } = await traced('calls', ['ww'], async (tracer) => {
      const pid = await tracer.begin()
      // The tag of this resume is what the refused ones below must leave in place.
      while ((await tracer.go(pid, 'PTRACE_SYSCALL', 2)) !== 'entry fd_write');
      expect(tracer.request('PTRACE_SYSCALL', pid, 4, 65)).toBe(-EIO)
      expect(tracer.request('PTRACE_SYSCALL', pid, 0, -1)).toBe(-EIO)
      expect(tracer.session.kernel.tasks.get(pid)?.tracing?.resume).toEqual({ mode: 'syscall', tags: 2 })
      expect(tracer.regs(pid).ret).toBe(ENOSYS)
      expect(await tracer.go(pid)).toBe('exit fd_write')
      // A running tracee takes no request, and that leaves the tags alone as well.
      tracer.request('PTRACE_SYSCALL', pid, 2)
      expect(tracer.request('PTRACE_SYSCALL', pid, 4)).toBe(-ESRCH)
      await tracer.wait(pid)
      await tracer.rest(pid)
    })
    expect(output).toBe('w\nw\n')
  })

  test('14 CONT + 4 at entry: skipped, later calls run unstopped', async () => {
    const { output } = await traced('calls', ['wwyw'], async (tracer) => {
      const pid = await atFirst(tracer, 'fd_write')
      expect(await tracer.go(pid, 'PTRACE_CONT', 4)).toBe('exited 0')
    })
    expect(output).toBe('w\nw\n')
  })

  test('15 CONT + 4 elsewhere: nothing is ever skipped', async () => {
    const { output } = await traced('calls', ['www'], async (tracer) => {
      const pid = await atFirst(tracer, 'fd_write')
      expect(await tracer.go(pid)).toBe('exit fd_write')
      expect(await tracer.go(pid, 'PTRACE_CONT', 4)).toBe('exited 0')
    })
    expect(output).toBe('w\nw\nw\n')
    const first = await traced('calls', ['ww'], async (tracer) => {
      expect(await tracer.go(await tracer.begin(), 'PTRACE_CONT', 6)).toBe('exited 0')
    })
    expect(first.output).toBe('w\nw\n')
  })

  test('16 a signal injected with 4 is delivered after the skipped call', async () => {
    const { output } = await traced('calls', ['wy'], async (tracer) => {
      const pid = await atFirst(tracer, 'fd_write')
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 4, SIGNAL.SIGUSR1)).toBe(`SIG ${SIGNAL.SIGUSR1}`)
      expect(await tracer.go(pid)).toBe('entry sched_yield')
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 4, SIGNAL.SIGUSR1)).toBe(`SIG ${SIGNAL.SIGUSR1}`)
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 0, SIGNAL.SIGUSR1)).toBe(`killed ${SIGNAL.SIGUSR1}`)
    })
    expect(output).toBe('')
  })

  test('17 SYSEMU, entry, SYSCALL: exit stop with ENOSYS', async () => {
    const { output } = await traced('calls', ['yww'], async (tracer) => {
      const pid = await atFirst(tracer, 'sched_yield')
      expect(await tracer.go(pid)).toBe('exit sched_yield')
      expect(await tracer.go(pid, 'PTRACE_SYSEMU')).toBe('entry fd_write')
      expect(await tracer.go(pid)).toBe('exit fd_write')
      expect(tracer.regs(pid).ret).toBe(ENOSYS)
      expect(await tracer.go(pid)).toBe('entry fd_write')
      await tracer.rest(pid)
    })
    expect(output).toBe('w\n')
  })

  test('18 SYSEMU, entry, SYSEMU: none', async () => {
    const { output } = await traced('calls', ['yww'], async (tracer) => {
      const pid = await atFirst(tracer, 'sched_yield')
      expect(await tracer.go(pid, 'PTRACE_SYSEMU')).toBe('entry fd_write')
      expect(await tracer.go(pid, 'PTRACE_SYSEMU')).toBe('entry fd_write')
      expect(await tracer.go(pid, 'PTRACE_SYSEMU')).toBe('exited 0')
    })
    expect(output).toBe('')
  })

  test('21 detach with tags, attach again: none', async () => {
    const { output } = await traced('calls', ['wswww'], async (tracer) => {
      const pid = await atFirst(tracer, 'fd_write')
      // DETACH takes no tags, and what the last resume had does not survive it.
      expect(tracer.request('PTRACE_DETACH', pid, 6)).toBe(0)
      expect(tracer.request('PTRACE_ATTACH', pid)).toBe(0)
      expect(tracer.said(pid, await tracer.wait(pid))).toBe(`SIG ${SIGNAL.SIGSTOP}`)
      expect(tracer.session.kernel.tasks.get(pid)?.tracing?.resume).toEqual({ mode: 'free', tags: 0 })
      tracer.request('PTRACE_SETOPTIONS', pid, 0, 1)
      await tracer.rest(pid)
    })
    expect(output).toBe('w\nw\nw\nw\n')
  })

  test('24 a skipped exit: the guest goes on, into the trap behind it', async () => {
    await traced('noreturn', [], async (tracer) => {
      const pid = await atFirst(tracer, 'proc_exit')
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 4)).toBe(`SIG ${SIGNAL.SIGILL}`)
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 0, SIGNAL.SIGILL)).toBe(`killed ${SIGNAL.SIGILL}`)
    })
  })

  test('26 MULTI: the first error ends the vector', async () => {
    await traced('calls', ['yy'], async (tracer) => {
      const pid = await atFirst(tracer, 'sched_yield')
      const { memory } = tracer.process
      const local = SCRATCH + 0x100
      memory.setU32(local, 0x1234)
      const vector: readonly (readonly [number, number, number, number])[] = [
        [PTRACE.PTRACE_POKEDATA, 64, local, 1],
        [PTRACE.PTRACE_PEEKDATA, 64, local + 8, 1],
        [PTRACE.PTRACE_PEEKDATA, 0xffff_f000, local, 1],
        [PTRACE.PTRACE_SYSCALL, 0, 0, 0],
      ]
      vector.flat().forEach((word, i) => memory.setU32(SCRATCH + 4 * i, word))
      expect(tracer.request('PTRACE_MULTI', pid, SCRATCH, 4)).toBe(2)
      expect(memory.u32(local + 8)).toBe(0x1234)
      // It was not resumed: the error came before.
      expect(tracer.regs(pid).ret).toBe(ENOSYS)
      // "Write registers and resume" in one request.
      expect(tracer.request('PTRACE_MULTI', pid, SCRATCH + 48, 1)).toBe(1)
      expect(tracer.said(pid, await tracer.wait(pid))).toBe('exit sched_yield')
      await tracer.rest(pid)
    })
  })

  test('PTRACE_SYSVM says the same in its own older words', async () => {
    const { output } = await traced('calls', ['wwww'], async (tracer) => {
      const pid = await atFirst(tracer, 'fd_write')
      expect(await tracer.go(pid, 'PTRACE_SYSVM', 1)).toBe('entry fd_write')
      expect(await tracer.go(pid, 'PTRACE_SYSVM', 3)).toBe('entry fd_write')
      expect(await tracer.go(pid, 'PTRACE_SYSVM', 2)).toBe('entry fd_write')
      expect(await tracer.go(pid, 'PTRACE_SYSVM', 0)).toBe('exit fd_write')
      await tracer.rest(pid)
    })
    expect(output).toBe('w\nw\n')
  })
})
