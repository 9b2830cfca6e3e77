import { killedStatus, exitedStatus, stoppedStatus } from './abi/wait.ts'
import { SIGNAL } from './abi/signal.ts'
import { ERRNO } from './abi/errno.ts'
import type { HandStop } from './hand.ts'
import { keepPast, type Past } from './history/history.ts'
import { TaskCaller } from './kernel/caller.ts'
import { BOOT_TIME, Clock } from './kernel/clock.ts'
import { Descriptors } from './kernel/descriptors.ts'
import { MapDisk, type Disk } from './kernel/disk.ts'
import { Entropy } from './kernel/entropy.ts'
import { bury } from './kernel/exit.ts'
import { ForcedCalls } from './kernel/forced.ts'
import { FileSystem } from './kernel/fs.ts'
import { leadSession, signalForeground } from './kernel/job-control.ts'
import type { Kernel } from './kernel/kernel.ts'
import { GuestMemory } from './kernel/memory.ts'
import { Scheduler } from './kernel/sched.ts'
import { scriptMemory } from './kernel/script-memory.ts'
import { KernelScriptProcess } from './kernel/script-process.ts'
import { spawn } from './kernel/spawn.ts'
import { allSpins } from './kernel/spin.ts'
import { openStdio } from './kernel/stdio.ts'
import { isAlive, newProcess, newTask, type Image, type Task } from './kernel/task.ts'
import { encodeUtf8 } from './kernel/text.ts'
import { openPreopen, plantTree, programFiles, type Preopen, type TreeEntry } from './kernel/tree.ts'
import { Tty, type Output } from './kernel/tty.ts'
import type { Host } from './ports.ts'
import type { Counts, Failure, RunEnd, Spin } from './protocol.ts'
import { stopCode } from './ptrace/stop.ts'
import type { Input, Recipe } from './recipe.ts'
import type { ScriptProcess, SpawnSpec } from './script/port.ts'
import type { ForeignHost } from './syscall/executor.ts'
import { rowOf } from './syscall/find.ts'
import { invoke } from './syscall/invoke.ts'
import { Recorder } from './trace/recorder.ts'

/** What the first process runs: no guest. */
const NO_PROGRAM: Image = { name: '', hash: '', argv: [], environ: [], rows: [], table: [], log: undefined, threaded: false }

/** What a session asks of whoever runs it. */
export interface SessionHost extends Host {
  /** Everybody waits for the terminal: settles when something was typed (`input`, `endOfInput`) or `stop` was called. */
  waitForInput(): Promise<void>
  /** Everybody sleeps before an interactive terminal: settles when so many virtual nanoseconds have passed for its person, or as `waitForInput`. */
  passTime?(nanoseconds: number): Promise<void>
  /** Something typed was taken up here. */
  took(input: Input): void
  /** Line of the script that is running, from 1; 0 outside of it. */
  line(): number
  /** A wait of the script has been answered. */
  scriptGoesOn(): void
}

export interface SessionOptions {
  /** The files of the recipe with their bytes. */
  readonly tree: readonly TreeEntry[]
  readonly preopens: readonly Preopen[]
  /** The programs' modules by hash, for execve(2). */
  readonly modules?: Readonly<Record<string, Uint8Array>>
  /** Can somebody type? Otherwise a terminal that is read beyond the recipe's input is at its end. */
  readonly interactive: boolean
  /** Where pages of files go that need not stay in memory; a Map unless told. No run depends on it. */
  readonly disk?: Disk
  /** Executes the guests' calls in the kernel's stead (recipe: `host`). */
  readonly foreign?: ForeignHost
  /** Keep what makes every event's moment again (history/). No run depends on it. */
  readonly past?: boolean
}

/**
 * One run of a recipe: a kernel, its first process, and what the person adds while it runs. `run` gives the first
 * turn and settles when the run is over.
 */
