import { ERRNO } from '../abi/errno.ts'
import { P } from '../abi/linux.ts'
import { SECCOMP_FILTER_FLAG } from '../abi/seccomp.ts'
import { SIGNAL, SIGNAL_MAX, type Signo } from '../abi/signal.ts'
import { WEXITED, WNOHANG, exitedStatus } from '../abi/wait.ts'
import { PROCESS_VM_WRITEV } from '../abi/ptrace.ts'
import { ptrace } from '../ptrace/request.ts'
import type { Program } from '../seccomp/instruction.ts'
import { isAncestor } from '../seccomp/filter.ts'
import { setFilter, setStrict, type Changed } from '../seccomp/mode.ts'
import type { CallResult, RunResult, Wait } from '../syscall/row.ts'
import type { ChildNews, CloneArguments, System, TimerValue } from '../syscall/system.ts'
import { SIG_IGN, UNBLOCKABLE, type Disposition } from './disposition.ts'
import { exec } from './exec.ts'
import { killGroup } from './kill.ts'
import { clone, fork } from './fork.ts'
import { findTask, type Kernel } from './kernel.ts'
import type { GuestMemory } from './memory.ts'
import { bit, drop, takeSignal } from './pending.ts'
import { membersOf, processes } from './session.ts'
import { sendSignal } from './send.ts'
import type { AltStack } from './signal-frame.ts'
import { kernelSignal, threadSignal, userSignal, type Siginfo } from './siginfo.ts'
import type { Process, Task } from './task.ts'
import { ITIMER_PROF } from './timers.ts'
import { isWatched } from './watched.ts'
import { areWait4Options, areWaitidOptions, lookForChild, whomOf, type Whom } from './wait.ts'
import { logWritten } from './written.ts'

const NOTHING_OF_TIME: TimerValue = { value: 0, interval: 0 }
const CPU_SIGNALS = [SIGNAL.SIGALRM, SIGNAL.SIGVTALRM, SIGNAL.SIGPROF] as const

/** The kernel as a task's calls of the table `linux` see it. */
export class TaskSystem implements System {
  readonly #kernel: Kernel
  readonly #task: Task

  constructor(kernel: Kernel, task: Task) {
    this.#kernel = kernel
    this.#task = task
  }

