import { ERRNO } from '../abi/errno.ts'
import { SIGNAL, type Signo } from '../abi/signal.ts'
import type { Terminal } from '../syscall/terminal.ts'
import { ERESTARTSYS } from './deliver.ts'
import type { Kernel } from './kernel.ts'
import { isBlocked } from './pending.ts'
import { sendSignal } from './send.ts'
import { isOrphanedGroup, membersOf, processes } from './session.ts'
import { kernelSignal } from './siginfo.ts'
import type { Pid, Process, Task } from './task.ts'

/** Job control on the terminal: drivers/tty/tty_jobctrl.c, kernel/exit.c. */

/** The kernel's init, or the script: no job of a terminal. */
const FIRST: Pid = 1

const signalGroup = (kernel: Kernel, pgid: Pid, signo: Signo): void => {
  for (const { leader } of membersOf(kernel, pgid)) sendSignal(kernel, leader, kernelSignal(signo))
}

/**
 * ^C, ^\ or ^Z was typed: to the foreground group. Unlike Linux, everybody is in it until a guest says otherwise
 * (TIOCSPGRP): a script, which leads the session, has no call for it.
 */
export const signalForeground = (kernel: Kernel, signo: Signo): void => {
  const { foreground } = kernel.tty
  if (foreground !== undefined) return signalGroup(kernel, foreground, signo)
  for (const { pid, leader } of processes(kernel)) if (pid !== FIRST) sendSignal(kernel, leader, kernelSignal(signo))
}

/** The terminal's session begins: the first program leads it, as if getty(8) had started it. */
export const leadSession = (kernel: Kernel, process: Process): void => {
  process.sid = process.pid
  kernel.tty.session = process.pid
  kernel.tty.foreground = process.pid
}

/**
 * A process is gone. With the session's leader goes the terminal: "a SIGHUP signal is sent to each process in the
 * foreground process group". Of a group that is orphaned by it, and of which somebody is stopped, everybody gets SIGHUP
 * and SIGCONT: setpgid(2), disassociate_ctty(), kill_orphaned_pgrp().
 *
 * @param children those that it leaves behind; they have no parent any more
 */
export const leaveJobs = (kernel: Kernel, process: Process, children: readonly Process[]): void => {
  const { tty } = kernel
  if (process.pid === FIRST) return
  if (tty.session === process.pid) {
    const { foreground } = tty
    tty.session = 0
    tty.foreground = undefined
    if (foreground !== undefined) signalGroup(kernel, foreground, SIGNAL.SIGHUP)
  }
  const left = new Set<Pid>()
  for (const child of children) if (child.pgid !== process.pgid && child.sid === process.sid) left.add(child.pgid)
  const { parent } = process
  if (parent !== undefined && parent.pgid !== process.pgid && parent.sid === process.sid) left.add(process.pgid)
  for (const pgid of left) hangUpIfStopped(kernel, pgid)
}

const hangUpIfStopped = (kernel: Kernel, pgid: Pid): void => {
  const members = membersOf(kernel, pgid).filter(({ leader }) => leader.state === 'alive' || leader.state === 'dying')
  const isHeld = members.some(({ parent, sid }) => parent !== undefined && parent.pgid !== pgid && parent.sid === sid)
  if (isHeld || !members.some(({ groupStop }) => groupStop.stopped)) return
  signalGroup(kernel, pgid, SIGNAL.SIGHUP)
  signalGroup(kernel, pgid, SIGNAL.SIGCONT)
}

/** The terminal as a task's calls see it. */
export class TaskTerminal implements Terminal {
  readonly #kernel: Kernel
  readonly #task: Task

  constructor(kernel: Kernel, task: Task) {
    this.#kernel = kernel
    this.#task = task
  }

  mayRead(): number {
    return this.#isForeground ? 0 : this.#refuse(SIGNAL.SIGTTIN)
  }

  foregroundGroup(): number {
    const { tty } = this.#kernel
    if (!this.#isControlling) return -ERRNO.ENOTTY
    return tty.foreground ?? this.#process.pgid
  }

  setForegroundGroup(pgid: number): number {
    const { tty } = this.#kernel
    const refused = this.#isForeground ? 0 : this.#refuse(SIGNAL.SIGTTOU)
    if (refused !== 0) return refused
    if (!this.#isControlling) return -ERRNO.ENOTTY
    if (pgid < 0) return -ERRNO.EINVAL
    const [member] = membersOf(this.#kernel, pgid)
    if (member === undefined) return -ERRNO.ESRCH
    if (member.sid !== this.#process.sid) return -ERRNO.EPERM
    tty.foreground = pgid
    tty.hasShell = true
    return 0
  }

  get #process(): Process {
    return this.#task.process
  }
  get #isControlling(): boolean {
    return this.#process.sid === this.#kernel.tty.session
  }
  /** For a process of another session it is a device like any other. */
  get #isForeground(): boolean {
    const { foreground } = this.#kernel.tty
    return !this.#isControlling || foreground === undefined || foreground === this.#process.pgid
  }

  /** __tty_check_change() */
  #refuse(signo: Signo): number {
    const { pgid, dispositions } = this.#process
    if (isBlocked(this.#task, signo) || dispositions.ignores(signo)) return signo === SIGNAL.SIGTTIN ? -ERRNO.EIO : 0
    if (isOrphanedGroup(this.#kernel, this.#process)) return -ERRNO.EIO
    signalGroup(this.#kernel, pgid, signo)
    this.#task.work = true
    return -ERESTARTSYS
  }
}
