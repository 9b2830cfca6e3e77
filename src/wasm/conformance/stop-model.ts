import fc from 'fast-check'
import { ERRNO } from '../../engine/abi/errno.ts'
import { PTRACE_EVENT, PTRACE_OPTION } from '../../engine/abi/ptrace.ts'
import { SIGNAL } from '../../engine/abi/signal.ts'
import { WNOHANG, __WALL } from '../../engine/abi/wait.ts'
import { isStopped, type Task } from '../../engine/kernel/task.ts'
import type { Ran, Tracer } from './tracer.ts'
import { traced } from './tracer.ts'

/**
 * The stop machine against a small model of its invariants, whatever a tracer does to guests that fork, execute and
 * signal: no stop after death, one report a stop, no lost SIGKILL, tags replaced by each resume that is accepted, and a
 * wait that has something to tell tells it.
 */

const { ESRCH, ECHILD } = ERRNO
const { SIGSTOP, SIGCONT, SIGUSR1, SIGTERM, SIGWINCH, SIGTRAP, SIGKILL, SIGCHLD } = SIGNAL

/** What the model knows of a tracee. */
interface Model {
  readonly pid: number
  /** A SIGKILL was sent: from now on only its death may be reported, and the last stop of one that traces its exit. */
  doomed: boolean
  /** Its death has been reported. */
  gone: boolean
  /** The stop that waitpid reported last: the trace's number of it. */
  told: number
  /** Tags of the resume that was accepted last. */
  tags: number
}

const RESUMES = ['PTRACE_CONT', 'PTRACE_SYSCALL', 'PTRACE_SYSEMU', 'PTRACE_SINGLESTEP', 'PTRACE_SINGLEBLOCK', 'PTRACE_SYSEMU_SINGLESTEP'] as const
const ASKS = ['PTRACE_INTERRUPT', 'PTRACE_LISTEN', 'PTRACE_GETEVENTMSG', 'PTRACE_DETACH'] as const

export type Step =
  | { readonly kind: 'resume'; readonly who: number; readonly request: (typeof RESUMES)[number]; readonly tags: number; readonly signo: number }
  | { readonly kind: 'kill'; readonly who: number; readonly signo: number }
  | { readonly kind: 'ask'; readonly who: number; readonly request: (typeof ASKS)[number] }
  | { readonly kind: 'wait' }
  | { readonly kind: 'pass' }

/** A run: how the tracee began, what it does (acts.c), what it reports, and what is done to it and its children. */
export interface Drive {
  readonly seized: boolean
  readonly options: number
  readonly letters: string
  readonly steps: readonly Step[]
}

const who = fc.nat(3)
const signo = fc.constantFrom(0, SIGSTOP, SIGCONT, SIGUSR1, SIGTERM, SIGWINCH, SIGTRAP, SIGCHLD)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('resume' as const), who, request: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...RESUMES.slice(0, 2)) }, fc.constantFrom(...RESUMES)),
      tags: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.constantFrom(2, 4, 6)), signo: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, signo),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('kill' as const), who, signo: fc.oneof({ weight: 8, arbitrary: signo }, { weight: 1, arbitrary: fc.constant(SIGKILL) }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('ask' as const), who, request: fc.constantFrom(...ASKS) }) },
  { weight: 8, arbitrary: fc.constant({ kind: 'wait' } as const) },
  { weight: 2, arbitrary: fc.constant({ kind: 'pass' } as const) },
)

const { PTRACE_O_TRACESYSGOOD, PTRACE_O_TRACEFORK, PTRACE_O_TRACEVFORK, PTRACE_O_TRACEVFORKDONE, PTRACE_O_TRACEEXEC, PTRACE_O_TRACEEXIT } = PTRACE_OPTION
const ALL = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACEVFORKDONE | PTRACE_O_TRACEEXEC | PTRACE_O_TRACEEXIT

export const drives: fc.Arbitrary<Drive> = fc.record({
  seized: fc.boolean(),
  options: fc.constantFrom(ALL, ALL, PTRACE_O_TRACESYSGOOD, ALL & ~PTRACE_O_TRACEEXIT, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK),
  letters: fc.constantFrom('fgyu.yW', 'hufg.Wu', 'vg.gy', 'gfx.g', 'Rfsu.sW', 'ffg.g.WW', 'gyrg', 'vxg.g', 'ufg.e', 'sf.sW'),
  steps: fc.array(step, { minLength: 5, maxLength: 30 }),
})

/** What must hold; in words, so that a run says which did not. */
const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what)
}

class Machine {
  readonly #tracer: Tracer
  readonly #models: Model[] = []

  constructor(tracer: Tracer) {
    this.#tracer = tracer
  }

