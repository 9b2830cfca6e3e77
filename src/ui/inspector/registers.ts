import { answersOf } from '../../engine/decode/answers.ts'
import { decodeResult } from '../../engine/decode/call.ts'
import { archName, callName, rowFor } from '../../engine/decode/table.ts'
import { hexText } from '../../engine/decode/text.ts'
import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'

/** One register, in words: at the stop, and at the resume if the tracer changed it there. */
export interface RegisterRow {
  readonly name: string
  /** The argument that it is, of a call that is known. */
  readonly argument?: string
  readonly stop: string
  /** Undefined: as at the stop, or not resumed yet. */
  readonly resume: string | undefined
}

export interface RegisterView {
  /** The stop whose registers these are; before the event that was asked for if that one has none. */
  readonly stop: Seq
  /** The request that let the task go on, or 0. */
  readonly resume: Seq
  readonly rows: readonly RegisterRow[]
}

const hasRegisters = (kind: number): boolean => kind === EventKind.entry || kind === EventKind.exit || kind === EventKind.call

/** The last event of the task, up to `seq`, at which its registers were recorded; 0 if there is none. */
const registersBefore = (trace: Trace, pid: number, seq: Seq): Seq => {
  const c = trace.events.columns
  for (let i = seq - 1; i >= 0; i--) {
    if (c.pid[i] !== pid) continue
    if (hasRegisters(c.kind[i] as number)) return i + 1
    if (c.kind[i] === EventKind.birth) return 0
  }
  return 0
}

const resultText = (arch: number, ret: number): string => decodeResult(arch, ret).brief.replace(/^\? /, `${ret} `)

/** The register file at a stop, and what of it the tracer had changed when it let the task go on. */
export const registerView = (trace: Trace, seq: Seq): RegisterView | undefined => {
  const asked = trace.event(seq)
  if (asked === undefined) return undefined
  const stop = registersBefore(trace, asked.pid, asked.kind === EventKind.request && asked.link > 0 ? asked.link : seq)
  const event = trace.event(stop)
  if (event === undefined) return undefined
  const { args, pc, sp, fp } = trace.registers(stop)
  const resume = answersOf(trace).resumeOf(stop)
  let later: ReturnType<Trace['request']>['registers']
  const c = trace.events.columns
  for (let i = stop; i < (resume === 0 ? trace.length : resume); i++) {
    if (c.kind[i] !== EventKind.request || c.link[i] !== stop || (c.ret[i] as number) < 0) continue
    later = trace.request(i + 1).registers ?? later
  }
  const row = rowFor(event.arch, event.nr)
  const used = Math.max(row?.args.length ?? 0, args.findLastIndex((arg) => arg !== 0n) + 1, (later?.args ?? []).findLastIndex((arg) => arg !== 0n) + 1)
  const rows: RegisterRow[] = []
  const add = (name: string, before: string, after: string | undefined, argument?: string): void => {
    rows.push({ name, stop: before, resume: after === before ? undefined : after, ...(argument === undefined ? {} : { argument }) })
  }
  add('arch', archName(event.arch), undefined)
  add('nr', `${event.nr} ${callName(event.arch, event.nr)}`, later && `${later.nr} ${later.nr === -1 ? 'no call' : callName(event.arch, later.nr)}`)
  for (let i = 0; i < used; i++) {
    const kind = row?.args[i]?.show.kind
    const say = (value: bigint): string => (kind === 'pointer' || value > 0xffff_ffffn ? hexText(value) : `${value}`)
    add(`args[${i}]`, say(args[i] ?? 0n), later && say(later.args[i] ?? 0n), row?.args[i]?.name)
  }
  add('ret', resultText(event.arch, event.ret), later && resultText(event.arch, later.ret))
  add('pc', hexText(pc), later && hexText(later.pc))
  add('sp', hexText(sp), later && hexText(later.sp))
  add('fp', `${fp}`, later && `${later.fp}`)
  return { stop, resume, rows }
}

