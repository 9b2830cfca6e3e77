import { callOf, peekOf, tracedCall } from '../../engine/decode/call.ts'
import { openFileOf, originText, provenanceOf } from '../../engine/decode/provenance.ts'
import type { Frame, Writer } from '../../engine/protocol.ts'
import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'

/** Where some bytes of a guest were before, from the terminal backwards. */
export type OriginStep =
  /** They went through a call: `what` says from or to where. `guess`: the same bytes came with it, and the guest's own code handed them on. */
  | { readonly kind: 'call'; readonly call: Seq; readonly name: string; readonly what: string; readonly guess?: true }
  /** A tracer poked them. */
  | { readonly kind: 'tracer'; readonly seq: Seq }
  /** The guest's own code stored them, after the one event and before the other. */
  | { readonly kind: 'guest'; readonly after: Seq; readonly before: Seq; readonly frames: readonly Frame[] }
  /** They are as the program began. */
  | { readonly kind: 'program' }
  /** It goes no further. */
  | { readonly kind: 'unknown'; readonly sentence: string }

/** Some bytes in the memory of an event's task. */
interface Stretch {
  readonly call: Seq
  readonly addr: number
  readonly length: number
}

/** Bytes that went through a call, counted from the first that it moved. */
export interface Moved {
  readonly call: Seq
  readonly from: number
  readonly length: number
}

type AskWriter = (seq: Seq, addr: number, length: number) => Promise<Writer | undefined>

/** A chain of pipes longer than this is told no further. */
const MOST_HOPS = 8
/** How far back the other end of a pipe, or a read of the same bytes, is looked for. */
const NEAR = 5000
/** Fewer bytes than this are the same by chance. */
const TELLING = 4

const BUFFER = /(^|\])\.?buf$/

/** The stretches of memory that a call moves bytes from or to, in their order. */
const buffersOf = (trace: Trace, call: Seq, phase: 'before' | 'after'): readonly Omit<Stretch, 'call'>[] =>
  (tracedCall(trace, call, phase)?.args ?? []).flatMap(({ regions }) => regions.filter(({ label }) => BUFFER.test(label)))

/** Where the first of these bytes are in memory, as far as they lie behind one another there. */
const stretchOf = (trace: Trace, { call, from, length }: Moved, phase: 'before' | 'after'): Stretch | undefined => {
  let before = 0
  for (const buffer of buffersOf(trace, call, phase)) {
    if (from < before + buffer.length) return { call, addr: buffer.addr + from - before, length: Math.max(1, Math.min(length, before + buffer.length - from)) }
    before += buffer.length
  }
  return undefined
}

const bytesOf = (trace: Trace, { call, addr, length }: Stretch, phase: 'before' | 'after'): Uint8Array | undefined => peekOf(trace, call, phase)(addr, length)

/** Where bytes stand in others; −1: nowhere. */
const indexIn = (all: Uint8Array, wanted: Uint8Array): number => {
  for (let at = 0; at + wanted.length <= all.length; at++) if (wanted.every((byte, i) => all[at + i] === byte)) return at
  return -1
}

const READS: ReadonlySet<string> = new Set(['fd_read', 'fd_pread', 'sock_recv'])
const WRITES: ReadonlySet<string> = new Set(['fd_write', 'fd_pwrite', 'sock_send'])

const fdOf = (trace: Trace, call: Seq): number => Number(BigInt.asIntN(32, trace.registers(call).args[0] ?? 0n))

const openAt = (trace: Trace, call: Seq) => {
  const pid = trace.events.columns.pid[call - 1] ?? 0
  return provenanceOf(trace).at(pid, fdOf(trace, call), call)
}

