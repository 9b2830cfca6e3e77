import { describe, expect, test } from 'vitest'
import { ERRNO } from '../../engine/abi/errno.ts'
import { SIGNAL } from '../../engine/abi/signal.ts'
import { WCONTINUED, WNOHANG, WUNTRACED } from '../../engine/abi/wait.ts'
import { traced, type Tracer } from './tracer.ts'

// The state machine of stops. Where a test has the name of a scenario in its comment, what it expects is what that
// scenario printed on Linux 6.18; signals that the scenario's child sends itself are sent by the tracer here.

const { SIGUSR1, SIGUSR2, SIGSTOP, SIGCONT, SIGTRAP, SIGKILL, SIGTERM, SIGHUP, SIGINT } = SIGNAL
const { ESRCH, EIO, EINVAL, ECHILD, EPERM } = ERRNO
const SYSGOOD = 1
const TRACEEXIT = 0x40
const ERESTARTSYS = 512
const STOP = 128

/** A tracee that was seized while it waits in a read of its terminal. */
const seizedReader = async (tracer: Tracer, options = 0): Promise<number> => {
  const pid = tracer.spawn({ trace: 'none' })
  await tracer.settle()
  expect(tracer.request('PTRACE_SEIZE', pid, 0, options)).toBe(0)
  return pid
}
const next = async (tracer: Tracer, pid: number): Promise<string> => tracer.said(pid, await tracer.wait(pid))
const trapOf = (tracer: Tracer, pid: number): string | number => tracer.siginfo(pid)

describe('a SIGKILL', () => {
  // sigkill_in_syscall_stop
  test('ends a tracee in a syscall-entry-stop, and the call is not run', async () => {
    const { output } = await traced('calls', ['w'], async (tracer) => {
      const pid = await tracer.begin()
      await tracer.until(pid, 'entry fd_write')
      tracer.kill(pid, SIGKILL)
      expect(await next(tracer, pid)).toBe('killed 9')
    })
    expect(output).toBe('')
  })
  test('ends a tracee in a syscall-exit-stop, and no further call is run', async () => {
    const { output } = await traced('calls', ['ww'], async (tracer) => {
      const pid = await tracer.begin()
      await tracer.until(pid, 'exit fd_write')
      tracer.kill(pid, SIGKILL)
      expect(await next(tracer, pid)).toBe('killed 9')
    })
    expect(output).toBe('w\n')
  })
  // sigkill_in_signal_stop
  test('ends a signal-delivery-stop; until the tracee is waited for, requests are ESRCH and KILL is not', async () => {
    await traced('calls', ['y'], async (tracer) => {
      const pid = await tracer.begin()
      tracer.kill(pid, SIGUSR1)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe(`SIG ${SIGUSR1}`)
      tracer.kill(pid, SIGKILL)
      for (const request of ['PTRACE_CONT', 'PTRACE_PEEKDATA', 'PTRACE_DETACH'] as const) {
        expect(tracer.request(request, pid)).toBe(-ESRCH)
      }
      expect(tracer.request('PTRACE_KILL', pid)).toBe(0)
      await tracer.settle()
      expect(tracer.request('PTRACE_KILL', pid)).toBe(0)
      expect(await next(tracer, pid)).toBe('killed 9')
      expect(tracer.request('PTRACE_KILL', pid)).toBe(-ESRCH)
    })
  })
  test('hides a stop that nobody has waited for yet', async () => {
    await traced('calls', ['y'], async (tracer) => {
      const pid = tracer.spawn()
      await tracer.settle()
      tracer.kill(pid, SIGKILL)
      expect(await next(tracer, pid)).toBe('killed 9')
    })
  })
  // sigkill_in_group_stop, listen_sigkill
  test('ends a group-stop, listening or not', async () => {
    await traced('blocker', [], async (tracer) => {
      for (const listens of [false, true]) {
        const pid = await seizedReader(tracer)
        tracer.kill(pid, SIGSTOP)
        expect(await next(tracer, pid)).toBe(`SIG ${SIGSTOP}`)
        expect(await tracer.go(pid, 'PTRACE_CONT', 0, SIGSTOP)).toBe(`event ${STOP}`)
        if (listens) expect(tracer.request('PTRACE_LISTEN', pid)).toBe(0)
        tracer.kill(pid, SIGKILL)
        expect(await next(tracer, pid)).toBe('killed 9')
      }
    }, { tty: true })
  })
  // sigkill_running_with_traceexit
  test('of a sleeping tracee with TRACEEXIT does report PTRACE_EVENT_EXIT, and a second one leaves that stop alone', async () => {
    await traced('blocker', [], async (tracer) => {
      const pid = await seizedReader(tracer, TRACEEXIT)
      tracer.kill(pid, SIGKILL)
      expect(await next(tracer, pid)).toBe('event 6')
      expect(tracer.message(pid)).toBe(SIGKILL)
      tracer.kill(pid, SIGKILL)
      expect(await tracer.wait(pid, WNOHANG)).toBe(0)
      expect(await tracer.go(pid, 'PTRACE_CONT', 0, SIGUSR1)).toBe('killed 9')
    }, { tty: true })
  })
  // kill_request
  test('by PTRACE_KILL ends a tracee that is stopped, and one that runs', async () => {
    await traced('blocker', [], async (tracer) => {
      for (const runs of [false, true]) {
        const pid = await tracer.begin()
        if (runs) {
          tracer.request('PTRACE_CONT', pid)
          await tracer.settle()
        }
        expect(tracer.request('PTRACE_KILL', pid)).toBe(0)
        expect(await next(tracer, pid)).toBe('killed 9')
      }
    }, { tty: true })
  })
})

