import { describe, expect, test } from 'vitest'
import { ERRNO } from '../../engine/abi/errno.ts'
import { PTRACE_OPTION, type PTRACE } from '../../engine/abi/ptrace.ts'
import { SIGNAL } from '../../engine/abi/signal.ts'
import { programs } from './program.ts'
import { traced, type Tracer } from './tracer.ts'

// The items of the conformance list of PTRACE_VM (ptrace-vm.test.ts has the others) that need forks, execs, handlers or steps.

const { acts } = await programs('acts')
const tree = [{ path: '/acts', bytes: acts }]

const { PTRACE_O_TRACESYSGOOD, PTRACE_O_TRACEFORK, PTRACE_O_TRACEVFORK, PTRACE_O_TRACEVFORKDONE, PTRACE_O_TRACEEXEC } = PTRACE_OPTION
const FORKS = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACEVFORKDONE
const EXECS = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC
const [FORK, VFORK, EXEC, VFORK_DONE] = ['event 1', 'event 2', 'event 4', 'event 5']
const TRAP = `SIG ${SIGNAL.SIGTRAP}`

/** Runs acts with these letters, up to the entry of a call, and from there what the test does. */
const at = (letters: string, call: string, body: (tracer: Tracer, pid: number) => Promise<void>, options: number = PTRACE_O_TRACESYSGOOD) =>
  traced(acts, [letters], async (tracer) => {
    const pid = await tracer.begin(options)
    await tracer.until(pid, `entry ${call}`)
    await body(tracer, pid)
  }, { tree })

/** The child that the last event announced, at its SIGSTOP, let go. */
const release = async (tracer: Tracer, pid: number): Promise<number> => {
  const child = tracer.message(pid)
  expect(tracer.said(child, await tracer.wait(child))).toBe(`SIG ${SIGNAL.SIGSTOP}`)
  return child
}

