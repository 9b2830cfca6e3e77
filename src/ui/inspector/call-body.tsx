import { useState } from 'react'
import { answersOf } from '../../engine/decode/answers.ts'
import type { DecodedArg } from '../../engine/decode/arg.ts'
import { decodeResult, tracedCall, type TracedCall } from '../../engine/decode/call.ts'
import { hexText } from '../../engine/decode/text.ts'
import { fdNamer } from '../../engine/decode/provenance.ts'
import { ArchCode, EventKind, Flag, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { isEmbedded } from '../embed/embedded.ts'
import { app } from '../state/store.ts'
import { Chip } from '../widgets/chip.tsx'
import { DocLink, manPage, wasiDoc } from './doc-link.tsx'
import { Facts, type Fact } from './facts.tsx'
import styles from './inspector.module.css'
import { Sentence } from './sentence.tsx'
import { SeqLink } from './seq-link.tsx'
import { WhyPath } from './why-path.tsx'

/** Longer arguments are three dots in the title: they stand below in full. */
const TITLE_ARG = 18

/** A call at one of its stops: what it asks for, what it got, who decided that. */
export function CallBody({ trace, seq }: { readonly trace: Trace; readonly seq: Seq }) {
  const [raw, setRaw] = useState(false)
  const event = trace.event(seq)
  const outcome = event?.kind === EventKind.entry ? trace.outcome(seq) : undefined
  // Before its exit stop a call has no outputs: what stands there is what the tracer saw.
  const pending = event?.kind === EventKind.entry && (outcome === undefined || outcome.exit > 0)
  const call = tracedCall(trace, seq, pending ? 'before' : 'after', fdNamer(trace))
  if (event === undefined || call === undefined) return null
  const resume = answersOf(trace).resumeOf(call.entry === 0 ? seq : call.entry)
  const line = trace.event(resume)?.line ?? 0
  // clone(2) without CLONE_SETTLS has no tls: as strace, it says nothing of what is not used.
  const said = call.args.map((arg) => arg.brief).filter((brief) => brief !== '')
  const title = `${call.name}(${said.join(', ')})`
  const doc = event.arch === ArchCode.linux || event.arch === ArchCode.foreign ? manPage(call.name) : wasiDoc(call.name)

  return (
    <section className={styles.section}>
      <div className={styles.line}>
        <h3 className={styles.call} title={title} dir="ltr">
          {call.name}({said.map((brief) => (brief.length > TITLE_ARG ? '…' : brief)).join(', ')})
          {!pending && call.result.kind !== 'pending' && (
            <> = <span className={call.result.kind === 'failure' ? styles.error : undefined}>{call.result.brief}</span></>
          )}
        </h3>
        {call.skipped && <Chip title="The call was not run">not run</Chip>}
        {(event.flags & Flag.restarted) !== 0 && <Chip title="Restarted after an interruption">again</Chip>}
        {line > 0 && (
          <Chip title={`Event ${resume}: the request that let it go on`} onClick={() => app.getState().moveTo(resume)}>by tracer.ts:{line}</Chip>
        )}
        {((call.outcome?.flags ?? event.flags) & Flag.forced) !== 0 && <Chip tone="warn" title="Decided by this branch, over the head of the tracer">forced</Chip>}
        {!isEmbedded() && <Chip title="Branch here: let this call fail, be skipped, or answer otherwise (b)" onClick={() => app.getState().show({ dialog: 'what-if' })}>What if …</Chip>}
      </div>
      <Sentence trace={trace} seq={seq} />
      <Facts facts={[...call.args.map((arg) => argFact(arg, raw, setRaw)), resultFact(trace, seq, call)]} />
      {!pending && <WhyPath trace={trace} seq={seq} />}
      <p className={styles.foot}><DocLink doc={doc} /></p>
    </section>
  )
}

const argFact = (arg: DecodedArg, raw: boolean, setRaw: (raw: boolean) => void): Fact => ({
  name: arg.name,
  value: arg.text,
  title: arg.text,
  note: arg.note,
  place: (
    <button
      type="button" className={styles.raw} aria-pressed={raw} onClick={() => setRaw(!raw)}
      title={raw ? 'Show the names of the registers' : `${hexText(arg.raw)} in the register; show raw values`}
      aria-label={`args[${arg.index}], raw value ${hexText(arg.raw)}`}
    >
      {raw ? hexText(arg.raw) : `args[${arg.index}]`}
    </button>
  ),
})

/** The request at a stop that last changed the result register, or 0. */
const resultSetter = (trace: Trace, stop: Seq): Seq => {
  const c = trace.events.columns
  const resume = answersOf(trace).resumeOf(stop)
  let ret = c.ret[stop - 1]
  let setter = 0
  for (let i = stop; i < (resume === 0 ? trace.length : resume); i++) {
    if (c.kind[i] !== EventKind.request || c.link[i] !== stop) continue
    const registers = trace.request(i + 1).registers
    if (registers !== undefined && registers.ret !== ret) [ret, setter] = [registers.ret, i + 1]
  }
  return setter
}

const resultFact = (trace: Trace, seq: Seq, call: TracedCall): Fact => {
  const event = trace.event(seq)
  const at = { name: 'result', place: 'ret' }
  const arch = event?.arch ?? 0
  const outcome = call.outcome
  const setter = resultSetter(trace, event?.kind === EventKind.exit ? seq : call.entry)
  if (event?.kind === EventKind.entry && (outcome === undefined || outcome.exit > 0)) {
    const nosys = decodeResult(arch, event.ret).brief
    if (call.row?.returns === false) return { ...at, value: '?', note: 'This call does not come back.' }
    if (outcome === undefined) return { ...at, value: nosys, note: 'Not decided yet; this is what a skipped call returns.' }
    const result = decodeResult(arch, outcome.ret)
    return {
      ...at,
      value: <span className={result.kind === 'failure' ? styles.error : undefined}>{result.brief}</span>,
      note: <>{result.message !== undefined && `${result.message}. `}Returned at its exit stop, <SeqLink seq={outcome.exit} />.</>,
    }
  }
  const { result } = call
  const was = event === undefined ? '' : decodeResult(arch, event.ret).brief
  return {
    ...at,
    value: <span className={result.kind === 'failure' ? styles.error : undefined}>{result.brief}</span>,
    title: result.text,
    note: (
      <>
        {result.kind === 'failure' && result.message !== undefined && `${result.message}. `}
        {setter > 0 && <>Set by the tracer at <SeqLink seq={setter} />; was {was}.</>}
        {setter === 0 && call.skipped && 'What a skipped call returns unless the tracer sets a result.'}
        {result.kind === 'none' && 'This call does not come back.'}
      </>
    ),
  }
}
