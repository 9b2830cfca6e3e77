import { errnoMessage, errnoName } from '../../engine/abi/errno.ts'
import { CLD, SI, SIGNAL, signalName } from '../../engine/abi/signal.ts'
import { tagsOf, isResume } from '../../engine/decode/answers.ts'
import { eventLine } from '../../engine/decode/line.ts'
import { offsetText, requestText, signoText, tagsText } from '../../engine/decode/request.ts'
import { siCodeText } from '../../engine/decode/siginfo.ts'
import { eventText, messageText } from '../../engine/decode/stop.ts'
import { durationText, hexText, quoteBriefly } from '../../engine/decode/text.ts'
import { PTRACE, PTRACE_EVENT } from '../../engine/abi/ptrace.ts'
import { EventKind, Flag, type Seq } from '../../engine/trace/format.ts'
import type { Birth, Trace, TraceEvent } from '../../engine/trace/trace.ts'
import { Spans } from '../widgets/spans.tsx'
import { DocLink, manPage } from './doc-link.tsx'
import { Facts, type Fact } from './facts.tsx'
import styles from './inspector.module.css'
import { FunctionName } from './function-name.tsx'
import { Sentence } from './sentence.tsx'
import { SeqLink } from './seq-link.tsx'

/** Any event that is no call: a request, an event stop, a signal, a birth, a death, a line that was printed. */
export function EventBody({ trace, seq }: { readonly trace: Trace; readonly seq: Seq }) {
  const event = trace.event(seq)
  if (event === undefined) return null
  const doc = DOCS[event.kind]
  const says = event.kind === EventKind.print || event.kind === EventKind.failure
  return (
    <section className={styles.section}>
      {says
        ? <pre className={styles.said} dir="auto">{trace.text(seq)}</pre>
        : <h3 className={styles.call}><Spans spans={eventLine(trace, seq, 'brief')} /></h3>}
      <Sentence trace={trace} seq={seq} />
      <Facts facts={factsOf(trace, event)} />
      {doc !== undefined && <p className={styles.foot}><DocLink doc={doc} /></p>}
    </section>
  )
}

const DOCS: Readonly<Partial<Record<EventKind, ReturnType<typeof manPage>>>> = {
  [EventKind.request]: manPage('ptrace'),
  [EventKind.event]: manPage('ptrace'),
  [EventKind.signal]: manPage('signal', 7),
  [EventKind.group]: manPage('ptrace'),
  [EventKind.death]: manPage('wait'),
}

const factsOf = (trace: Trace, event: TraceEvent): readonly Fact[] => {
  switch (event.kind) {
    case EventKind.request:
      return requestFacts(trace, event)
    case EventKind.event:
      return [
        { name: 'event', value: eventText(event.nr), note: `${event.nr}` },
        { name: 'message', value: `${event.ret >>> 0}`, note: messageText(trace, event), place: 'GETEVENTMSG' },
        ...relativeFacts(trace, event),
        ...around(event),
      ]
    case EventKind.signal:
      return signalFacts(trace, event)
    case EventKind.group:
      return [{ name: 'signal', value: signalName(event.nr), note: 'stops every thread of the process' }]
    case EventKind.birth:
      return birthFacts(trace, event)
    case EventKind.death: {
      const birth = trace.birthOf(event.pid, event.link > 0 ? event.link : event.seq)
      return birth === undefined ? [] : [
        { name: 'born', value: <SeqLink seq={birth.seq} />, note: [birth.name, ...birth.argv.slice(1)].join(' ') },
        { name: 'lived', value: durationText(BigInt(Math.max(0, Math.round(event.time - (trace.event(birth.seq)?.time ?? 0))))), note: 'of virtual time' },
      ]
    }
    case EventKind.print:
    case EventKind.failure:
      return event.line > 0 ? [{ name: 'line', value: `tracer.ts:${event.line}` }] : []
    default:
      return []
  }
}