describe('PTRACE_EVENT_EXIT', () => {
  // exit_event_status_and_state
  test('tells the status, shows memory and registers, and ends with the exit', async () => {
    await traced('calls', ['e'], async (tracer) => {
      const pid = await tracer.begin(SYSGOOD | TRACEEXIT)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe('event 6')
      expect(tracer.message(pid)).toBe(3 << 8)
      expect(trapOf(tracer, pid)).toBe(`${SIGTRAP} ${SIGTRAP | (6 << 8)} ${pid}`)
      expect(tracer.peek(pid, 0)).toBeGreaterThanOrEqual(0)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe('exited 3')
    })
  })
  // detach_at_exit_event
  test('can be left by DETACH: the parent waits as for any child', async () => {
    await traced('calls', ['e'], async (tracer) => {
      const pid = await tracer.begin(TRACEEXIT)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe('event 6')
      expect(tracer.request('PTRACE_DETACH', pid)).toBe(0)
      expect(await next(tracer, pid)).toBe('exited 3')
    })
  })
  // seize_options_in_data
  test('comes after the entry of the call that exits, which has no exit stop', async () => {
    await traced('calls', ['e'], async (tracer) => {
      const pid = await tracer.begin(SYSGOOD | TRACEEXIT)
      await tracer.until(pid, 'entry proc_exit')
      expect(await tracer.rest(pid)).toEqual(['event 6', 'exited 3'])
    })
  })
})

describe('GETSIGINFO', () => {
  // getsiginfo_per_stop_kind
  test('tells each kind of stop', async () => {
    await traced('calls', ['yy'], async (tracer) => {
      const pid = await tracer.begin(0)
      expect(await tracer.go(pid)).toBe(`SIG ${SIGTRAP}`)
      expect(trapOf(tracer, pid)).toBe(`${SIGTRAP} ${SIGTRAP} ${pid}`)
      tracer.request('PTRACE_SETOPTIONS', pid, 0, SYSGOOD | TRACEEXIT)
      expect(await tracer.go(pid)).toMatch(/^exit/)
      expect(trapOf(tracer, pid)).toBe(`${SIGTRAP} ${SIGTRAP | 0x80} ${pid}`)
      tracer.kill(pid, SIGSTOP)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe(`SIG ${SIGSTOP}`)
      expect(trapOf(tracer, pid)).toBe(`${SIGSTOP} 0 ${tracer.process.pid}`)
      // groupstop_legacy_reported_twice: the second report has no siginfo.
      expect(await tracer.go(pid, 'PTRACE_CONT', 0, SIGSTOP)).toBe(`SIG ${SIGSTOP}`)
      expect(trapOf(tracer, pid)).toBe(-EINVAL)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe('event 6')
      expect(trapOf(tracer, pid)).toBe(`${SIGTRAP} ${SIGTRAP | (6 << 8)} ${pid}`)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe('exited 0')
    })
  })
  // seize_group_stop_event, traceme_exec_sigtrap_passed_kills
  test('tells group-stop and interruption of a seized tracee apart by the signal', async () => {
    await traced('blocker', [], async (tracer) => {
      const pid = await seizedReader(tracer)
      tracer.request('PTRACE_INTERRUPT', pid)
      expect(await next(tracer, pid)).toBe(`event ${STOP}`)
      expect(trapOf(tracer, pid)).toBe(`${SIGTRAP} ${SIGTRAP | (STOP << 8)} ${pid}`)
      tracer.kill(pid, SIGSTOP)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe(`SIG ${SIGSTOP}`)
      expect(await tracer.go(pid, 'PTRACE_CONT', 0, SIGSTOP)).toBe(`event ${STOP}`)
      expect(trapOf(tracer, pid)).toBe(`${SIGSTOP} ${SIGSTOP | (STOP << 8)} ${pid}`)
      expect(tracer.message(pid)).toBe(0)
      expect(tracer.kill(pid, SIGKILL)).toBe(0)
    }, { tty: true })
  })
})

