import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ERRNO } from '../../engine/abi/errno.ts'
import { SIGNAL } from '../../engine/abi/signal.ts'
import { WNOHANG } from '../../engine/abi/wait.ts'
import { isStopped } from '../../engine/kernel/task.ts'
import { traced, type Tracer } from './tracer.ts'

// The stop machine against a small model, whatever a tracer does to its tracees.

const { ESRCH } = ERRNO

/** What the model knows of a tracee. */
interface Model {
  readonly pid: number
  /** A SIGKILL was sent: from now on only its death may be reported. */
  doomed: boolean
  /** Its death has been reported. */
  gone: boolean
  /** The stop that waitpid reported has not been answered. */
  held: boolean
  /** Tags of the resume that was accepted last. */
  tags: number
}

type Step =
  | { readonly kind: 'resume'; readonly who: number; readonly request: 'PTRACE_CONT' | 'PTRACE_SYSCALL' | 'PTRACE_SYSEMU'; readonly tags: number; readonly signo: number }
  | { readonly kind: 'kill'; readonly who: number; readonly signo: number }
  | { readonly kind: 'ask'; readonly who: number; readonly request: 'PTRACE_INTERRUPT' | 'PTRACE_LISTEN' | 'PTRACE_GETEVENTMSG' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'pass' }

const who = fc.nat(1)
const { SIGSTOP, SIGCONT, SIGUSR1, SIGTERM, SIGWINCH, SIGTRAP, SIGKILL } = SIGNAL
const signo = fc.constantFrom(0, SIGSTOP, SIGCONT, SIGUSR1, SIGTERM, SIGWINCH, SIGTRAP)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('resume' as const), who, request: fc.constantFrom('PTRACE_CONT' as const, 'PTRACE_SYSCALL' as const, 'PTRACE_SYSEMU' as const), tags: fc.constantFrom(0, 2, 4, 6), signo: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, signo) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('kill' as const), who, signo: fc.oneof({ weight: 6, arbitrary: signo }, { weight: 1, arbitrary: fc.constant(SIGKILL) }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('ask' as const), who, request: fc.constantFrom('PTRACE_INTERRUPT' as const, 'PTRACE_LISTEN' as const, 'PTRACE_GETEVENTMSG' as const) }) },
  { weight: 6, arbitrary: fc.constant({ kind: 'wait' } as const) },
  { weight: 2, arbitrary: fc.constant({ kind: 'pass' } as const) },
)

/** One look by waitpid: what it may say, given what was done. */
const look = async (tracer: Tracer, models: readonly Model[]): Promise<void> => {
  const { memory } = tracer.process
  const pid = await tracer.process.wait4(-1, 0x100, WNOHANG)
  if (pid < 0) {
    expect(models.every(({ gone }) => gone)).toBe(true)
    return
  }
  // "wait never hangs when there is something to report"; a listener is not stopped for wait, either: task_stopped_code().
  if (pid === 0) {
    for (const task of tracer.session.kernel.tasks.values()) expect(task.tracing?.unreported === true && !task.tracing.listening && (isStopped(task) || task.state === 'zombie')).toBe(false)
    return
  }
  const model = models.find((one) => one.pid === pid)
  if (model === undefined) throw new Error(`nobody knows ${pid}`)
  expect(model.gone).toBe(false)
  const status = memory.u32(0x100)
  if ((status & 0xff) === 0x7f) {
    // One report a stop, none after a SIGKILL. A stop that was answered before anybody waited for it is never told.
    expect(model.held).toBe(false)
    expect(model.doomed).toBe(false)
    model.held = true
  } else {
    if (model.doomed) expect(status & 0x7f).toBe(SIGKILL)
    model.gone = true
    model.held = false
  }
}

const make = async (tracer: Tracer, models: readonly Model[], one: Step): Promise<void> => {
  await act(tracer, models, one)
  // A stop that ended, by a request or because SIGCONT, INTERRUPT or SIGKILL woke a listener, is not held: the next is news.
  for (const model of models) if (tracer.session.kernel.tasks.get(model.pid)?.tracing?.stop === undefined) model.held = false
}

const act = async (tracer: Tracer, models: readonly Model[], one: Step): Promise<void> => {
  if (one.kind === 'wait') return look(tracer, models)
  if (one.kind === 'pass') {
    await tracer.process.sleep(1_000_000)
    return
  }
  const model = models[one.who] as Model
  const task = tracer.session.kernel.tasks.get(model.pid)
  const stopped = task !== undefined && isStopped(task) && task.tracing?.listening !== true
  switch (one.kind) {
    case 'resume': {
      const result = tracer.request(one.request, model.pid, one.tags, one.signo)
      expect(result).toBe(stopped ? 0 : -ESRCH)
      if (result === 0) model.tags = one.tags
      // Replaced by each resume that is accepted, left alone by one that is not.
      if (task?.tracing !== undefined) expect(task.tracing.resume.tags).toBe(model.tags)
      return
    }
    case 'kill': {
      const alive = task?.state === 'alive' && task.process.groupExit === undefined
      expect(tracer.kill(model.pid, one.signo)).toBe(task === undefined ? -ESRCH : 0)
      if (one.signo === SIGKILL && alive) {
        model.doomed = true
        expect(isStopped(task)).toBe(false)
      }
      return
    }
    case 'ask': {
      const result = tracer.request(one.request, model.pid, 0, one.request === 'PTRACE_GETEVENTMSG' ? 0x200 : 0)
      if (task === undefined) expect(result).toBe(-ESRCH)
      else if (one.request === 'PTRACE_GETEVENTMSG') expect(result).toBe(stopped ? 0 : -ESRCH)
    }
  }
}