const around = (event: TraceEvent): readonly Fact[] => (event.link > 0 ? [{ name: 'in', value: <SeqLink seq={event.link} />, note: 'the call around it' }] : [])

/** The child that a fork's event tells of, or what an exec made of its task. */
const relativeFacts = (trace: Trace, { pid, nr, ret, seq }: TraceEvent): readonly Fact[] => {
  switch (nr) {
    case PTRACE_EVENT.PTRACE_EVENT_FORK:
    case PTRACE_EVENT.PTRACE_EVENT_VFORK:
    case PTRACE_EVENT.PTRACE_EVENT_CLONE: {
      const child = trace.births.find((birth) => birth.pid === ret && birth.parent !== 0)
      if (child === undefined) return []
      const isThread = ((trace.event(child.seq)?.flags ?? 0) & Flag.thread) !== 0
      return [{ name: 'child', value: `${ret}`, note: <>{isThread ? 'a thread, born at ' : 'born at '}<SeqLink seq={child.seq} /></> }]
    }
    case PTRACE_EVENT.PTRACE_EVENT_EXEC: {
      const birth = trace.birthOf(pid, seq)
      return birth === undefined ? [] : [{ name: 'program', value: birth.name, note: argvText(birth) }]
    }
    default:
      return []
  }
}

/** sigaction(2), "The siginfo_t argument": which fields mean something depends on signal and code. */
const signalFacts = (trace: Trace, event: TraceEvent): readonly Fact[] => {
  const { nr: signo, seq } = event
  const { code, pid, addr, step } = trace.siginfo(seq)
  const isFault = code > 0 && signo !== SIGNAL.SIGCHLD && code !== SI.SI_KERNEL
  const isChild = code > 0 && signo === SIGNAL.SIGCHLD
  return [
    { name: 'signal', value: signalName(signo), note: `${signo}` },
    { name: 'si_code', value: siCodeText(signo, code), note: `${code}${CODES[code] === undefined ? '' : `, ${CODES[code]}`}` },
    ...(isFault || code === SI.SI_KERNEL ? [] : [{ name: 'si_pid', value: `${pid}`, note: pid === 0 ? 'the kernel' : trace.birthOf(pid, seq)?.name }]),
    ...(isChild ? [{ name: 'si_status', value: code === CLD.CLD_EXITED ? `${addr}` : signalName(addr) }] : []),
    ...(isFault ? [{ name: 'si_addr', value: hexText(addr) }] : []),
    ...(step === undefined || step.pc === 0 ? [] : [
      { name: 'pc', value: hexText(step.pc), note: 'what runs next, in the code section' },
      { name: 'function', value: <FunctionName trace={trace} pid={event.pid} seq={seq} index={step.func} />, place: `func[${step.func}]` },
    ]),
    ...(code === SI.SI_QUEUE ? [{ name: 'si_value', value: `${addr | 0}` }] : []),
    { name: 'delivered', value: deliveredText(trace, seq) },
  ]
}

/** Who sends with such a code: sigaction(2). */
const CODES: Readonly<Record<number, string>> = {
  [SI.SI_USER]: 'kill(2)', [SI.SI_TKILL]: 'tkill(2) or tgkill(2)', [SI.SI_QUEUE]: 'sigqueue(3)', [SI.SI_KERNEL]: 'sent by the kernel',
}

const argvText = ({ argv }: Birth): string => argv.map((arg) => JSON.stringify(arg)).join(' ')

/** What the tracer did with a signal: the one that it resumed with, or nothing. */
const deliveredText = (trace: Trace, stop: Seq): string => {
  const c = trace.events.columns
  for (let i = stop; i < trace.length; i++) {
    if (c.kind[i] !== EventKind.request || c.link[i] !== stop || !isResume(c.nr[i] as number) || (c.ret[i] as number) < 0) continue
    const signo = trace.request(i + 1).data
    return signo === 0 ? `no: the tracer resumed with 0 at ${i + 1}` : signo === c.nr[stop - 1] ? `yes, at ${i + 1}` : `${signoText(signo)} instead, at ${i + 1}`
  }
  return 'not decided yet'
}

