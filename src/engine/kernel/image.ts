import { SIGNAL } from '../abi/signal.ts'
import { killedStatus } from '../abi/wait.ts'
import type { GuestBuild, ThreadStart } from '../ports.ts'
import type { Handled } from '../syscall/handled.ts'
import { callOfImport } from '../syscall/import.ts'
import { preview1Handled } from '../syscall/preview1-handlers.ts'
import { unstableHandled } from '../syscall/unstable.ts'
import { guestPort } from './call.ts'
import type { Kernel } from './kernel.ts'
import { CrossingLog } from './log.ts'
import { Replay, type Standing } from './replay.ts'
import type { Image, Task } from './task.ts'
import { isWatched } from './watched.ts'

/** About a quarter of a second of computing. */
const LONG_TICKS = 2 ** 27

/** What a process is told to run. */
export interface Program {
  readonly name: string
  readonly hash: string
  readonly argv: readonly Uint8Array[]
  readonly environ: readonly Uint8Array[]
}

/** An import that no table has. */
export interface Missing {
  readonly module: string
  readonly name: string
}

/** The image of a program that the host has; `missing` is the first import that this machine knows nothing of. */
export const imageOf = (kernel: Kernel, { name, hash, argv, environ }: Program): { readonly image: Image; readonly missing: Missing | undefined } | undefined => {
  const imports = kernel.host.imports(hash)
  if (imports === undefined) return undefined
  const rows = imports.map(callOfImport)
  // Another host has preview1's calls alone.
  const missing = imports.find(({ module }, i) => rows[i] === undefined || (module === 'linux' && kernel.foreign !== undefined))
  const table = imports.some(({ module }) => module === 'wasi_unstable') ? unstableHandled : preview1Handled
  // Who has that table may fork, and trace others step by step.
  if (imports.some(({ module }) => module === 'linux')) kernel.logs = true
  return {
    image: { name, hash, argv, environ, rows: missing === undefined ? (rows as Handled[]) : [], table, log: kernel.logs ? new CrossingLog() : undefined, threaded: false },
    missing,
  }
}

/** Gives a task a processor for its image, not started; false if the platform has no memory for it. */
export const place = (kernel: Kernel, task: Task, build: GuestBuild = 'count', thread?: ThreadStart): boolean => {
  const { memory, process } = task
  task.caller = kernel.callerOf(task)
  const vcpu = kernel.host.instantiate(process.image.hash, guestPort(kernel, task, task.caller), build, thread)
  if (vcpu === undefined) return false
  task.vcpu?.kill()
  task.vcpu?.free()
  task.vcpu = vcpu
  task.standing = 'start'
  vcpu.setMode(isWatched(task))
  task.running = undefined
  if (thread === undefined) memory.attach(vcpu.memory)
  vcpu.setFuel(task.fuel)
  memory.watchWrites(kernel.untraced || task.tracing !== undefined)
  memory.logWrites(process.image.log !== undefined)
  return true
}

/**
 * Makes a guest again, up to where the kernel has it now, on this build: `task` stands there on a processor of its own.
 * It goes on by `goOn`. What the old processor, if any, still does nobody sees. A log that counts steps is read on their
 * build, whatever is asked for.
 *
 * @param was the memory as it is there: what kernel and tracers wrote since the last crossing is in no log yet
 * @returns whether it stands where it should; if not, nothing has changed
 */
export const rebuild = (kernel: Kernel, task: Task, standing: Standing, build: GuestBuild, was = task.memory): boolean => {
  const { regs, memory, process } = task
  const { log, hash } = process.image
  if (log === undefined || log.lost || process.image.threaded) return false
  const on = log.build ?? build
  if (build !== 'count' && on !== build) return false
  const caller = task.caller ?? kernel.callerOf(task)
  // The processor will go on with the task's registers, which stay as they are: what is called again fills them meanwhile.
  const held = regs.halves.slice()
  const replay = new Replay(regs.halves, log.reader(), memory, () => vcpu, standing)
  const made = kernel.host.instantiate(hash, replay, on)
  if (made === undefined) return false
  const vcpu = made
  const old = task.vcpu
  const written = was.copyLogged()
  memory.attach(vcpu.memory)
  memory.logWrites(false)
  memory.watchWrites(false)
  replay.begin()
  // As long as it computes, nobody hears anything of this machine.
  const long = task.ticks >= LONG_TICKS
  if (long) kernel.host.rebuilding?.(task.name, true)
  const running = vcpu.run()
  if (long) kernel.host.rebuilding?.(task.name, false)
  regs.halves.set(held)
  const { stands } = replay
  if (!stands) {
    vcpu.kill()
    replay.goOn(0)
    if (old !== undefined) memory.attach(old.memory)
  }
  memory.logWrites(true)
  if (stands || old !== undefined) for (const { addr, bytes } of written) memory.write(addr, bytes)
  memory.watchWrites(kernel.untraced || task.tracing !== undefined)
  if (!stands) return false
  task.caller = caller
  task.vcpu = vcpu
  task.running = running
  vcpu.connect(guestPort(kernel, task, caller))
  vcpu.setFuel(task.fuel)
  vcpu.setTodo(false)
  vcpu.setMode(isWatched(task))
  task.goOn = (result) => replay.goOn(result)
  if (old !== undefined) {
    old.kill()
    old.free()
  }
  return true
}

/** "An import that isn't in the table makes the guest end with a sentence, before it starts" (abi.md). */
export const refuse = (kernel: Kernel, task: Task, { module, name }: Missing): void => {
  const why = kernel.foreign !== undefined && module === 'linux' ? 'which the host wasmer does not have: it runs on the kernel’s own' : 'which is no call of this machine: it cannot run'
  kernel.recorder.print(0, 0, `${task.name} imports ${module}.${name}, ${why}.`)
  task.process.groupExit = killedStatus(SIGNAL.SIGSYS, true)
}
