import type { Host } from '../ports.ts'
import type { Failure, Spin } from '../protocol.ts'
import type { Budget } from '../recipe.ts'
import type { Executor, ForeignHost } from '../syscall/executor.ts'
import type { Caller } from '../syscall/row.ts'
import type { Recorder } from '../trace/recorder.ts'
import type { Clock } from './clock.ts'
import type { Entropy } from './entropy.ts'
import type { ForcedCalls } from './forced.ts'
import type { FileSystem } from './fs.ts'
import type { Scheduler } from './sched.ts'
import type { Pid, Task } from './task.ts'
import type { Tty } from './tty.ts'

/** A machine's state: plain data that the functions of `kernel/` and `ptrace/` work on. */
export interface Kernel {
  readonly host: Host
  readonly sched: Scheduler
  readonly clock: Clock
  readonly entropy: Entropy
  readonly fs: FileSystem
  readonly tty: Tty
  readonly recorder: Recorder
  readonly budget: Budget
  /** Runs the calls: the kernel's handlers, or `foreign` in their stead. */
  readonly execute: Executor
  readonly foreign: ForeignHost | undefined
  /** A task as its calls see it. */
  readonly callerOf: (task: Task) => Caller
  /** Record the calls that nobody traces as well. */
  readonly untraced: boolean
  /** What is decided about calls over their tracers' heads; undefined in a run that is no branch. */
  readonly forced: ForcedCalls | undefined
  /** Keep logs, so that guests can be made again: somebody may fork, or step. */
  logs: boolean
  /** Everybody who has not been reaped, by pid, in order of birth. */
  readonly tasks: Map<Pid, Task>
  nextPid: Pid
  /** Where those were whose time was up (RLIMIT_CPU), by pid. No part of the trace. */
  readonly spent: Map<Pid, Spin>
  /** Line of the script that is running, from 1. */
  readonly line: () => number
  /** What the run cost (protocol.ts). */
  readonly counts: { stops: number; requests: number; calls: number; suspensions: number; bytesPeeked: number }
  /** Ends the run: nobody gets a turn any more. */
  readonly fail: (failure: Failure) => void
}

/** The task, unless it has been reaped. */
export const findTask = (kernel: Kernel, pid: Pid): Task | undefined => kernel.tasks.get(pid)