const birthFacts = (trace: Trace, event: TraceEvent): readonly Fact[] => {
  const birth = trace.birthOf(event.pid, event.seq)
  if (birth === undefined) return []
  const isExec = (event.flags & Flag.exec) !== 0
  const isThread = (event.flags & Flag.thread) !== 0
  const before = isExec ? trace.births.findLast(({ pid, seq }) => pid === event.pid && seq < event.seq) : undefined
  const next = trace.births.find(({ pid, seq }) => pid === event.pid && seq > event.seq)
  const execs = next !== undefined && ((trace.event(next.seq)?.flags ?? 0) & Flag.exec) !== 0
  return [
    { name: 'argv', value: argvText(birth) || '–', title: birth.argv.join(' ') },
    ...(before === undefined ? [] : [{ name: 'before', value: before.name, note: <>since <SeqLink seq={before.seq} /></> }]),
    { name: isThread ? 'process' : 'parent', value: birth.parent === 0 ? '–' : `${birth.parent}`, note: birth.parent === 0 ? 'nobody in this trace' : trace.birthOf(birth.parent, event.seq)?.name },
    ...(execs
      ? [{ name: 'then', value: next.name, note: <>by exec, at <SeqLink seq={next.seq} /></> }]
      : [{ name: 'ended', value: birth.death > 0 ? <SeqLink seq={birth.death} /> : 'not yet' }]),
  ]
}

const requestFacts = (trace: Trace, event: TraceEvent): readonly Fact[] => {
  const { addr, data, poked, registers } = trace.request(event.seq)
  const tags = tagsOf(event.nr, addr)
  const resume = isResume(event.nr)
  const user = event.nr === PTRACE.PTRACE_POKEUSER || event.nr === PTRACE.PTRACE_PEEKUSER
  const refused = event.ret < 0 ? errnoName(-event.ret) : undefined
  return [
    { name: 'request', value: requestText(event.nr), note: (event.flags & Flag.multi) !== 0 ? 'in a PTRACE_MULTI' : undefined, place: hexText(event.nr >>> 0) },
    { name: 'pid', value: `${event.pid}`, note: trace.birthOf(event.pid, event.seq)?.name },
    {
      name: 'addr', value: hexText(addr),
      note: resume ? (tags === 0 ? 'no tags' : tagsText(tags)) : user ? offsetText(addr) : undefined,
    },
    { name: 'data', value: resume ? signoText(data) : hexText(data), note: resume ? (data === 0 ? 'no signal' : 'the signal to deliver') : undefined },
    ...(poked === undefined ? [] : [
      { name: 'was', value: bytesText(poked.was), note: quoteBriefly(poked.was), title: bytesText(poked.was, Infinity) },
      { name: 'is', value: bytesText(poked.is), note: quoteBriefly(poked.is), title: bytesText(poked.is, Infinity) },
    ]),
    ...(registers === undefined ? [] : [{ name: 'then', value: `nr ${registers.nr}, ret ${registers.ret}`, note: 'in the registers, see there' }]),
    {
      name: 'result',
      value: refused === undefined ? `${event.ret}` : <span className={styles.error}>-1 {refused}</span>,
      note: refused === undefined ? undefined : `${errnoMessage(-event.ret)}.`,
    },
    ...(event.line > 0 ? [{ name: 'line', value: `tracer.ts:${event.line}` }] : []),
    ...(event.link > 0 && event.link !== event.seq
      ? [{ name: 'answers', value: <SeqLink seq={event.link} />, note: <span className={styles.mono}><Spans spans={eventLine(trace, event.link, 'brief')} /></span> }]
      : []),
  ]
}

const bytesText = (bytes: Uint8Array, most = 16): string =>
  [...bytes.subarray(0, most)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ') + (bytes.length > most ? ' …' : '')
