import { lazy, Suspense, useMemo } from 'react'
import { PTRACE_EVENT } from '../../engine/abi/ptrace.ts'
import { EventKind, Flag } from '../../engine/trace/format.ts'
import type { Trace, TraceEvent } from '../../engine/trace/trace.ts'
import { CommandButton } from '../commands/command-button.tsx'
import { isEmbedded } from '../embed/embedded.ts'
import { NoteLine } from '../notes/note-line.tsx'
import { decidingAt } from '../state/hand.ts'
import { app, useApp } from '../state/store.ts'
import type { InspectorTab } from '../state/view.ts'
import { Chip } from '../widgets/chip.tsx'
import { EmptyPane } from '../widgets/pane.tsx'
import { isStep } from '../widgets/step.ts'
import { TabbedPane, type Tab } from '../widgets/tabs.tsx'
import styles from './inspector.module.css'

/** List and timeline are drawn meanwhile: what explains an event is asked for at once, and is there with the first event. */
const parts = import('./event-parts.tsx')
const EventParts = lazy(async () => ({ default: (await parts).EventParts }))
const MemoryTab = lazy(async () => ({ default: (await import('./memory-tab.tsx')).MemoryTab }))
const RegisterTab = lazy(async () => ({ default: (await parts).RegisterTab }))
/** Who looks at sources and tasks looks at calls first. */
const SourceTab = lazy(async () => ({ default: (await import('./source-tab.tsx')).SourceTab }))
const TaskTab = lazy(async () => ({ default: (await import('../tasks/task-tab.tsx')).TaskTab }))

interface InspectorProps {
  readonly onMaximise?: (() => void) | undefined
}

/** Everything about the event under the cursor. */
export function Inspector({ onMaximise }: InspectorProps) {
  const trace = useApp((s) => s.trace)
  const length = useApp((s) => s.traceLength)
  const cursor = useApp((s) => s.cursor)
  const tab = useApp((s) => s.inspectorTab)
  const decides = useApp((s) => decidingAt(s) > 0)
  const seq = Math.min(cursor, length)
  const event = useMemo(() => trace.event(seq), [trace, seq])
  const empty = <EmptyPane>Nothing is selected: an event shows here what it did, and why. Choose one in the list or in the timeline.</EmptyPane>

  const tabs: readonly Tab<InspectorTab>[] = [
    { id: 'call', title: 'Call', panel: event === undefined ? empty : <EventTab trace={trace} event={event} length={length} /> },
    { id: 'memory', title: 'Memory', panel: event === undefined ? empty : <Suspense><MemoryTab trace={trace} seq={seq} length={length} /></Suspense> },
    { id: 'registers', title: 'Registers', panel: event === undefined ? empty : <Suspense><RegisterTab trace={trace} seq={seq} /></Suspense> },
    { id: 'source', title: 'Source', panel: <Suspense><SourceTab trace={trace} seq={seq} length={length} /></Suspense> },
    { id: 'task', title: 'Tasks', panel: event === undefined ? empty : <Suspense><TaskTab trace={trace} event={event} length={length} /></Suspense> },
  ]
  return (
    <TabbedPane label="Inspector" tabs={tabs} value={tab} onChange={(inspectorTab) => app.getState().show({ inspectorTab })} onMaximise={onMaximise}>
      {event !== undefined && (
        <>
          {decides && <Chip tone="warn">waiting for you</Chip>}
          <span className={styles.taskChip}><Chip>task {event.pid} {trace.birthOf(event.pid, seq)?.name ?? ''}</Chip></span>
          <span className={styles.kindChip}><Chip>{kindText(trace, event)}</Chip></span>
          {!isEmbedded() && <CommandButton id="note" icon="note" small />}
        </>
      )}
    </TabbedPane>
  )
}

const KINDS: Readonly<Record<EventKind, string>> = {
  [EventKind.birth]: 'birth', [EventKind.entry]: 'entry stop', [EventKind.exit]: 'exit stop', [EventKind.event]: 'event stop',
  [EventKind.signal]: 'signal stop', [EventKind.group]: 'group stop', [EventKind.request]: 'request', [EventKind.call]: 'untraced call',
  [EventKind.death]: 'death', [EventKind.print]: 'printed', [EventKind.failure]: 'failure',
}

const kindText = (trace: Trace, event: TraceEvent): string =>
  event.kind === EventKind.event && event.nr === PTRACE_EVENT.PTRACE_EVENT_SECCOMP ? 'seccomp stop'
  : event.kind === EventKind.birth && (event.flags & Flag.exec) !== 0 ? 'exec'
  : event.kind === EventKind.birth && (event.flags & Flag.thread) !== 0 ? 'birth of a thread'
  : isStep(trace, event.seq) ? 'step'
  : event.kind === EventKind.entry && (event.flags & Flag.emulated) !== 0 ? 'entry stop, SYSEMU'
  : KINDS[event.kind]

interface EventTabProps {
  readonly trace: Trace
  readonly event: TraceEvent
  readonly length: number
}

/** The event in words, why the task stands there, and what came of it. */
function EventTab({ trace, event, length }: EventTabProps) {
  return (
    <div className={styles.inspector}>
      {!isEmbedded() && <NoteLine seq={event.seq} />}
      <Suspense><EventParts trace={trace} event={event} length={length} /></Suspense>
    </div>
  )
}