  adopt(pid: number): void {
    this.#models.push({ pid, doomed: false, gone: false, told: 0, tags: 0 })
  }
  #task(pid: number): Task | undefined {
    return this.#tracer.session.kernel.tasks.get(pid)
  }

  /** Children that ptrace made the tracer's own: they are there before anybody reports them. */
  #meet(): void {
    for (const task of this.#tracer.session.kernel.tasks.values()) {
      if (task.pid !== 1 && !this.#models.some(({ pid }) => pid === task.pid)) this.adopt(task.pid)
    }
  }

  async make(one: Step): Promise<void> {
    await this.#act(one)
    this.#meet()
  }

  /** One look by waitpid: what it may say, given what was done. Was there anything? */
  async look(): Promise<boolean> {
    const { process, session } = this.#tracer
    const pid = await process.wait4(-1, 0x100, WNOHANG | __WALL)
    if (pid <= 0) {
      must(pid === 0 || pid === -ECHILD, `waitpid answers ${pid}`)
      // A listener is not stopped for wait, either: task_stopped_code().
      const untold = [...session.kernel.tasks.values()].find(({ state, tracing }) =>
        tracing?.tracer.pid === 1 && tracing.unreported && !tracing.listening && (tracing.stop !== undefined || state === 'zombie'))
      must(untold === undefined, `nobody hears of ${untold?.pid}`)
      return false
    }
    this.#meet()
    const model = this.#models.find((one) => one.pid === pid)
    if (model === undefined) throw new Error(`nobody knows ${pid}`)
    must(!model.gone, `${pid} is reported after its death`)
    const status = process.memory.u32(0x100)
    if ((status & 0xff) === 0x7f) {
      // A stop that was answered before anybody waited for it is never told.
      const seq = this.#task(pid)?.tracing?.stopSeq ?? 0
      must(model.told !== seq, `the stop of ${pid} is reported twice`)
      must(!model.doomed || status >>> 16 === PTRACE_EVENT.PTRACE_EVENT_EXIT, `${pid} stops after its SIGKILL`)
      model.told = seq
    } else {
      must(!model.doomed || (status & 0x7f) === SIGKILL, `${pid} ends by ${status} for a SIGKILL`)
      model.gone = true
    }
    return true
  }

  async #act(one: Step): Promise<void> {
    if (one.kind === 'wait') {
      await this.look()
      return
    }
    if (one.kind === 'pass') {
      await this.#tracer.process.sleep(1_000_000)
      return
    }
    const model = this.#models[one.who % this.#models.length] as Model
    const task = this.#task(model.pid)
    const stopped = task?.tracing?.tracer.pid === 1 && isStopped(task) && !task.tracing.listening
    if (one.kind === 'kill') this.#kill(model, task, one.signo)
    else if (one.kind === 'ask') this.#ask(model, stopped, one.request)
    else this.#resume(model, task, stopped, one)
  }

  #resume(model: Model, task: Task | undefined, stopped: boolean, { request, tags, signo: given }: Extract<Step, { kind: 'resume' }>): void {
    const result = this.#tracer.request(request, model.pid, tags, given)
    must(result === (stopped ? 0 : -ESRCH), `${request} of ${model.pid}, ${stopped ? '' : 'not '}stopped, answers ${result}`)
    if (result === 0) model.tags = tags
    // Replaced by each resume that is accepted, left alone by one that is not.
    if (task?.tracing !== undefined) must(task.tracing.resume.tags === model.tags, `the tags of ${model.pid} are ${task.tracing.resume.tags}`)
  }

  #kill(model: Model, task: Task | undefined, given: number): void {
    const alive = task?.state === 'alive' && task.process.groupExit === undefined && !task.exiting
    const result = this.#tracer.kill(model.pid, given)
    must(result === (task === undefined ? -ESRCH : 0), `kill of ${model.pid} answers ${result}`)
    if (given !== SIGKILL || !alive) return
    model.doomed = true
    must(!isStopped(task), `${model.pid} is stopped in spite of its SIGKILL`)
  }

  #ask(model: Model, stopped: boolean, request: (typeof ASKS)[number]): void {
    const result = this.#tracer.request(request, model.pid, 0, request === 'PTRACE_GETEVENTMSG' ? 0x200 : 0)
    if (request === 'PTRACE_GETEVENTMSG' || request === 'PTRACE_DETACH') must(result === (stopped ? 0 : -ESRCH), `${request} answers ${result}`)
    if (request === 'PTRACE_DETACH' && result === 0) model.tags = 0
  }

  /** Everybody who is left dies of SIGKILL, whatever it was doing, and is reported once. */
  async end(): Promise<void> {
    const { kernel } = this.#tracer.session
    for (let turn = 0; kernel.tasks.size > 1; turn++) {
      must(turn < 100, `${kernel.tasks.size - 1} are left`)
      for (const task of [...kernel.tasks.values()]) {
        if (task.pid === 1) continue
        // PTRACE_EVENT_EXIT is the one stop that SIGKILL does not end.
        this.#kill(this.#models.find(({ pid }) => pid === task.pid) as Model, task, SIGKILL)
        if (isStopped(task)) this.#tracer.request('PTRACE_CONT', task.pid)
      }
      await this.#tracer.process.sleep(1_000_000)
      this.#meet()
      while (await this.look());
    }
  }
}

/** One run against the model. Throws, in words, what does not hold. */
export const drive = (acts: Uint8Array, { seized, options, letters, steps }: Drive): Promise<Ran> =>
  traced(acts, [letters], async (tracer) => {
    const machine = new Machine(tracer)
    const pid = tracer.spawn({ trace: seized ? 'stopped' : 'traceme' })
    machine.adopt(pid)
    if (seized) must(tracer.request('PTRACE_SEIZE', pid, 0, options) === 0, 'SEIZE is refused')
    else {
      await tracer.wait(pid)
      tracer.request('PTRACE_SETOPTIONS', pid, 0, options)
      await machine.make({ kind: 'resume', who: 0, request: 'PTRACE_CONT', tags: 0, signo: 0 })
    }
    for (const one of steps) await machine.make(one)
    await machine.end()
  }, { tree: [{ path: '/acts', bytes: acts }] })
