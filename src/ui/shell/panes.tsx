import { lazy, Suspense } from 'react'
import { Console } from '../console/console.tsx'
import { Editor } from '../editor/editor.tsx'
import { EventList } from '../events/event-list.tsx'
import { useMatches } from '../filter/matches.ts'
import { Inspector } from '../inspector/inspector.tsx'
import { endOfInput, typeInput } from '../session/run.ts'
import type { PaneName } from '../state/shell.ts'
import { app, useApp } from '../state/store.ts'
import { Timeline } from '../timeline/timeline.tsx'
import { Pane, PaneHead } from '../widgets/pane.tsx'
import { Slot } from './slot.tsx'
import styles from './panes.module.css'

const goToLine = (line: number, column = 1): void => app.getState().arrange({ goTo: { line, column }, front: 'editor' })

/** What is not open need not be fetched. */
const Exercise = lazy(async () => ({ default: (await import('../exercise/exercise-pane.tsx')).ExercisePane }))

const CONTENT: Readonly<Record<PaneName, () => React.ReactNode>> = {
  exercise: () => <Suspense><Exercise /></Suspense>,
  editor: () => <Editor />,
  console: () => (
    <Pane label="Console">
      <PaneHead title="Console" />
      <Console onInput={typeInput} onEndOfInput={endOfInput} onGoToLine={goToLine} />
    </Pane>
  ),
  timeline: () => <TimelineOfMatches />,
  events: () => <EventList />,
  inspector: () => <Inspector />,
}

const Branches = lazy(async () => ({ default: (await import('../branches/strip.tsx')).BranchStrip }))

function TimelineOfMatches() {
  const hasBranches = useApp((state) => state.branches.length > 0)
  const timeline = <Timeline matches={useMatches()} />
  return hasBranches ? <div className={styles.lanes}><Suspense><Branches /></Suspense><div className={styles.below}>{timeline}</div></div> : timeline
}

/** A pane in its place. */
export function PaneOf({ pane }: { readonly pane: PaneName }) {
  const Content = CONTENT[pane]
  return <Slot pane={pane}><Content /></Slot>
}