export class Session {
  readonly kernel: Kernel
  readonly recorder: Recorder
  /** The script's side of its system calls; undefined for a recipe without a script. */
  readonly script: ScriptProcess | undefined
  /** Its past, where it is kept. */
  readonly past: Past | undefined
  /** pid 1: the script, or an init that only waits. */
  readonly #first: Task
  readonly #recipe: Recipe
  readonly #host: SessionHost
  readonly #options: SessionOptions
  /**
   * The guests whose time was up, and of a run that a person or a budget ended those that were computing then: where
   * they were. No part of the trace.
   */
  spins: readonly Spin[] = []
  #end: RunEnd | undefined
  #settle: (end: RunEnd) => void = () => {}
  #settled: Promise<RunEnd>
  /** Input of the recipe that has not been taken up. */
  #recorded: readonly Input[]
  #typed: Omit<Input, 'at'>[] = []
  #stop = false
  #inputEnded = false
  /** The place on the clock before which a person was given time. */
  #waited = -1

  constructor(recipe: Recipe, host: SessionHost, options: SessionOptions) {
    this.#recipe = recipe
    this.#host = host
    this.#options = options
    this.#recorded = recipe.input
    this.#settled = new Promise((resolve) => {
      this.#settle = resolve
    })
    const clock = new Clock(BOOT_TIME)
    const recorder = new Recorder(() => clock.now())
    this.recorder = recorder
    const sched = new Scheduler(clock, {
      macrotask: () => this.#macrotask(),
      idle: () => this.#idle(),
      beforeJump: (to) => this.#beforeJump(to),
      over: () => this.#end !== undefined,
      begins: ({ pid }, ticks) => {
        const task = this.kernel.tasks.get(pid)
        if (task !== undefined) refuel(task, ticks)
      },
    }, recipe.schedule)
    const tty = new Tty((fd, bytes) => this.#output(fd, bytes), (signo) => signalForeground(this.kernel, signo))
    const fs = new FileSystem(options.disk ?? new MapDisk(), clock.realtime())
    const programs = this.#mayExec ? programFiles(recipe.programs, options.modules ?? {}, options.tree) : []
    const planted = plantTree(fs, [...options.tree, ...programs], clock.realtime())
    this.kernel = {
      host, sched, clock, fs, tty, recorder,
      entropy: new Entropy(recipe.seed),
      budget: recipe.budget,
      execute: options.foreign?.execute ?? invoke,
      foreign: options.foreign,
      callerOf: (task) => new TaskCaller(this.kernel, task),
      untraced: recipe.untraced,
      forced: recipe.forced === undefined || recipe.forced.length === 0 ? undefined : new ForcedCalls(recipe.forced),
      logs: recipe.script !== undefined || recipe.hand !== undefined || host.rebuilds === true,
      tasks: new Map(),
      nextPid: 1,
      spent: new Map(),
      line: () => host.line(),
      counts: { stops: 0, requests: 0, calls: 0, suspensions: 0, bytesPeeked: 0 },
      fail: (failure) => this.finish({ kind: 'failed', failure }),
    }
    this.past = options.past === true ? keepPast(this.kernel) : undefined
    if (recipe.tty && recipe.stdin !== '') tty.input(encodeUtf8(recipe.stdin))
    this.#first = this.#makeFirst()
    tty.session = this.#first.pid
    this.script = recipe.script === undefined && recipe.hand === undefined ? undefined : new KernelScriptProcess(
      // Chance of its own: a script that draws numbers must not change what its guests draw.
      this.kernel, this.#first, new Entropy(recipe.seed + 0x5c_1b7), (spec) => this.#spawn(spec), () => host.scriptGoesOn(),
    )
    if (planted !== undefined) {
      this.kernel.fail({
        kind: 'machine', title: 'The files could not be laid out', cause: planted,
        cure: 'Change the recipe’s list of files: each path once, below directories.',
      })
    }
  }

  #makeFirst(): Task {
    const { kernel } = this
    const byHand = this.#recipe.hand !== undefined && this.#recipe.handFrom === undefined
    const name = byHand ? 'you' : this.#recipe.script === undefined ? 'init' : 'tracer.ts'
    const pid = kernel.nextPid++
    const process = newProcess(pid, undefined, new Descriptors(), { ...NO_PROGRAM, name, argv: [encodeUtf8(name)] })
    const task = newTask(pid, name, process, new GuestMemory(scriptMemory()))
    kernel.tasks.set(task.pid, task)
    if (name !== 'init') task.birthSeq = kernel.recorder.birth(task)
    return task
  }

  /**
   * Gives the first turn. With a script the turn is the script's: the caller now runs it, and calls `scriptEnded`
   * when it is through. Without one, the first program starts.
   */
  run(): Promise<RunEnd> {
    if (this.#end === undefined) {
      if (this.script !== undefined) this.kernel.sched.current = this.#first
      else {
        const pid = this.#spawn({ trace: 'none' })
        if (pid < 0) this.kernel.fail(cannotStart(this.#recipe.programs[0]?.name ?? '', -pid))
        const process = this.kernel.tasks.get(pid)?.process
        if (this.#recipe.tty && process !== undefined) leadSession(this.kernel, process)
        // init waits for nobody: who dies is gone.
        for (const child of this.#first.process.children) child.parent = undefined
        this.kernel.sched.dispatch()
      }
    }
    return this.#settled
  }

  /** Is it the script's turn? When nothing is left to do for the platform then, it awaits what will never come. */
  get isScriptsTurn(): boolean {
    return this.#end === undefined && this.script !== undefined && this.kernel.sched.current === this.#first
  }

  get over(): boolean {
    return this.#end !== undefined
  }

  /** The script's module has been evaluated to its end, or it threw what `failure` tells. */
  scriptEnded(failure?: Failure): void {
    if (this.#end !== undefined) return
    if (failure !== undefined) {
      this.finish({ kind: 'failed', failure })
      return
    }
    const first = this.#first
    const left = [...first.tracees].filter(({ tracing }) => tracing?.stop !== undefined)
    if (left.length > 0) {
      const names = left.map(({ name, pid }) => `${name} (${pid})`).join(', ')
      this.recorder.print(0, 0, `tracer.ts ended while ${names} was stopped. As on Linux, it is detached and runs on.`)
    }
    first.process.groupExit = exitedStatus(0)
    bury(this.kernel, first)
    this.kernel.sched.dispatch()
  }

  /** Somebody typed; the machine takes it up at its next pause. */
  input(text: string): void {
    this.#typed.push({ text })
  }
  endOfInput(): void {
    this.#typed.push({ end: true })
  }
  /** Somebody pressed Stop; likewise. */
  stop(): void {
    this.#stop = true
  }

  get counts(): Counts {
    return this.kernel.counts
  }

  /** The stop that a tracee of the script is in; undefined while it runs, and when somebody else traces it. */
  stopOf(pid: number): HandStop | undefined {
    const tracing = this.kernel.tasks.get(pid)?.tracing
    if (tracing?.stop === undefined || tracing.tracer !== this.#first) return undefined
    return { pid, seq: tracing.stopSeq, status: stoppedStatus(stopCode(tracing.stop, true)) }
  }
  /** The stops that the script has been told of, and in which it has left its tracees. */
  standing(): readonly HandStop[] {
    const told = [...this.#first.tracees].filter(({ tracing }) => tracing?.stop !== undefined && !tracing.unreported)
    return told.flatMap(({ pid }) => this.stopOf(pid) ?? []).sort((a, b) => a.seq - b.seq)
  }

  /** Why a task takes no request of the script now, for its error messages; undefined if it does. */
  whyNot(pid: number): string | undefined {
    const task = this.kernel.tasks.get(pid)
    if (task === undefined) return 'there is no such task (it may have ended and been waited for)'
    const { tracing } = task
    if (task.state === 'zombie') return 'it has ended, and waits to be waited for'
    if (tracing === undefined) return 'nobody traces it'
    if (tracing.tracer !== this.#first) return `${tracing.tracer.name} traces it`
    if (tracing.listening) return 'it listens (PTRACE_LISTEN): only PTRACE_INTERRUPT and PTRACE_KILL reach it'
    if (tracing.stop !== undefined) return undefined
    return tracing.resumedSeq === 0 ? 'it is running' : `it has been running since event ${tracing.resumedSeq}`
  }

  /** Ends the run: nobody gets a turn any more, and every guest's stack is let go. */
  finish(end: RunEnd): void {
    if (this.#end !== undefined) return
    this.#end = end
    this.spins = allSpins(this.kernel, end.kind === 'stopped' || (end.kind === 'failed' && end.failure.kind === 'budget'))
    if (end.kind === 'failed') this.#recordFailure(end.failure)
    this.recorder.close()
    for (const task of this.kernel.tasks.values()) {
      task.process.groupExit ??= killedStatus(SIGNAL.SIGKILL, false)
      task.tracing = undefined
      task.work = true
      task.vcpu?.kill()
    }
    this.kernel.sched.release()
    this.#settle(end)
  }

  /** Its title only: causes may hold words of the engine's, and what the platform failed of is no event of the run. */
  #recordFailure({ kind, title, line }: Failure): void {
    if (kind !== 'machine') this.recorder.failure(line === undefined ? 0 : this.#first.pid, line ?? 0, title)
  }

  #spawn(spec: SpawnSpec): number {
    const { programs, env } = this.#recipe
    const program = spec.name === undefined ? programs[0] : programs.find(({ name }) => name === spec.name)
    if (program === undefined) return -ERRNO.ENOENT
    const argv = [program.name, ...(spec.argv ?? program.argv)].map(encodeUtf8)
    const environ = this.#environ(program.hash, spec.env ?? env).map(encodeUtf8)
    return spawn(this.kernel, this.#first, { name: program.name, hash: program.hash, argv, environ }, this.#files(), spec.trace)
  }

  /** Is a program linked with the SDK? One that is none finds no use for what is done for such. */
  #isLinux(hash: string): boolean {
    return this.#host.imports(hash)?.some(({ module }) => module === 'linux') === true
  }
  get #mayExec(): boolean {
    return this.#options.foreign === undefined && this.#recipe.programs.some(({ hash }) => this.#isLinux(hash))
  }
  /** With the PATH of programFiles, unless there is one. */
  #environ(hash: string, env: readonly string[]): readonly string[] {
    return this.#isLinux(hash) && !env.some((entry) => entry.startsWith('PATH=')) ? [...env, 'PATH=/bin'] : env
  }

  /** Descriptors 0–2 and the preopened directories, as a shell's child has them. */
  #files(): Descriptors {
    const { tty, stdin } = this.#recipe
    const files = new Descriptors()
    const output: Output = (fd, bytes, at = 0, length = bytes.length) => this.#output(fd, bytes, at, length)
    const input = tty ? this.kernel.tty : encodeUtf8(stdin)
    openStdio({ input, output }).forEach((descriptor, fd) => files.place(fd, descriptor))
    for (const preopen of this.#options.preopens) {
      const descriptor = openPreopen(this.kernel.fs, preopen)
      if (typeof descriptor !== 'number') files.add(descriptor)
    }
    return files
  }

  #output(fd: 0 | 1 | 2, bytes: Uint8Array, at = 0, length = bytes.length): void {
    const { recorder, sched, budget } = this.kernel
    recorder.output(sched.current?.pid ?? 0, fd, bytes, at, length)
    if (recorder.outputBytes > budget.output) {
      this.kernel.fail({
        kind: 'budget',
        title: 'Too much output',
        cause: `The guests have written more than ${budget.output} bytes to the terminal, which is all that the budget allows.`,
        cure: 'Raise the budget, or let the tracer skip the writes.',
      })
    }
  }

  async #macrotask(): Promise<void> {
    await this.#host.macrotask()
    this.takeUp()
  }

  /** Takes up what the page sent, and what the recipe has for this place. */
  takeUp(): void {
    const { entries } = this.kernel.sched
    const { stopAt } = this.#recipe
    while (this.#recorded.length > 0 && (this.#recorded[0] as Input).at <= entries) this.#takeRecorded()
    if (stopAt !== undefined && entries >= stopAt) return this.finish({ kind: 'stopped', at: stopAt })
    for (const typed of this.#typed.splice(0)) this.#take({ ...typed, at: entries })
    if (this.#stop) this.finish({ kind: 'stopped', at: entries })
  }
  #takeRecorded(): void {
    const [input, ...rest] = this.#recorded
    this.#recorded = rest
    if (input !== undefined) this.#give(input)
  }
  #take(input: Input): void {
    this.#give(input)
    this.#host.took(input)
  }
  #give(input: Input): void {
    if (input.text !== undefined) this.kernel.tty.input(encodeUtf8(input.text))
    if (input.end === true) {
      this.#inputEnded = true
      this.kernel.tty.endOfInput()
    }
  }

  /**
   * Everybody sleeps, and the clock would jump: what the recipe has for this place comes first. A person before a
   * shell, who may want to interrupt the sleepers, is given the time for it.
   */
  #beforeJump(to: number): Promise<void> | undefined {
    const { sched, tty, clock } = this.kernel
    const [next] = this.#recorded
    if (next !== undefined) {
      if (next.at > sched.entries) return undefined
      this.takeUp()
      return Promise.resolve()
    }
    if (!this.#options.interactive || !tty.hasShell || this.#inputEnded || this.#waited === to) return undefined
    this.#waited = to
    return this.#host.passTime?.(to - clock.now()).then(() => this.takeUp())
  }

  /** Nobody is ready and no timer is set. */
  async #idle(): Promise<void> {
    this.takeUp()
    const { sched, tasks } = this.kernel
    if (this.#end !== undefined || sched.pending > 0) return
    const guests = [...tasks.values()].filter((task) => task !== this.#first && isAlive(task))
    const scripted = this.script !== undefined && isAlive(this.#first)
    if (guests.length === 0 && !scripted) return this.finish({ kind: 'exited' })
    if (this.kernel.tty.changed.isAwaited && !this.#inputEnded) {
      if (this.#recorded.length > 0) return this.#takeRecorded()
      if (!this.#options.interactive) return this.#give({ at: sched.entries, end: true })
      await this.#host.waitForInput()
      return this.takeUp()
    }
    this.finish({ kind: 'failed', failure: deadlock([...tasks.values()].filter(isAlive), this.#first, scripted) })
  }
}

/** What it has computed and was not charged for (it may stand at a step) stays to be charged. */
const refuel = (task: Task, ticks: number): void => {
  const uncharged = task.vcpu === undefined ? 0 : task.fuel - task.vcpu.fuel()
  task.fuel = ticks + uncharged
  task.vcpu?.setFuel(ticks)
}

const cannotStart = (name: string, errno: number): Failure => ({
  kind: 'bad-module',
  title: `${name} could not be started`,
  cause: errno === ERRNO.ENOMEM ? 'The browser gives no more memory for guests.' : 'The program was not loaded with the recipe.',
  cure: 'Choose the guest again, or reload the page.',
})

const deadlock = (tasks: readonly Task[], first: Task, scripted: boolean): Failure => ({
  kind: 'deadlock',
  title: 'Nobody can run',
  cause: 'Everybody waits for somebody else, and no timer is set.',
  cure: scripted ? 'Resume the stopped task before you wait, or wait for another.' : 'Send SIGCONT to who is stopped, or resume it before the script ends.',
  tasks: tasks.filter((task) => task !== first || scripted).map((task) => `${task.pid} ${task.name} ${whatItWaitsFor(task)}`),
})

const whatItWaitsFor = (task: Task): string => {
  const { tracing, regs } = task
  const call = rowOf(regs.arch, regs.nr)?.name
  if (tracing?.stop !== undefined) {
    const at = { 'syscall-entry': `at the entry of ${call}`, 'syscall-exit': `at the exit of ${call}`, event: 'at an event', signal: 'by a signal', trap: 'by a trap', group: 'in a group-stop' }
    return `is stopped ${at[tracing.stop.kind]} and waits for ${tracing.tracer.name} to resume it`
  }
  if (task.continue !== undefined) return 'is stopped by a signal and waits for SIGCONT'
  if (call !== undefined) return `waits in ${call}`
  return task.vcpu === undefined ? 'waits for a child in waitpid' : 'waits'
}
