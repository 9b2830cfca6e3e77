/** Traces and surfaces for the timeline's tests. Nothing outside tests imports this file. */
import { PTRACE } from '../../engine/abi/ptrace.ts'
import { SIGNAL } from '../../engine/abi/signal.ts'
import { exitedStatus, killedStatus } from '../../engine/abi/wait.ts'
import { ArchCode, EventKind, Flag } from '../../engine/trace/format.ts'
import { TraceBuilder, WASI } from '../../engine/trace/testing.ts'
import type { Surface } from './surface.ts'
import type { Palette } from './theme-colors.ts'
import type { Trace } from '../../engine/trace/trace.ts'

const SYSCALL = PTRACE.PTRACE_SYSCALL
const LINUX = { fork: 57, execve: 59 } as const

/** Every glyph once: where each is tells `FAMILY`. */
export const FAMILY = {
  fork: 5,
  forked: 7,
  child: 8,
  write: 11,
  skip: 15,
  poll: 22,
  error: 25,
  signal: 28,
  skipExit: 30,
  lone: 32,
  group: 34,
  pollExit: 36,
  untraced: 38,
  exec: 39,
  killed: 44,
  pending: 46,
} as const

/** A logger that forks a child, which waits while the logger writes; then the child is killed. */
export const familyTrace = (): Trace => {
  const b = new TraceBuilder()
  b.birth(1, 0, 'tracer.ts')
  b.birth(2, 1, 'logd')
  b.event(2, 128, 0, { flags: Flag.seized })
  b.request(2, SYSCALL)
  const fork = b.entry(2, LINUX.fork, [], { arch: ArchCode.linux })
  b.request(2, SYSCALL)
  b.event(2, 1, 3, { link: fork })
  b.birth(3, 2, 'rotate-the-logs')
  b.request(2, SYSCALL)
  b.exit(fork, 3)
  const write = b.entry(2, WASI.fd_write, [1, 0x10f08, 1, 0x10f04])
  b.request(2, SYSCALL)
  b.exit(write, 0)
  b.request(2, SYSCALL)
  const skip = b.entry(2, WASI.clock_time_get, [0, 1, 0x10f10])
  b.request(2, PTRACE.PTRACE_POKECHARDATA, { poked: { addr: 0x10f10, was: [0, 0], is: [1, 2] } })
  b.request(2, PTRACE.PTRACE_POKEUSER, { addr: 80 })
  b.request(2, SYSCALL, { addr: 4 })
  b.outcome(skip, 0, { flags: Flag.skipped })
  b.event(3, 128, 0, { flags: Flag.seized })
  b.request(3, PTRACE.PTRACE_GET_SYSCALL_INFO)
  b.request(3, SYSCALL)
  const poll = b.entry(3, WASI.poll_oneoff, [0, 0, 1, 0])
  b.request(3, SYSCALL)
  b.request(2, PTRACE.PTRACE_PEEKUSER, { ret: -3 })
  const open = b.entry(2, WASI.path_open, [3, 1, 0x400, 9, 0, 0, 0, 0, 0x10f04])
  b.request(2, SYSCALL)
  b.exit(open, 44)
  b.signal(2, SIGNAL.SIGUSR1, { pid: 3 })
  b.request(2, SYSCALL, { data: SIGNAL.SIGUSR1 })
  const close = b.entry(2, WASI.fd_close, [4])
  b.request(2, SYSCALL, { addr: 2 })
  b.outcome(close, 0)
  const lone = b.row({ kind: EventKind.exit, pid: 2, by: 1, arch: ArchCode.preview1, nr: WASI.random_get, ret: 0 })
  b.request(2, SYSCALL, { link: lone })
  b.group(2, SIGNAL.SIGSTOP)
  b.request(2, PTRACE.PTRACE_LISTEN)
  b.exit(poll, 0, { flags: Flag.waited })
  b.request(3, SYSCALL, { addr: 6 })
  b.call(2, WASI.fd_fdstat_get, [1, 0x10fd8], 0)
  const exec = b.entry(3, LINUX.execve, [], { arch: ArchCode.linux })
  b.request(3, SYSCALL)
  b.event(3, 7, 0, { link: exec })
  b.request(3, SYSCALL)
  b.event(3, 4, 3, { link: exec })
  b.death(3, killedStatus(SIGNAL.SIGSEGV, false))
  b.print(1, 'rotate is gone', 30)
  b.entry(2, WASI.random_get, [0x400, 8])
  return b.build()
}