describe('TRACESYSGOOD', () => {
  // sysgood_set_between_stops
  test('counts when the stop begins: what is set in a stop holds from the next one', async () => {
    await traced('calls', ['yy'], async (tracer) => {
      const pid = await tracer.begin(0)
      expect(await tracer.go(pid)).toBe(`SIG ${SIGTRAP}`)
      tracer.request('PTRACE_SETOPTIONS', pid, 0, SYSGOOD)
      expect(tracer.request('PTRACE_GET_SYSCALL_INFO', pid, 0, 0)).toBe(24)
      expect(tracer.message(pid)).toBe(1)
      expect(await tracer.go(pid)).toMatch(/^exit/)
      tracer.request('PTRACE_SETOPTIONS', pid, 0, 0)
      expect(tracer.request('PTRACE_GET_SYSCALL_INFO', pid, 0, 0)).toBe(33)
      expect(await tracer.go(pid)).toBe(`SIG ${SIGTRAP}`)
      // A stop that nobody has waited for keeps its code as well.
      tracer.request('PTRACE_SYSCALL', pid)
      await tracer.settle()
      tracer.request('PTRACE_SETOPTIONS', pid, 0, SYSGOOD)
      expect(await next(tracer, pid)).toBe(`SIG ${SIGTRAP}`)
    })
  })
})

describe('a signal', () => {
  // signal_at_syscall_stop_is_queued
  test('given at a syscall stop comes back as a stop of its own, from the kernel', async () => {
    await traced('calls', ['yy'], async (tracer) => {
      const pid = await tracer.begin()
      await tracer.until(pid, 'entry sched_yield')
      expect(await tracer.go(pid, 'PTRACE_SYSCALL', 0, SIGUSR1)).toBe('exit sched_yield')
      expect(await tracer.go(pid)).toBe(`SIG ${SIGUSR1}`)
      expect(trapOf(tracer, pid)).toBe(`${SIGUSR1} 128 0`)
      expect(await tracer.go(pid)).toBe('entry sched_yield')
      expect(await tracer.go(pid)).toBe('exit sched_yield')
      expect(await tracer.go(pid, 'PTRACE_CONT', 0, SIGUSR2)).toBe(`SIG ${SIGUSR2}`)
      expect(trapOf(tracer, pid)).toBe(`${SIGUSR2} 128 0`)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe('exited 0')
    })
  })
  // signal_order_lowest_first
  test('of a lower number is delivered first, whichever was sent first', async () => {
    await traced('calls', ['y'], async (tracer) => {
      const pid = await tracer.begin()
      for (const signo of [SIGTERM, SIGUSR2, SIGHUP, SIGUSR1]) tracer.kill(pid, signo)
      expect(await tracer.rest(pid, 'PTRACE_CONT')).toEqual([SIGHUP, SIGUSR1, SIGUSR2, SIGTERM].map((signo) => `SIG ${signo}`).concat('exited 0'))
    })
  })
  test('is pending once, however often it was sent', async () => {
    await traced('calls', ['y'], async (tracer) => {
      const pid = await tracer.begin()
      for (let i = 0; i < 5; i++) tracer.kill(pid, SIGUSR1)
      expect(await tracer.rest(pid, 'PTRACE_CONT')).toEqual([`SIG ${SIGUSR1}`, 'exited 0'])
    })
  })
  // signal_substitute_no_second_stop
  test('put in place of another gives no second stop', async () => {
    await traced('calls', ['y'], async (tracer) => {
      const pid = await tracer.begin()
      tracer.kill(pid, SIGUSR1)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe(`SIG ${SIGUSR1}`)
      expect(await tracer.go(pid, 'PTRACE_CONT', 0, SIGTERM)).toBe(`killed ${SIGTERM}`)
    })
  })
  // traceme_exec_sigtrap_passed_kills
  test('that tells of exec kills when it is passed on', async () => {
    await traced('calls', ['y'], async (tracer) => {
      const pid = await tracer.begin()
      expect(await tracer.go(pid, 'PTRACE_CONT', 0, SIGTRAP)).toBe(`killed ${SIGTRAP}`)
    })
  })
  test('that is ignored is shown to a tracer, and without one nobody sees it', async () => {
    await traced('calls', ['y'], async (tracer) => {
      const pid = await tracer.begin()
      tracer.kill(pid, SIGNAL.SIGWINCH)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe(`SIG ${SIGNAL.SIGWINCH}`)
      expect(await tracer.go(pid, 'PTRACE_CONT', 0, SIGNAL.SIGWINCH)).toBe('exited 0')
    })
  })
})