describe('PTRACE_VM', () => {
  test('10 entry + 2, fork event resumed 0: exit stop', async () => {
    await at('f.w', 'fork', async (tracer, pid) => {
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 2)).toBe(FORK)
      const child = await release(tracer, pid)
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 0)).toBe('exit fork')
      expect(tracer.regs(pid).ret).toBe(child)
    }, FORKS)
  })

  test.for([2, 4, 6])('11 entry + 0, fork event resumed %d: none', async (tag) => {
    await at('f.w', 'fork', async (tracer, pid) => {
      expect(await tracer.go(pid)).toBe(FORK)
      await release(tracer, pid)
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', tag)).toBe('entry write')
    }, FORKS)
  })

  test.for([4, 6])('12 fork event resumed %d: the child exists', async (tag) => {
    const { output } = await at('fw.W', 'fork', async (tracer, pid) => {
      expect(await tracer.go(pid)).toBe(FORK)
      const child = await release(tracer, pid)
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', tag)).toBe('entry wait4')
      expect(await tracer.go(child, 'PTRACE_CONT')).toBe('exited 7')
      expect(await tracer.go(pid)).toBe('exit wait4')
      expect(tracer.regs(pid).ret).toBe(child)
    }, FORKS)
    expect(output).toBe('w\n')
  })

  test('12 skipped at its entry, fork makes no child, and no event', async () => {
    const { output } = await at('fw.W', 'fork', async (tracer, pid) => {
      tracer.setRegs(pid, { ret: -ERRNO.EAGAIN })
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 4)).toBe('entry wait4')
      expect(await tracer.go(pid)).toBe('exit wait4')
      expect(tracer.regs(pid).ret).toBe(-ERRNO.ECHILD)
      expect(tracer.session.kernel.tasks.size).toBe(2)
    }, FORKS)
    expect(output).toBe('')
  })

  test('11 vfork has two events: the tags of the last one count', async () => {
    for (const [atEvent, atDone, then] of [[2, 0, 'exit vfork'], [0, 2, `SIG ${SIGNAL.SIGCHLD}`]] as const) {
      await at('v.w', 'vfork', async (tracer, pid) => {
        expect(await tracer.go(pid)).toBe(VFORK)
        const child = await release(tracer, pid)
        expect(tracer.request('PTRACE_SYSCALL', pid, atEvent)).toBe(0)
        expect(await tracer.go(child, 'PTRACE_CONT')).toBe('exited 7')
        expect(tracer.said(pid, await tracer.wait(pid))).toBe(VFORK_DONE)
        const next = await tracer.go(pid, 'PTRACE_SYSCALL', atDone)
        // Without an exit stop, what comes next is the child's end.
        expect(next).toBe(then)
      }, FORKS)
    }
  })

  test('19 SYSEMU_SINGLESTEP, set the result, CONT: the guest sees it', async () => {
    const { output } = await at('yfw.W', 'sched_yield', async (tracer, pid) => {
      expect(await tracer.go(pid)).toBe('exit sched_yield')
      // Steps of the way to the call trap as any other, and the call's entry stop comes between two of them.
      let said = await tracer.go(pid, 'PTRACE_SYSEMU_SINGLESTEP')
      while (said === TRAP) said = await tracer.go(pid, 'PTRACE_SYSEMU_SINGLESTEP')
      expect(said).toBe('entry fork')
      expect(tracer.regs(pid).ret).toBe(-ERRNO.ENOSYS)
      // It goes on as fork's child does, which exits with 7.
      tracer.setRegs(pid, { ret: 0 })
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe('exited 7')
    })
    expect(output).toBe('w\n')
  })

  test.for<readonly [keyof typeof PTRACE, number, boolean]>([
    ['PTRACE_SINGLESTEP', 0, true], ['PTRACE_SINGLESTEP', 2, true], ['PTRACE_SINGLESTEP', 4, false], ['PTRACE_SINGLESTEP', 6, false],
    ['PTRACE_SINGLEBLOCK', 0, true], ['PTRACE_SINGLEBLOCK', 2, true], ['PTRACE_SINGLEBLOCK', 4, false], ['PTRACE_SINGLEBLOCK', 6, false],
  ])('20 %s + %d at an entry: no exit stop, and a trap on return', async ([request, tag, runs]) => {
    const { output } = await at('wyw', 'write', async (tracer, pid) => {
      expect(await tracer.go(pid, request, tag)).toBe(TRAP)
      expect(tracer.regs(pid)).toMatchObject({ ret: runs ? 2 : -ERRNO.ENOSYS })
      // Anywhere else the tags say nothing: the next call runs.
      expect(await tracer.go(pid, request, tag)).toBe(TRAP)
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 4)).toBe('entry sched_yield')
      expect(await tracer.go(pid)).toBe('exit sched_yield')
      expect(await tracer.go(pid, 'PTRACE_CONT', tag)).toBe('exited 0')
    })
    expect(output).toBe(runs ? 'w\nw\n' : 'w\n')
  })

  test('20 the same as a step into a call: tags given before it have no effect on it', async () => {
    const { output } = await at('yw', 'sched_yield', async (tracer, pid) => {
      expect(await tracer.go(pid, 'PTRACE_SINGLESTEP', 4)).toBe(TRAP)
      let steps = 0
      for (let said = TRAP; said === TRAP && steps < 5_000; steps++) said = await tracer.go(pid, 'PTRACE_SINGLESTEP', 4)
    })
    expect(output).toBe('w\n')
  })

  test('22 the child of a traced fork starts with none', async () => {
    const { output } = await at('fww.W', 'fork', async (tracer, pid) => {
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 2)).toBe(FORK)
      const child = await release(tracer, pid)
      expect(tracer.session.kernel.tasks.get(child)?.tracing?.resume).toEqual({ mode: 'free', tags: 0, step: undefined })
      expect(await tracer.go(child)).toBe('entry write')
      expect(await tracer.go(child)).toBe('exit write')
      expect((await tracer.rest(child)).at(-1)).toBe('exited 7')
    }, FORKS)
    expect(output).toBe('w\nw\n')
  })

  test('23 exec keeps rule 3: the resume of its event decides about the exit stop', async () => {
    for (const [atEntry, atEvent, then] of [[2, 0, 'exit execve'], [0, 2, 'entry args_sizes_get'], [0, 4, 'entry args_sizes_get']] as const) {
      const { output } = await at('xw', 'execve', async (tracer, pid) => {
        expect(await tracer.go(pid, 'PTRACE_SYSCALL', atEntry)).toBe(EXEC)
        expect(await tracer.go(pid, 'PTRACE_SYSCALL', atEvent)).toBe(then)
        expect((await tracer.rest(pid)).at(-1)).toBe('exited 0')
      }, EXECS)
      expect(output).toBe('w\n')
    }
  })

  test('23 without the option the SIGTRAP comes after the exit stop, and a skipped exec changes nothing', async () => {
    await at('xw', 'execve', async (tracer, pid) => {
      expect(await tracer.go(pid)).toBe('exit execve')
      expect(await tracer.go(pid)).toBe(TRAP)
      expect(await tracer.go(pid)).toBe('entry args_sizes_get')
    })
    const { output } = await at('xw', 'execve', async (tracer, pid) => {
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 4)).toBe('entry write')
      expect((await tracer.rest(pid)).at(-1)).toBe('exited 0')
    }, EXECS)
    expect(output).toBe('w\n')
  })

  test('25 a blocking call interrupted and restarted under 2: two entry stops, no exit', async () => {
    await at('rw', 'read', async (tracer, pid) => {
      expect(tracer.request('PTRACE_SYSCALL', pid, 2)).toBe(0)
      await tracer.settle()
      // Nobody handles it: a tracer that drops it lets the call be made again.
      expect(tracer.kill(pid, SIGNAL.SIGWINCH)).toBe(0)
      expect(tracer.said(pid, await tracer.wait(pid))).toBe(`SIG ${SIGNAL.SIGWINCH}`)
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 2)).toBe('entry read')
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 4)).toBe('entry write')
      expect(tracer.kill(pid, SIGNAL.SIGKILL)).toBe(0)
    })
  })

  test('25 the same with a handler of SA_RESTART, which runs between the two; without it the call ends', async () => {
    const { output } = await at('Rrg', 'read', async (tracer, pid) => {
      expect(tracer.request('PTRACE_SYSCALL', pid, 2)).toBe(0)
      await tracer.settle()
      tracer.kill(pid, SIGNAL.SIGUSR1)
      expect(tracer.said(pid, await tracer.wait(pid))).toBe(`SIG ${SIGNAL.SIGUSR1}`)
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 2, SIGNAL.SIGUSR1)).toBe('entry write')
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 2)).toBe('entry read')
      tracer.kill(pid, SIGNAL.SIGKILL)
    })
    expect(output).toBe('h\n')
    await at('hrg', 'read', async (tracer, pid) => {
      tracer.request('PTRACE_SYSCALL', pid, 2)
      await tracer.settle()
      tracer.kill(pid, SIGNAL.SIGUSR1)
      await tracer.wait(pid)
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 2, SIGNAL.SIGUSR1)).toBe('entry write')
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 2)).toBe('entry getpid')
    })
  })
})