/** One writer with nothing else, n calls long. */
export const writerTrace = (calls: number): Trace => {
  const b = new TraceBuilder()
  b.birth(1, 0, 'tracer.ts')
  b.birth(2, 1, 'writer')
  for (let i = 0; i < calls; i++) {
    const entry = b.entry(2, WASI.fd_write, [1, 0, 0, 0])
    b.request(2, SYSCALL)
    b.exit(entry, 0)
    b.request(2, SYSCALL)
  }
  b.death(2, exitedStatus(0))
  return b.build()
}

/** Colours that name themselves, so that a draw log can be read. */
export const testPalette: Palette = {
  ground: 'ground',
  raised: 'raised',
  line: 'line',
  lineStrong: 'line-strong',
  ink1: 'ink-1',
  ink2: 'ink-2',
  ink3: 'ink-3',
  accent: 'accent',
  accentWash: 'accent-wash',
  onAccent: 'on-accent',
  danger: 'danger',
  dangerInk: 'danger-ink',
  warn: 'warn',
  classes: ['file', 'desc', 'process', 'time', 'random', 'socket', 'none'],
  tints: ['file-tint', 'desc-tint', 'process-tint', 'time-tint', 'random-tint', 'socket-tint', 'none-tint'],
  hatchGrounds: [
    'file-hatch',
    'desc-hatch',
    'process-hatch',
    'time-hatch',
    'random-hatch',
    'socket-hatch',
    'none-hatch',
  ],
  mono: 'mono',
  monoStrong: 'mono-strong',
  ui: 'ui',
  charWidth: 6.6,
}

/** What was drawn: the operation, its colour where it has one, its numbers. */
export interface Drawn {
  readonly op: string
  readonly color: string
  readonly alpha: number
  readonly args: readonly (number | string)[]
}

/** A surface that writes down what is drawn on it. A filled or stroked path is one entry with all its points. */
export const drawLog = (): { readonly surface: Surface; readonly log: readonly Drawn[] } => {
  const log: Drawn[] = []
  let path: number[] = []
  const point = (...at: readonly number[]): void => void path.push(...at)
  const surface = {
    fillStyle: '',
    strokeStyle: '',
    lineWidth: 1,
    lineJoin: 'miter',
    globalAlpha: 1,
    font: '',
    textAlign: 'left',
    textBaseline: 'alphabetic',
    beginPath: () => void (path = []),
    moveTo: point,
    lineTo: point,
    arc: point,
    rect: point,
    closePath: () => undefined,
    fill: () => put('fill', surface.fillStyle, path),
    stroke: () => put('stroke', surface.strokeStyle, path),
    fillRect: (...args: number[]) => put('fillRect', surface.fillStyle, args),
    strokeRect: (...args: number[]) => put('strokeRect', surface.strokeStyle, args),
    clearRect: (...args: number[]) => put('clearRect', '', args),
    fillText: (...args: (number | string)[]) => put('fillText', surface.fillStyle, args),
    setLineDash: () => undefined,
    save: () => undefined,
    restore: () => undefined,
    clip: () => undefined,
  }
  const put = (op: string, color: string, args: readonly (number | string)[]): void =>
    void log.push({ op, color, alpha: surface.globalAlpha, args: [...args] })
  return { surface: surface as unknown as Surface, log }
}