const callStep = (trace: Trace, call: Seq, guess = false): OriginStep => {
  const name = tracedCall(trace, call, 'before')?.name ?? 'a call'
  const origin = READS.has(name) || WRITES.has(name) ? openAt(trace, call) : undefined
  const what = origin === undefined ? '' : `${READS.has(name) ? 'of' : 'to'} ${origin.kind === 'file' || origin.kind === 'preopen' ? origin.path : originText(origin)}`
  return { kind: 'call', call, name, what, ...(guess ? { guess } : {}) }
}

/** The latest call before another one that moved these bytes and is as wanted. */
const moverOf = (trace: Trace, before: Seq, wanted: Uint8Array, phase: 'before' | 'after', isWanted: (call: Seq, name: string) => boolean): Stretch | undefined => {
  const { kind } = trace.events.columns
  for (let call = before - 1; call > Math.max(0, before - NEAR); call--) {
    if (kind[call - 1] !== EventKind.entry && kind[call - 1] !== EventKind.call) continue
    const name = tracedCall(trace, call, 'before')?.name ?? ''
    if (!(phase === 'after' ? READS : WRITES).has(name) || !isWanted(call, name)) continue
    for (const { addr, length } of buffersOf(trace, call, phase)) {
      const bytes = bytesOf(trace, { call, addr, length }, phase)
      const at = bytes === undefined ? -1 : indexIn(bytes, wanted)
      if (at >= 0) return { call, addr: addr + at, length: wanted.length }
    }
  }
  return undefined
}

/** Of a read of a pipe: what was written into its other end. */
const intoPipe = (trace: Trace, read: Seq, wanted: Uint8Array | undefined): Stretch | undefined => {
  const origin = openAt(trace, read)
  if (wanted === undefined || origin?.kind !== 'pipe') return undefined
  const other = openFileOf({ ...origin, end: 'write' })
  return moverOf(trace, read, wanted, 'before', (call) => {
    const end = openAt(trace, call)
    return end !== undefined && openFileOf(end) === other
  })
}

/**
 * Follows bytes that a call wrote back to where they came from: who wrote them into its buffer last, of a read from
 * where, of a pipe who wrote into it, and so on. Tells each step as soon as it is known.
 *
 * @param ask who wrote some bytes of an event's guest last
 */
export const followBack = async (trace: Trace, moved: Moved, ask: AskWriter, tell: (steps: readonly OriginStep[]) => void): Promise<void> => {
  const steps: OriginStep[] = [callStep(trace, moved.call)]
  const add = (step: OriginStep): void => {
    steps.push(step)
    tell([...steps])
  }
  tell([...steps])
  let at = stretchOf(trace, moved, 'before')
  if (at === undefined) return add({ kind: 'unknown', sentence: 'The trace does not have the bytes that it was given.' })
  for (let hops = 0; hops < MOST_HOPS; hops++) {
    const wanted = bytesOf(trace, at, 'before')
    const pid = trace.events.columns.pid[at.call - 1]
    const writer = await ask(at.call, at.addr, at.length)
    if (writer === undefined) return add({ kind: 'unknown', sentence: 'It can be told when the run waits or has ended.' })
    if ('sentence' in writer) return add({ kind: 'unknown', sentence: writer.sentence })
    if (writer.by === 'nobody') return add({ kind: 'program' })
    let read: Seq = 0
    if (writer.by === 'guest') {
      add({ kind: 'guest', after: writer.after, before: writer.seq, frames: writer.frames })
      if (wanted === undefined || wanted.length < TELLING) return
      read = moverOf(trace, at.call, wanted, 'after', (call) => trace.events.columns.pid[call - 1] === pid)?.call ?? 0
      if (read === 0) return
      add(callStep(trace, read, true))
    } else {
      read = callOf(trace, writer.seq)
      if (read === 0) return add(writer.seq === 0 ? { kind: 'unknown', sentence: 'A call or a tracer wrote them, with no event of its own.' } : { kind: 'tracer', seq: writer.seq })
      add(callStep(trace, read))
    }
    const source = intoPipe(trace, read, wanted)
    if (source === undefined) return
    add(callStep(trace, source.call))
    at = source
  }
}
