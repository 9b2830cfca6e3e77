import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace, TraceEvent } from '../../engine/trace/trace.ts'
import { app } from '../state/store.ts'
import { isStep } from '../widgets/step.ts'
import { CallBody } from './call-body.tsx'
import { EventBody } from './event-body.tsx'
import styles from './inspector.module.css'
import { LocalTable } from './local-table.tsx'
import { MemoryPeek } from './memory-tab.tsx'
import { RegisterTable } from './register-table.tsx'
import { RequestsMade } from './requests-made.tsx'
import { Stack } from './stack.tsx'
import { StopFacts } from './stop-facts.tsx'

const isCall = (kind: EventKind): boolean => kind === EventKind.entry || kind === EventKind.exit || kind === EventKind.call

interface EventPartsProps {
  readonly trace: Trace
  readonly event: TraceEvent
  readonly length: number
}

/** What an event was, why the task stands there, and what came of it. */
export function EventParts({ trace, event, length }: EventPartsProps) {
  const { seq, kind } = event
  const stops = kind === EventKind.entry || kind === EventKind.exit || kind === EventKind.event || kind === EventKind.signal || kind === EventKind.group
  const registers = isCall(kind) || changesRegisters(trace, event)
  const step = isStep(trace, seq)
  return (
    <>
      {isCall(kind) ? <CallBody key={seq} trace={trace} seq={seq} /> : <EventBody trace={trace} seq={seq} />}
      {(stops || kind === EventKind.death || registers || step) && (
        <div className={styles.halves}>
          {(stops || kind === EventKind.death) && <StopFacts trace={trace} seq={seq} />}
          {step && <section className={styles.half} aria-label="Locals"><LocalTable seq={seq} /></section>}
          {registers && <section className={styles.half} aria-label="Registers"><RegisterTable trace={trace} seq={seq} /></section>}
        </div>
      )}
      {stops && <RequestsMade trace={trace} seq={seq} />}
      {stops && <Stack key={`stack ${seq}`} seq={seq} />}
      {(isCall(kind) || kind === EventKind.request) && (
        <MemoryPeek trace={trace} seq={seq} length={length} onMore={() => app.getState().show({ inspectorTab: 'memory' })} />
      )}
    </>
  )
}

const changesRegisters = (trace: Trace, { kind, seq }: { readonly kind: EventKind; readonly seq: Seq }): boolean =>
  kind === EventKind.request && trace.request(seq).registers !== undefined

interface RegisterTabProps {
  readonly trace: Trace
  readonly seq: Seq
}

/** All registers, and after a step the locals. */
export function RegisterTab({ trace, seq }: RegisterTabProps) {
  return (
    <div className={styles.section}>
      {isStep(trace, seq) && <LocalTable seq={seq} />}
      <RegisterTable trace={trace} seq={seq} wide />
    </div>
  )
}