describe('a call that waits', () => {
  // restart_read_signal_suppressed
  test('really waits; a signal interrupts it, and it is made again: two entry stops', async () => {
    await traced('blocker', [], async (tracer) => {
      const pid = await tracer.begin()
      await tracer.until(pid, 'entry fd_read')
      tracer.request('PTRACE_SYSCALL', pid)
      await tracer.settle()
      expect(await tracer.wait(pid, WNOHANG)).toBe(0)
      tracer.kill(pid, SIGUSR1)
      expect(await next(tracer, pid)).toBe('exit fd_read')
      expect(tracer.regs(pid).ret).toBe(ERESTARTSYS)
      expect(await tracer.go(pid)).toBe(`SIG ${SIGUSR1}`)
      expect(await tracer.go(pid)).toBe('entry fd_read')
      tracer.session.input('typed\n')
      expect(await tracer.go(pid)).toBe('exit fd_read')
      expect(tracer.regs(pid).ret).toBe(0)
      await tracer.rest(pid)
    }, { tty: true })
  })
  // interrupt_restart_under_cont
  test('is interrupted by PTRACE_INTERRUPT under CONT as often as one likes, and made again', async () => {
    await traced('blocker', [], async (tracer) => {
      const pid = await seizedReader(tracer, SYSGOOD)
      for (let i = 0; i < 3; i++) {
        expect(tracer.request('PTRACE_INTERRUPT', pid)).toBe(0)
        expect(await next(tracer, pid)).toBe(`event ${STOP}`)
        if (i < 2) tracer.request('PTRACE_CONT', pid)
        await tracer.settle()
      }
      expect(await tracer.go(pid)).toBe('entry fd_read')
      tracer.session.input('x\n')
      expect(await tracer.go(pid)).toBe('exit fd_read')
      expect((await tracer.rest(pid, 'PTRACE_CONT')).at(-1)).toBe('exited 0')
    }, { tty: true })
  })
  // seize_interrupt_busy; stops.md, 2
  test('under SYSCALL is interrupted with an exit stop and an entry, and no PTRACE_EVENT_STOP', async () => {
    await traced('blocker', [], async (tracer) => {
      const pid = await seizedReader(tracer, SYSGOOD)
      tracer.request('PTRACE_INTERRUPT', pid)
      expect(await next(tracer, pid)).toBe(`event ${STOP}`)
      expect(await tracer.go(pid)).toBe('entry fd_read')
      tracer.request('PTRACE_SYSCALL', pid)
      await tracer.settle()
      tracer.request('PTRACE_INTERRUPT', pid)
      expect(await next(tracer, pid)).toBe('exit fd_read')
      expect(tracer.regs(pid).ret).toBe(ERESTARTSYS)
      expect(await tracer.go(pid)).toBe('entry fd_read')
      tracer.kill(pid, SIGKILL)
    }, { tty: true })
  })
  test('sleeps on virtual time, at once for whoever looks at a clock on the wall', async () => {
    const before = performance.now()
    const { end } = await traced('calls', ['s'.repeat(200)], async (tracer) => {
      const begun = tracer.process.now()
      const pid = tracer.spawn({ trace: 'none' })
      expect(await next(tracer, pid)).toBe('exited 0')
      const slept = tracer.process.now() - begun
      expect(slept).toBeGreaterThan(200_000_000)
      expect(slept).toBeLessThan(202_000_000)
    })
    expect(end.kind).toBe('exited')
    expect(performance.now() - before).toBeLessThan(5_000)
  })
  test('under ^C dies of SIGINT', async () => {
    await traced('blocker', [], async (tracer) => {
      const pid = tracer.spawn({ trace: 'none' })
      await tracer.settle()
      tracer.session.input('\u0003')
      expect(await next(tracer, pid)).toBe(`killed ${SIGINT}`)
    }, { tty: true })
  })
})