  get #process(): Process {
    return this.#task.process
  }
  #find(pid: number): Task | undefined {
    return pid === 0 ? this.#process.leader : findTask(this.#kernel, pid)
  }

  // Processes.

  fork(kind: 'fork' | 'vfork'): RunResult {
    return fork(this.#kernel, this.#task, kind === 'vfork', SIGNAL.SIGCHLD)
  }
  clone(how: CloneArguments): RunResult {
    return clone(this.#kernel, this.#task, how)
  }
  exec(path: Uint8Array, argv: readonly Uint8Array[], environ: readonly Uint8Array[]): RunResult {
    return exec(this.#kernel, this.#task, path, argv, environ)
  }
  exitThread(code: number): number {
    this.#task.status = exitedStatus(code)
    this.#task.exiting = true
    this.#task.work = true
    return 0
  }
  exitGroup(code: number): number {
    killGroup(this.#kernel, this.#task, exitedStatus(code))
    return 0
  }

  wait4(pid: number, options: number, store: (news: ChildNews) => number): RunResult {
    if (!areWait4Options(options)) return -ERRNO.EINVAL
    // "ESRCH pid is equal to INT_MIN": it has no opposite.
    if (pid === -(2 ** 31)) return -ERRNO.ESRCH
    return this.#wait(whomOf(pid, this.#process), options | WEXITED, (news) => (news === undefined ? 0 : store(news)))
  }
  waitid(which: number, id: number, options: number, store: (news: ChildNews | undefined) => number): RunResult {
    if (!areWaitidOptions(options)) return -ERRNO.EINVAL
    const whom: Whom = which === P.P_ALL ? 'all' : which === P.P_PID ? { pid: id } : { pgid: id === 0 ? this.#process.pgid : id }
    return this.#wait(whom, options, store)
  }
  #wait(whom: Whom, options: number, store: (news: ChildNews | undefined) => number): CallResult {
    const found = lookForChild(this.#kernel, this.#task, whom, options)
    if (typeof found === 'object') return store(found)
    if (found === 'nobody') return -ERRNO.ECHILD
    if ((options & WNOHANG) !== 0) return store(undefined)
    return { on: [this.#process.childChanged], restart: 'call', retry: () => this.#wait(whom, options, store) }
  }

  get pid(): number {
    return this.#process.pid
  }
  /** "If the caller's parent … has terminated": the kernel's init, which is 1. */
  get parentPid(): number {
    return this.#process.parent?.pid ?? 1
  }
  get tid(): number {
    return this.#task.pid
  }
  setTidAddress(addr: number): number {
    this.#task.clearTid = addr
    return this.#task.pid
  }

  /** setpgid(2), in the order of kernel/sys.c. */
  setpgid(pid: number, pgid: number): number {
    if (pgid < 0) return -ERRNO.EINVAL
    const task = this.#find(pid)
    if (task === undefined || task.process.leader !== task) return task === undefined ? -ERRNO.ESRCH : -ERRNO.EINVAL
    const { process } = task
    const mine = this.#process
    if (process.parent === mine) {
      if (process.sid !== mine.sid) return -ERRNO.EPERM
      if (process.hasExeced) return -ERRNO.EACCES
    } else if (process !== mine) return -ERRNO.ESRCH
    if (process.sid === process.pid) return -ERRNO.EPERM
    const group = pgid === 0 ? process.pid : pgid
    if (group !== process.pid && !membersOf(this.#kernel, group).some(({ sid }) => sid === mine.sid)) return -ERRNO.EPERM
    process.pgid = group
    return 0
  }
  getpgid(pid: number): number {
    return this.#find(pid)?.process.pgid ?? -ERRNO.ESRCH
  }
  setsid(): number {
    const process = this.#process
    // "EPERM The process group ID of any process equals the PID of the calling process."
    if (membersOf(this.#kernel, process.pid).length > 0) return -ERRNO.EPERM
    process.sid = process.pgid = process.pid
    return process.pid
  }
  getsid(pid: number): number {
    return this.#find(pid)?.process.sid ?? -ERRNO.ESRCH
  }
  noNewPrivs(set: boolean): number {
    if (!set) return this.#task.noNewPrivs ? 1 : 0
    this.#task.noNewPrivs = true
    return 0
  }
  get name(): string {
    return this.#task.name
  }
  set name(to: string) {
    this.#task.name = to
  }

  // Signals.

  /** kill(2): a process, a group, the caller's group (0), or everybody but init and itself (−1). */
  kill(pid: number, signo: Signo): number {
    if (signo < 0 || signo > SIGNAL_MAX) return -ERRNO.EINVAL
    if (pid === -(2 ** 31)) return -ERRNO.ESRCH
    const whom = this.#meant(pid)
    if (whom.length === 0) return -ERRNO.ESRCH
    if (signo !== 0) for (const process of whom) sendSignal(this.#kernel, process.leader, userSignal(signo, this.pid))
    return 0
  }
  #meant(pid: number): readonly Process[] {
    if (pid > 0) {
      const task = findTask(this.#kernel, pid)
      return task === undefined ? [] : [task.process]
    }
    if (pid === -1) return [...processes(this.#kernel)].filter((process) => process.pid !== 1 && process !== this.#process)
    return membersOf(this.#kernel, pid === 0 ? this.#process.pgid : -pid)
  }
  tgkill(tgid: number, tid: number, signo: Signo): number {
    const task = findTask(this.#kernel, tid)
    if (task === undefined || (tgid !== -1 && task.process.pid !== tgid)) return -ERRNO.ESRCH
    if (signo < 0 || signo > SIGNAL_MAX) return -ERRNO.EINVAL
    if (signo !== 0) sendSignal(this.#kernel, task, threadSignal(signo, this.pid), true)
    return 0
  }
  sigqueue(pid: number, info: Siginfo): number {
    const task = findTask(this.#kernel, pid)
    if (task === undefined) return -ERRNO.ESRCH
    if (info.signo !== 0) sendSignal(this.#kernel, task, info)
    return 0
  }
  disposition(signo: Signo): Disposition {
    return this.#process.dispositions.get(signo)
  }
  setDisposition(signo: Signo, to: Disposition): void {
    const { dispositions, threads } = this.#process
    dispositions.set(signo, to)
    // "Setting a signal action to SIG_IGN for a signal that is pending shall cause the pending signal to be discarded". POSIX
    if (to.handler === SIG_IGN || dispositions.ignores(signo)) for (const thread of threads) drop(thread, (pending) => pending === signo)
  }
  get mask(): bigint {
    return this.#task.mask
  }
  set mask(to: bigint) {
    this.#task.mask = to & ~UNBLOCKABLE
    this.#task.work = true
  }
  get pendingSignals(): bigint {
    const { pending, process, mask } = this.#task
    return [...pending, ...process.pending].reduce((set, { signo }) => set | bit(signo), 0n) & mask
  }
  /** A pending signal of the set is taken, not delivered; EAGAIN when the time is over, EINTR when another one came. */
  sigtimedwait(set: bigint, until: number | undefined, store: (info: Siginfo) => number): CallResult {
    const found = takeSignal(this.#task, set)
    if (found !== undefined) return store(found)
    const { clock } = this.#kernel
    if (until !== undefined && clock.now() >= until) return -ERRNO.EAGAIN
    const wait: Wait = {
      on: [this.#process.signalled],
      ...(until === undefined ? {} : { until }),
      restart: 'nohand',
      retry: () => this.sigtimedwait(set, until, store),
      interrupted: () => {
        const late = takeSignal(this.#task, set)
        return late === undefined ? -ERRNO.EINTR : store(late)
      },
    }
    return wait
  }
  /** "temporarily replaces the signal mask … and then suspends the thread until delivery of a signal": ERESTARTNOHAND. */
  sigsuspend(mask: bigint): CallResult {
    const task = this.#task
    task.savedMask ??= task.mask
    task.mask = mask & ~UNBLOCKABLE
    const wait: Wait = { on: [], restart: 'nohand', retry: () => wait }
    return wait
  }
  get altStack(): AltStack | undefined {
    return this.#task.altStack
  }
  set altStack(to: AltStack | undefined) {
    this.#task.altStack = to
  }
  get isOnAltStack(): boolean {
    const { altStack, vcpu } = this.#task
    const sp = vcpu?.stackPointer() ?? 0
    return altStack !== undefined && sp > altStack.base && sp <= altStack.base + altStack.size
  }

  /** setitimer(2). The CPU timers are looked at when the process is charged for computing: here, as virtual time. */
  itimer(which: number, to?: TimerValue): TimerValue | undefined {
    const { clock, sched } = this.#kernel
    const { timers, leader } = this.#process
    if (which > ITIMER_PROF) return undefined
    const set = timers.get(which)
    const before = set === undefined ? NOTHING_OF_TIME : { value: Math.max(0, set.at - clock.now()), interval: set.interval }
    if (to === undefined) return before
    const start = (after: number, interval: number): void => {
      const at = clock.now() + after
      const cancel = sched.timer(at, () => {
        timers.set(which, undefined)
        sendSignal(this.#kernel, leader, kernelSignal(CPU_SIGNALS[which] ?? SIGNAL.SIGALRM))
        if (interval > 0) start(interval, interval)
      })
      timers.set(which, { at, interval, cancel })
    }
    if (to.value === 0) timers.set(which, undefined)
    else start(to.value, to.interval)
    return before
  }

  // Tracing.

  ptrace(request: number, pid: number, addr: number, data: number): number {
    return ptrace(this.#kernel, this.#task, request, pid, addr, data)
  }
  memoryOf(pid: number): GuestMemory | number {
    const task = findTask(this.#kernel, pid)
    return task === undefined || task.state === 'zombie' ? -ERRNO.ESRCH : task.memory
  }
  wroteTo(pid: number, addr: number, was: Uint8Array, is: Uint8Array): void {
    const { recorder } = this.#kernel
    const task = findTask(this.#kernel, pid)
    if (task !== undefined) logWritten(task)
    const link = task?.tracing?.stopSeq ?? 0
    recorder.request({
      by: this.#task.pid, pid, nr: PROCESS_VM_WRITEV, addr, data: is.length, ret: is.length, link, line: 0, flags: 0, poked: { addr, was, is }, registers: undefined,
    })
  }
  get seccompMode(): number {
    return this.#task.seccomp.mode
  }
  seccompStrict(): number {
    return this.#changed(setStrict(this.#task.seccomp))
  }
  seccompFilter(flags: number, program: Program): number {
    const before = this.#task.seccomp
    const changed = setFilter(before, flags, program)
    if ((flags & SECCOMP_FILTER_FLAG.SECCOMP_FILTER_FLAG_TSYNC) !== 0 && changed.ok) {
      // "the thread ID of the thread that caused the synchronization failure": one with filters of its own.
      for (const thread of this.#process.threads) {
        if (thread !== this.#task && !isAncestor(thread.seccomp.chain, before.chain)) return thread.pid
      }
      for (const thread of this.#process.threads) {
        thread.seccomp = changed.seccomp
        thread.vcpu?.setMode(isWatched(thread))
      }
    }
    return this.#changed(changed)
  }
  #changed(changed: Changed): number {
    if (!changed.ok) return -changed.errno
    this.#task.seccomp = changed.seccomp
    this.#task.vcpu?.setMode(isWatched(this.#task))
    return 0
  }
}

