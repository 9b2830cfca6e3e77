import { ArchCode, EventKind, Flag, type Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { peekOf } from './call.ts'
import { derivedFrom, type Derived } from './derived.ts'
import { u32At } from './peek.ts'
import { pathArgs } from './paths.ts'
import { callName, rowFor } from './table.ts'

/** Where a descriptor comes from. */
export type Origin =
  | { readonly kind: 'stream'; readonly name: 'stdin' | 'stdout' | 'stderr' }
  | { readonly kind: 'preopen'; readonly path: string }
  /** `virtual`: the call that would have opened it was not run; the tracer answers for it. */
  | { readonly kind: 'file'; readonly path: string; readonly opened: Seq; readonly virtual: boolean }
  | { readonly kind: 'pipe'; readonly end: 'read' | 'write'; readonly opened: Seq }
  | { readonly kind: 'socket'; readonly opened: Seq }
  | { readonly kind: 'closed'; readonly closed: Seq }

/** From `from` on, `fd` of a task is this, or what another descriptor was at that moment. */
interface Change {
  readonly from: Seq
  readonly is: Origin | { readonly kind: 'same'; readonly fd: number }
}

const STANDARD: readonly Origin[] = [
  { kind: 'stream', name: 'stdin' },
  { kind: 'stream', name: 'stdout' },
  { kind: 'stream', name: 'stderr' },
  { kind: 'preopen', path: '/' },
]

/** A chain of dup and fork longer than this is a made-up trace. */
const DEEPEST = 64

/** What each task's descriptors are at each moment, read off the calls that make and close them. */
class Provenance implements Derived {
  #trace: Trace
  #done = { events: 0, outcomes: 0 }
  /** By pid × 2^32 + fd, in order of `from`. */
  #changes = new Map<number, Change[]>()

  constructor(trace: Trace) {
    this.#trace = trace
  }

  update(): void {
    const { events, outcomes } = this.#trace
    const c = events.columns
    for (let i = this.#done.events; i < events.length; i++) {
      if (c.kind[i] === EventKind.exit && (c.link[i] as number) > 0)
        this.#take(c.link[i] as number, c.ret[i] as number, i + 1, c.flags[i] as number)
      else if (c.kind[i] === EventKind.call) this.#take(i + 1, c.ret[i] as number, i + 1, c.flags[i] as number)
    }
    this.#done.events = events.length
    const o = outcomes.columns
    for (let i = this.#done.outcomes; i < outcomes.length; i++) {
      // A call without exit stop is done when its task makes its next event, wherever that is.
      this.#take(o.link[i] as number, o.ret[i] as number, (o.link[i] as number) + 1, o.flags[i] as number)
    }
    this.#done.outcomes = outcomes.length
  }

  #set(pid: number, fd: number, change: Change): void {
    const key = pid * 0x1_0000_0000 + fd
    const changes = this.#changes.get(key) ?? []
    if (changes.length === 0) this.#changes.set(key, changes)
    // Outcomes may arrive after later events: keep the order.
    let at = changes.length
    while (at > 0 && (changes[at - 1] as Change).from > change.from) at--
    changes.splice(at, 0, change)
  }

  /** The effect of a call that has ended. */
  #take(call: Seq, ret: number, from: Seq, flags: number): void {
    const c = this.#trace.events.columns
    const i = call - 1
    const arch = c.arch[i] ?? 0
    const nr = c.nr[i] ?? -1
    const effect =
      arch === ArchCode.preview1 ? (ret === 0 ? PREVIEW1[nr] : undefined) : ret >= 0 ? LINUX[nr] : undefined
    if (effect === undefined) return
    const pid = c.pid[i] as number
    const virtual = (flags & Flag.skipped) !== 0
    effect({
      trace: this.#trace,
      call,
      ret,
      from,
      virtual,
      args: this.#trace.registers(call).args.map((raw) => Number(BigInt.asUintN(32, raw))),
      set: (fd, is) => this.#set(pid, fd, { from, is }),
      pathOf: (fd) => {
        const origin = this.at(pid, fd, call)
        return origin?.kind === 'file' || origin?.kind === 'preopen' ? origin.path : undefined
      },
    })
  }

  /** What a task's descriptor is at an event; undefined if the trace does not tell. */
  at(pid: number, fd: number, seq: Seq, depth = 0): Origin | undefined {
    if (depth > DEEPEST) return undefined
    const birth = this.#trace.birthOf(pid, seq)
    const born = birth?.seq ?? 0
    const change = this.#changes.get(pid * 0x1_0000_0000 + fd)?.findLast(({ from }) => from <= seq && from >= born)
    if (change !== undefined)
      return change.is.kind === 'same' ? this.at(pid, change.is.fd, change.from - 1, depth + 1) : change.is
    // fork(2): the child's descriptors are copies of its parent's.
    if (birth !== undefined && birth.parent !== pid && birth.parent !== 0 && born > 1)
      return this.at(birth.parent, fd, born - 1, depth + 1)
    return STANDARD[fd]
  }
}
export type { Provenance }