describe('INTERRUPT', () => {
  // interrupt_twice_one_stop
  test('while the tracee is stopped traps once more at the next resume, and only once', async () => {
    await traced('blocker', [], async (tracer) => {
      const pid = await seizedReader(tracer)
      tracer.request('PTRACE_INTERRUPT', pid)
      await tracer.settle()
      expect(tracer.request('PTRACE_INTERRUPT', pid)).toBe(0)
      expect(await next(tracer, pid)).toBe(`event ${STOP}`)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe(`event ${STOP}`)
      tracer.request('PTRACE_CONT', pid)
      await tracer.settle()
      expect(await tracer.wait(pid, WNOHANG)).toBe(0)
      tracer.kill(pid, SIGKILL)
    }, { tty: true })
  })
  // interrupt_during_syscall_entry_stop, interrupt_during_syscall_exit_stop
  test('at an entry stop is used up by the exit stop, at an exit stop it traps before the next entry', async () => {
    await traced('calls', ['yyy'], async (tracer) => {
      const pid = tracer.spawn({ trace: 'stopped' })
      await tracer.wait(pid, WUNTRACED)
      expect(tracer.request('PTRACE_SEIZE', pid, 0, SYSGOOD)).toBe(0)
      expect(await next(tracer, pid)).toBe(`event ${STOP}`)
      await tracer.until(pid, 'entry sched_yield')
      expect(tracer.request('PTRACE_INTERRUPT', pid)).toBe(0)
      expect(await tracer.go(pid)).toBe('exit sched_yield')
      expect(await tracer.go(pid)).toBe('entry sched_yield')
      expect(tracer.request('PTRACE_INTERRUPT', pid)).toBe(0)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe(`event ${STOP}`)
      expect(await tracer.go(pid)).toBe('entry sched_yield')
      expect(await tracer.go(pid)).toBe('exit sched_yield')
      expect(tracer.request('PTRACE_INTERRUPT', pid)).toBe(0)
      expect(await tracer.go(pid)).toBe(`event ${STOP}`)
      expect(await tracer.go(pid)).toBe('exited 0')
    })
  })
  // seize_interrupt_in_group_stop
  test('in a group-stop traps again with the stop signal, and CONT then runs', async () => {
    await traced('blocker', [], async (tracer) => {
      const pid = await seizedReader(tracer)
      tracer.kill(pid, SIGSTOP)
      expect(await next(tracer, pid)).toBe(`SIG ${SIGSTOP}`)
      expect(await tracer.go(pid, 'PTRACE_CONT', 0, SIGSTOP)).toBe(`event ${STOP}`)
      expect(tracer.request('PTRACE_INTERRUPT', pid)).toBe(0)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe(`event ${STOP}`)
      expect(trapOf(tracer, pid)).toBe(`${SIGSTOP} ${SIGSTOP | (STOP << 8)} ${pid}`)
      tracer.session.endOfInput()
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe('exited 0')
    }, { tty: true })
  })
})

