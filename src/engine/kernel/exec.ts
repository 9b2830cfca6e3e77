import { ERRNO } from '../abi/errno.ts'
import { PTRACE_EVENT } from '../abi/ptrace.ts'
import { SIGNAL } from '../abi/signal.ts'
import { stop } from '../ptrace/report.ts'
import { Flag } from '../trace/format.ts'
import { SLICE_TICKS } from './cost.ts'
import { imageOf, place, type Program } from './image.ts'
import type { Kernel } from './kernel.ts'
import { killGroup } from './kill.ts'
import { reap } from './reap.ts'
import { killedStatus } from '../abi/wait.ts'
import { resolvePath } from './path.ts'
import { isDoomed } from './pending.ts'
import { sendSignal, wake } from './send.ts'
import { userSignal } from './siginfo.ts'
import { refuse } from './image.ts'
import { hasOption, type Task } from './task.ts'
import { encodeUtf8, lossyText } from './text.ts'

/** "#!interpreter [optional-arg]", and how often one interpreter may lead to another: execve(2), BINPRM_MAX_RECURSION */
const LINE_MAX = 255
const NESTING_MAX = 5

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** What a file is as a program: its bytes; or −errno. */
const readProgram = (kernel: Kernel, path: Uint8Array): Uint8Array | number => {
  const { fs, clock } = kernel
  // Every process is at the root: there is no chdir(2).
  const place = resolvePath(fs, fs.root, lossyText(path), 'follow')
  if (typeof place === 'number') return -place
  const { ino } = place
  if (ino === undefined) return -ERRNO.ENOENT
  if (fs.get(ino).kind !== 'file') return -ERRNO.EACCES
  const bytes = new Uint8Array(fs.sizeOf(ino))
  fs.read(ino, 0, bytes, clock.realtime())
  return bytes
}

interface Wanted {
  readonly path: Uint8Array
  readonly argv: readonly Uint8Array[]
}

/** The interpreter that a script names, with the arguments that it gets: binfmt_script.c */
const interpreterOf = ({ path, argv }: Wanted, bytes: Uint8Array): Wanted | undefined => {
  if (bytes[0] !== 0x23 || bytes[1] !== 0x21) return undefined
  const end = bytes.indexOf(0x0a)
  const line = lossyText(bytes.subarray(2, Math.min(end < 0 ? bytes.length : end, LINE_MAX))).trim()
  const space = line.search(/[ \t]/)
  const [name, argument] = space < 0 ? [line, ''] : [line.slice(0, space), line.slice(space).trim()]
  if (name === '') return undefined
  const interpreter = encodeUtf8(name)
  return { path: interpreter, argv: [interpreter, ...(argument === '' ? [] : [encodeUtf8(argument)]), path, ...argv.slice(1)] }
}

const MAGIC = [0x00, 0x61, 0x73, 0x6d]

/** Finds and loads what is to be executed; −errno as execve(2) has them. */
const prepare = (kernel: Kernel, task: Task, first: Wanted, environ: readonly Uint8Array[]): Program | number => {
  let wanted = first
  for (let depth = 0; depth <= NESTING_MAX; depth++) {
    if (wanted.path.length === 0) return -ERRNO.ENOENT
    const bytes = readProgram(kernel, wanted.path)
    if (typeof bytes === 'number') return bytes
    if (MAGIC.every((byte, i) => bytes[i] === byte)) {
      const loaded = kernel.host.load(bytes)
      if ('sentence' in loaded) {
        kernel.recorder.print(0, 0, `${task.name} (${task.pid}) cannot execute ${lossyText(wanted.path)}: ${loaded.sentence}`)
        return -ERRNO.ENOEXEC
      }
      return { name: baseName(lossyText(wanted.path)), hash: loaded.hash, argv: wanted.argv, environ }
    }
    const next = interpreterOf(wanted, bytes)
    if (next === undefined) return -ERRNO.ENOEXEC
    wanted = next
  }
  return -ERRNO.ELOOP
}

/**
 * execve(2): the process goes on as another program. Its other threads end; who calls becomes the leader. Beyond that
 * point nothing can fail, but for the platform's memory, which kills it. begin_new_exec()
 */
export const exec = async (kernel: Kernel, task: Task, path: Uint8Array, argv: readonly Uint8Array[], environ: readonly Uint8Array[]): Promise<number> => {
  if (kernel.foreign !== undefined) return -ERRNO.ENOSYS
  // "On Linux … an empty argv": since 5.18 the kernel makes it one empty string.
  const program = prepare(kernel, task, { path, argv: argv.length === 0 ? [new Uint8Array(0)] : argv }, environ)
  if (typeof program === 'number') return program
  const found = imageOf(kernel, program)
  if (found === undefined) return -ERRNO.ENOEXEC
  const { process } = task
  const formerTid = task.pid
  await dethread(kernel, task)
  if (isDoomed(task)) return -ERRNO.EINTR
  process.vforkDone?.()
  process.vforkDone = undefined
  process.files.exec()
  process.dispositions.exec()
  process.hasExeced = true
  process.image = found.image
  task.name = found.image.name
  task.frames.length = 0
  task.altStack = undefined
  task.restart = undefined
  task.clearTid = 0
  task.callIndex = -1
  task.fuel = SLICE_TICKS
  task.ticks = 0
  task.goOn = undefined
  if (!place(kernel, task)) {
    kernel.recorder.print(0, 0, `The platform has no memory for ${found.image.name}.`)
    killGroup(kernel, task, killedStatus(SIGNAL.SIGKILL, false))
    return 0
  }
  task.regs.ret = 0
  if (found.missing !== undefined) refuse(kernel, task, found.missing)
  kernel.recorder.birth(task, Flag.exec)
  if (hasOption(task, 'PTRACE_O_TRACEEXEC')) await stop(kernel, task, { kind: 'event', event: PTRACE_EVENT.PTRACE_EVENT_EXEC, message: formerTid })
  // "… a SIGTRAP signal, giving the parent a chance to gain control before the new program begins": not of a seized one.
  else if (task.tracing !== undefined && !task.tracing.seized) sendSignal(kernel, task, userSignal(SIGNAL.SIGTRAP, task.pid), true)
  return 0
}

/** de_thread(): the others are told to go, and waited for; then the caller is the leader, by the leader's pid. */
const dethread = async (kernel: Kernel, task: Task): Promise<void> => {
  const { process } = task
  if (process.threads.size > 1) {
    process.execing = task
    for (const thread of process.threads) if (thread !== task) wake(kernel, thread, true)
    const others = (): boolean => [...process.threads].some((thread) => thread !== task && (thread !== process.leader || thread.state !== 'zombie'))
    const sleeper = { wake: () => kernel.sched.ready(task) }
    process.childChanged.add(sleeper)
    while (others() && process.groupExit === undefined) {
      task.interrupt = sleeper.wake
      await kernel.sched.park(task)
    }
    task.interrupt = undefined
    process.childChanged.remove(sleeper)
    process.execing = undefined
  }
  const { leader } = process
  if (leader === task || process.groupExit !== undefined) return
  // "All other threads … the thread ID of the executing thread is changed to the process ID". ptrace(2), "execve(2) under ptrace"
  const { pid } = leader
  process.leader = task
  reap(kernel, leader)
  kernel.tasks.delete(task.pid)
  task.pid = pid
  kernel.tasks.set(pid, task)
}