/** What an effect may look at and do. */
interface Ended {
  readonly trace: Trace
  readonly call: Seq
  readonly ret: number
  readonly from: Seq
  readonly virtual: boolean
  readonly args: readonly number[]
  set(fd: number, is: Change['is']): void
  pathOf(fd: number): string | undefined
}

const outFd = ({ trace, call, args }: Ended, index: number): number | undefined => {
  const bytes = peekOf(trace, call, 'after')(args[index] ?? 0, 4)
  return bytes && u32At(bytes, 0)
}

/** A path seen from a directory, without the detours that are only spelling. */
export const joinPath = (directory: string, path: string): string => {
  const parts: string[] = []
  for (const part of `${path.startsWith('/') ? '' : directory}/${path}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

type Effect = (ended: Ended) => void

const closes: Effect = ({ args, set, virtual, from }) => {
  if (!virtual) set(args[0] as number, { kind: 'closed', closed: from })
}

const EFFECTS: Readonly<Record<string, Effect>> = {
  path_open(ended) {
    const { trace, call, args, set, pathOf, virtual } = ended
    const fd = outFd(ended, 8)
    const [path] = pathArgs(
      rowFor(ArchCode.preview1, trace.events.columns.nr[call - 1] as number),
      trace.registers(call).args,
      peekOf(trace, call, 'before'),
    )
    if (fd !== undefined)
      set(fd, { kind: 'file', path: joinPath(pathOf(args[0] as number) ?? '', path ?? '?'), opened: call, virtual })
  },
  fd_close: closes,
  fd_renumber({ args, set, virtual, from }) {
    if (virtual) return
    set(args[1] as number, { kind: 'same', fd: args[0] as number })
    set(args[0] as number, { kind: 'closed', closed: from })
  },
  sock_accept(ended) {
    const fd = outFd(ended, 2)
    if (fd !== undefined) ended.set(fd, { kind: 'socket', opened: ended.call })
  },
}

const PREVIEW1: readonly (Effect | undefined)[] = Array.from(
  { length: 46 },
  (_, nr) => EFFECTS[callName(ArchCode.preview1, nr)],
)

const duplicates: Effect = ({ ret, args, set, virtual }) => {
  if (!virtual && ret !== args[0]) set(ret, { kind: 'same', fd: args[0] as number })
}
const F_DUPFD = 0
const F_DUPFD_CLOEXEC = 1030
const pipes: Effect = ({ trace, call, args, set }) => {
  const bytes = peekOf(trace, call, 'after')(args[0] as number, 8)
  if (bytes === undefined) return
  set(u32At(bytes, 0), { kind: 'pipe', end: 'read', opened: call })
  set(u32At(bytes, 4), { kind: 'pipe', end: 'write', opened: call })
}

/** By asm-generic's numbers and those of abi.md. */
const LINUX: Readonly<Record<number, Effect>> = {
  23: duplicates, // dup
  24: duplicates, // dup3
  1041: duplicates, // dup2
  25: (ended) => {
    // fcntl
    if (ended.args[1] === F_DUPFD || ended.args[1] === F_DUPFD_CLOEXEC) duplicates(ended)
  },
  57: closes, // close
  59: pipes, // pipe2
  1040: pipes, // pipe
}

/** The descriptors of a trace's tasks, up to date. */
export const provenanceOf = derivedFrom((trace) => new Provenance(trace))

/** A descriptor in a few words: `stdout`, `/var/log/app.log, opened at 17`. */
export const originText = (origin: Origin): string => {
  switch (origin.kind) {
    case 'stream':
      return origin.name
    case 'preopen':
      return `${origin.path}, preopened`
    case 'file':
      return `${origin.path}, ${origin.virtual ? 'which the tracer made up' : 'opened'} at ${origin.opened}`
    case 'pipe':
      return `the ${origin.end} end of a pipe, made at ${origin.opened}`
    case 'socket':
      return `a socket, accepted at ${origin.opened}`
    case 'closed':
      return `closed at ${origin.closed}`
  }
}

/** For decodeCall and tracedCall: names descriptors as a trace knows them. */
export const fdNamer = (trace: Trace): ((pid: number, fd: number, at: Seq) => string | undefined) => {
  const provenance = provenanceOf(trace)
  return (pid, fd, at) => {
    const origin = provenance.at(pid, fd, at)
    return origin && originText(origin)
  }
}