describe('LISTEN', () => {
  // seize_listen_sigcont, seize_stopped_process
  test('keeps the group-stop until SIGCONT, which traps and is then delivered', async () => {
    await traced('calls', ['y'], async (tracer) => {
      const pid = tracer.spawn({ trace: 'stopped' })
      expect(tracer.said(pid, await tracer.wait(pid, WUNTRACED))).toBe(`SIG ${SIGSTOP}`)
      expect(tracer.request('PTRACE_SEIZE', pid)).toBe(0)
      expect(await next(tracer, pid)).toBe(`event ${STOP}`)
      expect(trapOf(tracer, pid)).toBe(`${SIGSTOP} ${SIGSTOP | (STOP << 8)} ${pid}`)
      expect(tracer.request('PTRACE_LISTEN', pid)).toBe(0)
      // stops.md, 3: while listening, even LISTEN and DETACH are ESRCH.
      for (const request of ['PTRACE_LISTEN', 'PTRACE_DETACH', 'PTRACE_CONT', 'PTRACE_GETSIGINFO'] as const) {
        expect(tracer.request(request, pid)).toBe(-ESRCH)
      }
      expect(await tracer.wait(pid, WNOHANG)).toBe(0)
      tracer.kill(pid, SIGCONT)
      expect(await next(tracer, pid)).toBe(`event ${STOP}`)
      expect(trapOf(tracer, pid)).toBe(`${SIGTRAP} ${SIGTRAP | (STOP << 8)} ${pid}`)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe(`SIG ${SIGCONT}`)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe('exited 0')
    })
  })
  test('after a SIGCONT that came in the stop traps at once', async () => {
    await traced('calls', ['y'], async (tracer) => {
      const pid = tracer.spawn({ trace: 'stopped' })
      await tracer.wait(pid, WUNTRACED)
      tracer.request('PTRACE_SEIZE', pid)
      expect(await next(tracer, pid)).toBe(`event ${STOP}`)
      tracer.kill(pid, SIGCONT)
      expect(await tracer.wait(pid, WNOHANG)).toBe(0)
      expect(tracer.request('PTRACE_LISTEN', pid)).toBe(0)
      expect(await next(tracer, pid)).toBe(`event ${STOP}`)
      expect(trapOf(tracer, pid)).toBe(`${SIGTRAP} ${SIGTRAP | (STOP << 8)} ${pid}`)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe(`SIG ${SIGCONT}`)
    })
  })
  // listen_after_interrupt_allowed
  test('is taken in an INTERRUPT stop, too, which another INTERRUPT ends', async () => {
    await traced('blocker', [], async (tracer) => {
      const pid = await seizedReader(tracer)
      tracer.request('PTRACE_INTERRUPT', pid)
      expect(await next(tracer, pid)).toBe(`event ${STOP}`)
      expect(tracer.request('PTRACE_LISTEN', pid)).toBe(0)
      await tracer.settle()
      expect(await tracer.wait(pid, WNOHANG)).toBe(0)
      expect(tracer.request('PTRACE_INTERRUPT', pid)).toBe(0)
      expect(await next(tracer, pid)).toBe(`event ${STOP}`)
      tracer.session.endOfInput()
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe('exited 0')
    }, { tty: true })
  })
})