describe('whatever a tracer does', () => {
  test('each stop is reported once, SIGKILL is never lost, tags are replaced, nobody waits in vain', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), fc.boolean(), async (steps, seized) => {
        const { left } = await traced('calls', ['ywysn'], async (tracer) => {
          const models: Model[] = []
          for (let i = 0; i < 2; i++) {
            const pid = tracer.spawn({ trace: seized ? 'stopped' : 'traceme' })
            if (seized) expect(tracer.request('PTRACE_SEIZE', pid, 0, 1)).toBe(0)
            models.push({ pid, doomed: false, gone: false, held: false, tags: 0 })
          }
          for (const one of steps) await make(tracer, models, one)
          // The end: everybody who is left dies of SIGKILL, at once, whatever it was doing.
          for (const { pid, gone } of models) {
            if (gone) continue
            tracer.kill(pid, SIGKILL)
            const status = await tracer.wait(pid)
            expect(status & 0x7f).not.toBe(0x7f)
          }
          expect(tracer.session.kernel.tasks.size).toBe(1)
        })
        expect(left).toBe(0)
      }),
      { numRuns: 200, seed: 2608 },
    )
  })

  test('the same steps make the same trace', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const run = () => traced('calls', ['ywysn'], async (tracer) => {
          const models = [0, 1].map((): Model => ({ pid: tracer.spawn(), doomed: false, gone: false, held: false, tags: 0 }))
          for (const one of steps) await make(tracer, models, one)
        })
        expect((await run()).digest).toBe((await run()).digest)
      }),
      { numRuns: 30, seed: 2608 },
    )
  })
})

describe('many guests', () => {
  test('two at once take turns, in the same order every time', async () => {
    const run = () => traced('manywrites', ['40'], async (tracer) => {
      const two = [tracer.spawn({ trace: 'none' }), tracer.spawn({ trace: 'none' })]
      for (const pid of two) expect(await tracer.wait(pid)).toBe(0)
    })
    const first = await run()
    expect(first.output.length).toBe(2 * 40 * 16)
    expect((await run()).digest).toBe(first.digest)
  })

  test('two that compute and write are interleaved before either has ended', async () => {
    const { trace } = await traced('manywrites', ['20000'], async (tracer) => {
      const two = [tracer.spawn({ trace: 'none' }), tracer.spawn({ trace: 'none' })]
      for (const pid of two) expect(await tracer.wait(pid)).toBe(0)
    })
    const writers = Array.from({ length: trace.outputs.length }, (_, i) => trace.output(i).pid)
    const turns = writers.filter((pid, i) => pid !== writers[i - 1]).length
    expect(turns).toBeGreaterThan(2)
  })

  test('who has ended and was waited for is freed: two hundred in a row leave nobody, and no memory', async () => {
    await traced('exit42', [], async (tracer) => {
      for (let i = 0; i < 200; i++) {
        const pid = tracer.spawn({ trace: i % 2 === 0 ? 'none' : 'traceme' })
        expect(pid).toBeGreaterThan(0)
        const task = tracer.session.kernel.tasks.get(pid)
        if (i % 2 === 1) {
          await tracer.wait(pid)
          tracer.request('PTRACE_CONT', pid)
        }
        expect(await tracer.wait(pid)).toBe(42 << 8)
        expect(task?.vcpu?.memory.buffer().byteLength).toBe(0)
      }
      expect(tracer.session.kernel.tasks.size).toBe(1)
      expect(tracer.session.kernel.sched.pending).toBe(0)
    })
  })

  test('more than the machine allows at a time are EAGAIN, and there is room again when they have ended', async () => {
    await traced('blocker', [], async (tracer) => {
      const pids: number[] = []
      for (;;) {
        const pid = tracer.spawn({ trace: 'none' })
        if (pid < 0) {
          expect(pid).toBe(-ERRNO.EAGAIN)
          break
        }
        pids.push(pid)
      }
      expect(pids.length).toBe(63)
      for (const pid of pids) {
        tracer.kill(pid, SIGKILL)
        expect(await tracer.wait(pid)).toBe(SIGKILL)
      }
      expect(tracer.spawn({ trace: 'none' })).toBeGreaterThan(0)
    }, { tty: true })
  })
})
