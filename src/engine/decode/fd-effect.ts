import { F, FD_CLOEXEC, IOCTL, LINUX_NR, O } from '../abi/linux.ts'
import { ArchCode, type Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { peekOf } from './call.ts'
import { pathArgs } from './paths.ts'
import { u32At } from './peek.ts'
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

/**
 * What a descriptor becomes: something new, what another descriptor was at that moment, or the same as before but for
 * its close-on-exec flag.
 */
export type Becomes =
  | Origin
  | { readonly kind: 'same'; readonly fd: number; readonly call: Seq }
  | { readonly kind: 'flag' }

/** A call that has ended well, and what its effect may look at and do. */
export interface Ended {
  readonly trace: Trace
  readonly call: Seq
  readonly ret: number
  /** When its effect shows. */
  readonly from: Seq
  readonly virtual: boolean
  readonly args: readonly number[]
  set(fd: number, is: Becomes, closeOnExec?: boolean): void
  pathOf(fd: number): string | undefined
}

export type Effect = (ended: Ended) => void

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
  fd_renumber({ args, set, virtual, call, from }) {
    if (virtual) return
    set(args[1] as number, { kind: 'same', fd: args[0] as number, call })
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

/** @param closeOnExec of the new descriptor: dup(2), "The two file descriptors do not share file descriptor flags" */
const duplicate = ({ ret, args, set, virtual, call }: Ended, closeOnExec: boolean): void => {
  if (!virtual && ret !== args[0]) set(ret, { kind: 'same', fd: args[0] as number, call }, closeOnExec)
}
const duplicates: Effect = (ended) => duplicate(ended, false)

const pipes = ({ trace, call, args, set }: Ended, flags: number): void => {
  const bytes = peekOf(trace, call, 'after')(args[0] as number, 8)
  if (bytes === undefined) return
  const closeOnExec = (flags & O.O_CLOEXEC) !== 0
  set(u32At(bytes, 0), { kind: 'pipe', end: 'read', opened: call }, closeOnExec)
  set(u32At(bytes, 4), { kind: 'pipe', end: 'write', opened: call }, closeOnExec)
}

const LINUX: Readonly<Record<number, Effect>> = {
  [LINUX_NR.dup]: duplicates,
  [LINUX_NR.dup2]: duplicates,
  [LINUX_NR.dup3]: (ended) => duplicate(ended, ((ended.args[2] as number) & O.O_CLOEXEC) !== 0),
  [LINUX_NR.fcntl](ended) {
    const { args, set, virtual } = ended
    if (args[1] === F.F_DUPFD || args[1] === F.F_DUPFD_CLOEXEC) duplicate(ended, args[1] === F.F_DUPFD_CLOEXEC)
    else if (args[1] === F.F_SETFD && !virtual)
      set(args[0] as number, { kind: 'flag' }, ((args[2] as number) & FD_CLOEXEC) !== 0)
  },
  [LINUX_NR.ioctl]({ args, set, virtual }) {
    if (!virtual && (args[1] === IOCTL.FIOCLEX || args[1] === IOCTL.FIONCLEX))
      set(args[0] as number, { kind: 'flag' }, args[1] === IOCTL.FIOCLEX)
  },
  [LINUX_NR.close]: closes,
  [LINUX_NR.pipe]: (ended) => pipes(ended, 0),
  [LINUX_NR.pipe2]: (ended) => pipes(ended, ended.args[1] as number),
}

/** What a call that ended with `ret` does to descriptors; undefined for nothing. */
export const effectOf = (arch: number, nr: number, ret: number): Effect | undefined =>
  arch === ArchCode.preview1 ? (ret === 0 ? PREVIEW1[nr] : undefined) : arch === ArchCode.linux && ret >= 0 ? LINUX[nr] : undefined
