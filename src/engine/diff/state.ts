import { callOf, tracedCall } from '../decode/call.ts'
import { eventLineText } from '../decode/line.ts'
import { durationText, hexText, quote } from '../decode/text.ts'
import { EventKind, type Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'

/** One thing that is known of a stop, on both sides. */
export interface StateRow {
  readonly name: string
  /** What it is about. */
  readonly part: 'event' | 'argument' | 'register' | 'memory'
  /** Undefined where that side has no such thing. */
  readonly left: string | undefined
  readonly right: string | undefined
  readonly differs: boolean
}

interface Known {
  readonly name: string
  readonly part: StateRow['part']
  readonly text: string
  /** What is compared; the text unless told. */
  readonly as?: string
}

/** Bytes that are shown of a stretch. */
const SHOWN = 64

/** What the trace knows of an event: in words, as arguments, in registers and in memory. */
const knownAt = (trace: Trace, seq: Seq): readonly Known[] => {
  const event = trace.event(seq)
  if (event === undefined) return []
  const known: Known[] = [
    { name: 'event', part: 'event', text: eventLineText(trace, seq), as: '' },
    { name: 'virtual time', part: 'event', text: durationText(BigInt(Math.round(event.time))) },
  ]
  if (callOf(trace, seq) === 0) return known
  const call = tracedCall(trace, seq, 'after')
  if (call === undefined) return known
  known.push({ name: 'call', part: 'event', text: call.name })
  for (const { name, text } of call.args) known.push({ name, part: 'argument', text })
  known.push({ name: 'result', part: 'argument', text: call.result.text })
  if (call.skipped) known.push({ name: 'run', part: 'argument', text: 'not run' })
  const registers = trace.registers(seq)
  const used = call.row?.args.length ?? registers.args.length
  registers.args.slice(0, used).forEach((value, i) => known.push({ name: `args[${i}]`, part: 'register', text: hexText(value) }))
  known.push({ name: 'ret', part: 'register', text: `${event.kind === EventKind.entry ? (call.outcome?.ret ?? event.ret) : event.ret}` })
  for (const name of ['pc', 'sp', 'fp'] as const) if (registers[name] !== 0) known.push({ name, part: 'register', text: hexText(registers[name]) })
  const captures = [...trace.captures(callOf(trace, seq)), ...(call.outcome?.captures ?? [])]
  captures.forEach(({ addr, length, bytes, origin }, i) => known.push({
    name: `memory ${i + 1}`,
    part: 'memory',
    text: `${hexText(addr)}, ${length} ${length === 1 ? 'byte' : 'bytes'} ${origin === 'seen' ? 'read' : 'written'}: ${quote(bytes, length, SHOWN)}`,
    as: `${addr} ${length} ${origin} ${bytes.join(' ')}`,
  }))
  return known
}

/** One side of a comparison: a trace and an event of it, or nothing. */
export interface Place {
  readonly trace: Trace
  /** 0: this side has no such event. */
  readonly seq: Seq
}

/** State against state at a pair of events: what is known of either, side by side, with what differs. */
export const compareStates = (left: Place, right: Place): readonly StateRow[] => {
  const [ours, theirs] = [knownAt(left.trace, left.seq), knownAt(right.trace, right.seq)]
  const key = ({ part, name }: Known): string => `${part} ${name}`
  const there = new Map(theirs.map((one) => [key(one), one]))
  const rows = ours.map((one): StateRow => {
    const other = there.get(key(one))
    there.delete(key(one))
    return { name: one.name, part: one.part, left: one.text, right: other?.text, differs: (one.as ?? one.text) !== (other?.as ?? other?.text) }
  })
  const more = [...there.values()].map(({ name, part, text }): StateRow => ({ name, part, left: undefined, right: text, differs: true }))
  const PARTS: readonly StateRow['part'][] = ['event', 'argument', 'register', 'memory']
  return [...rows, ...more].sort((a, b) => PARTS.indexOf(a.part) - PARTS.indexOf(b.part))
}