describe('job control', () => {
  // seize_cont_leaves_group_stop
  test('CONT runs a group-stopped tracee on, and its SIGCONT still traps', async () => {
    await traced('blocker', [], async (tracer) => {
      const pid = await seizedReader(tracer)
      tracer.kill(pid, SIGSTOP)
      expect(await next(tracer, pid)).toBe(`SIG ${SIGSTOP}`)
      expect(await tracer.go(pid, 'PTRACE_CONT', 0, SIGSTOP)).toBe(`event ${STOP}`)
      tracer.request('PTRACE_CONT', pid)
      await tracer.settle()
      tracer.kill(pid, SIGCONT)
      expect(await next(tracer, pid)).toBe(`event ${STOP}`)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe(`SIG ${SIGCONT}`)
      tracer.session.endOfInput()
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe('exited 0')
    }, { tty: true })
  })
  // detach_with_sigstop
  test('DETACH with SIGSTOP stops as any child does: once told, continued once', async () => {
    await traced('calls', ['y'], async (tracer) => {
      const pid = await tracer.begin()
      tracer.kill(pid, SIGUSR1)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe(`SIG ${SIGUSR1}`)
      tracer.request('PTRACE_DETACH', pid, 0, SIGSTOP)
      expect(await tracer.wait(pid, WUNTRACED)).toBe((SIGSTOP << 8) | 0x7f)
      expect(await tracer.wait(pid, WUNTRACED | WNOHANG)).toBe(0)
      tracer.kill(pid, SIGCONT)
      expect(await tracer.wait(pid, WCONTINUED)).toBe(0xffff)
      expect(await tracer.wait(pid)).toBe(0)
    })
  })
  test('DETACH of a tracee that runs on although its process is stopped stops it again', async () => {
    await traced('calls', ['ww'], async (tracer) => {
      const pid = await tracer.begin()
      tracer.kill(pid, SIGSTOP)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe(`SIG ${SIGSTOP}`)
      expect(await tracer.go(pid, 'PTRACE_CONT', 0, SIGSTOP)).toBe(`SIG ${SIGSTOP}`)
      await tracer.until(pid, 'entry fd_write')
      tracer.request('PTRACE_DETACH', pid)
      expect(await tracer.wait(pid, WUNTRACED)).toBe((SIGSTOP << 8) | 0x7f)
      tracer.kill(pid, SIGCONT)
      expect(await tracer.wait(pid)).toBe(0)
    })
  })
  // attach of a stopped process: stops.md, 9
  test('ATTACH of a stopped process: first the group-stop, then its SIGSTOP', async () => {
    await traced('calls', ['y'], async (tracer) => {
      const pid = tracer.spawn({ trace: 'stopped' })
      await tracer.wait(pid, WUNTRACED)
      expect(tracer.request('PTRACE_ATTACH', pid)).toBe(0)
      expect(await next(tracer, pid)).toBe(`SIG ${SIGSTOP}`)
      expect(trapOf(tracer, pid)).toBe(-EINVAL)
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe(`SIG ${SIGSTOP}`)
      expect(trapOf(tracer, pid)).toBe(`${SIGSTOP} 128 0`) // SI_KERNEL: the oracle, attach_sigstop
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe('exited 0')
    })
  })
})

describe('waitpid', () => {
  // wait_wnohang
  test('tells each stop once, 0 with WNOHANG while nothing happened, ECHILD when nobody is left', async () => {
    await traced('blocker', [], async (tracer) => {
      const pid = await tracer.begin()
      expect(await tracer.wait(pid, WNOHANG)).toBe(0)
      tracer.request('PTRACE_CONT', pid)
      await tracer.settle()
      expect(await tracer.wait(pid, WNOHANG)).toBe(0)
      tracer.kill(pid, SIGUSR1)
      await tracer.settle()
      expect(tracer.said(pid, await tracer.wait(pid, WNOHANG))).toBe(`SIG ${SIGUSR1}`)
      expect(await tracer.wait(pid, WNOHANG)).toBe(0)
      tracer.session.endOfInput()
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe('exited 0')
      expect(await tracer.wait(pid, WNOHANG)).toBe(-ECHILD)
      expect(await tracer.wait(-1)).toBe(-ECHILD)
      expect(await tracer.wait(4711)).toBe(-ECHILD)
      expect(await tracer.wait(-1, 0x40)).toBe(-EINVAL)
    }, { tty: true })
  })
})

describe('the order of checks', () => {
  test('ATTACH and SEIZE: no such task, bad arguments, oneself, the dead, the traced', async () => {
    await traced('blocker', [], async (tracer) => {
      const me = tracer.process.pid
      expect(tracer.request('PTRACE_ATTACH', 4711)).toBe(-ESRCH)
      expect(tracer.request('PTRACE_SEIZE', 4711, 4, -1)).toBe(-ESRCH)
      expect(tracer.request('PTRACE_ATTACH', me)).toBe(-EPERM)
      expect(tracer.request('PTRACE_SEIZE', me)).toBe(-EPERM)
      expect(tracer.request('PTRACE_SEIZE', me, 4)).toBe(-EIO)
      expect(tracer.request('PTRACE_SEIZE', me, 0, 1 << 22)).toBe(-EIO)
      const pid = await tracer.begin()
      expect(tracer.request('PTRACE_ATTACH', pid)).toBe(-EPERM)
      expect(tracer.request('PTRACE_SEIZE', pid)).toBe(-EPERM)
      expect(tracer.request('PTRACE_SEIZE', pid, 4)).toBe(-EIO)
      const dead = tracer.spawn({ trace: 'none' })
      tracer.kill(dead, SIGKILL)
      await tracer.settle()
      expect(tracer.request('PTRACE_ATTACH', dead)).toBe(-EPERM)
      expect(tracer.request('PTRACE_SEIZE', dead)).toBe(-EPERM)
      expect(tracer.request('PTRACE_TRACEME', 0)).toBe(-EPERM)
    }, { tty: true })
  })

  // not_my_tracee_esrch, running_tracee_esrch, listen_needs_group_stop_eio, interrupt_not_seized_eio, bad_request_eio
  const REQUESTS = [
    // request, not mine, mine and running, stopped (not seized), seized and running, dead
    ['PTRACE_CONT', -ESRCH, -ESRCH, 0, -ESRCH, -ESRCH],
    ['PTRACE_PEEKDATA', -ESRCH, -ESRCH, 0, -ESRCH, -ESRCH],
    ['PTRACE_SETOPTIONS', -ESRCH, -ESRCH, 0, -ESRCH, -ESRCH],
    ['PTRACE_DETACH', -ESRCH, -ESRCH, 0, -ESRCH, -ESRCH],
    ['PTRACE_LISTEN', -ESRCH, -ESRCH, -EIO, -ESRCH, -ESRCH],
    ['PTRACE_INTERRUPT', -ESRCH, -EIO, -EIO, 0, 0],
    ['PTRACE_KILL', -ESRCH, 0, 0, 0, 0],
    ['PTRACE_GET_RSEQ_CONFIGURATION', -ESRCH, -ESRCH, -EIO, -ESRCH, -ESRCH],
  ] as const
  test.for(REQUESTS)('%s: not mine %d, running %d, stopped %d, seized and running %d, dead %d', async ([name, foreign, running, stopped, seized, dead]) => {
    await traced('blocker', [], async (tracer) => {
      const request = (pid: number): number => tracer.request(name, pid, 0, name === 'PTRACE_PEEKDATA' ? 0x2000 : 0)
      const stranger = tracer.spawn({ trace: 'none' })
      const runner = await tracer.begin()
      tracer.request('PTRACE_CONT', runner)
      const held = await tracer.begin()
      await tracer.settle()
      const reader = await seizedReader(tracer)
      const corpse = await seizedReader(tracer)
      tracer.kill(corpse, SIGKILL)
      await tracer.settle()
      expect([stranger, runner, held, reader, corpse].map(request)).toEqual([foreign, running, stopped, seized, dead])
      expect(request(4711)).toBe(-ESRCH)
    }, { tty: true })
  })

  // detach_bad_signal_eio
  test('a signal above 64 is EIO for whatever resumes, and changes nothing', async () => {
    await traced('calls', ['y'], async (tracer) => {
      const pid = await tracer.begin()
      for (const request of ['PTRACE_CONT', 'PTRACE_SYSCALL', 'PTRACE_SYSEMU', 'PTRACE_DETACH'] as const) {
        for (const signo of [65, 1000, -1]) expect(tracer.request(request, pid, 0, signo)).toBe(-EIO)
      }
      expect(await tracer.go(pid, 'PTRACE_CONT')).toBe('exited 0')
    })
  })
  // setoptions_einval
  test('options that do not exist are EINVAL for SETOPTIONS, and nothing is set', async () => {
    await traced('calls', ['y'], async (tracer) => {
      const pid = await tracer.begin()
      for (const bits of [0x100, 1 << 22, 1 << 19, -1]) expect(tracer.request('PTRACE_SETOPTIONS', pid, 0, bits)).toBe(-EINVAL)
      expect(await tracer.go(pid)).toMatch(/^entry/)
    })
  })
})

describe('a tracer’s end', () => {
  test('lets its tracees run, and kills those with EXITKILL', async () => {
    for (const [options, died] of [[SYSGOOD, 0], [SYSGOOD | 0x10_0000, SIGKILL]] as const) {
      const { output, trace, left } = await traced('calls', ['ww'], async (tracer) => {
        const pid = await tracer.begin(options)
        await tracer.until(pid, 'entry fd_write')
      })
      expect(trace.event(trace.births.at(-1)?.death ?? 0)?.status).toBe(died)
      expect(output).toBe(died === 0 ? 'w\nw\n' : '')
      expect(left).toBe(0)
    }
  })
  // exitkill_cleared_by_detach
  test('after DETACH concerns nobody', async () => {
    const { output } = await traced('calls', ['w'], async (tracer) => {
      const pid = await tracer.begin(0x10_0000)
      expect(tracer.request('PTRACE_DETACH', pid)).toBe(0)
    })
    expect(output).toBe('w\n')
  })
})
