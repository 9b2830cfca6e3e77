import { lazy, Suspense, useEffect, useRef } from 'react'
import { Panel, usePanelRef } from 'react-resizable-panels'
import { shownNotes } from '../notes/shown.ts'
import { layoutOf } from '../session/layouts.ts'
import { useApp } from '../state/store.ts'
import { FrontTabs } from './front-tabs.tsx'
import { heightOf } from './height.ts'
import { Notes } from './notes.tsx'
import { PaneOf } from './panes.tsx'
import { Divider, Split, SplitPanel } from './split.tsx'
import splitStyles from './split.module.css'
import type { Width } from './use-media.ts'
import styles from './work.module.css'

const Decisions = lazy(async () => ({ default: (await import('../hand/decision-bar.tsx')).DecisionBar }))

/** Stepping by hand comes when somebody does. */
function DecisionBar() {
  const byHand = useApp((state) => state.tracer === 'hand' || state.recipe?.hand !== undefined)
  return byHand ? <Suspense><Decisions /></Suspense> : null
}

const NotesShown = lazy(async () => ({ default: (await import('../notes/note-bar.tsx')).NoteBar }))

/** A trace with notes is a lecture: the bar that steps through it. */
function NoteBar() {
  const hasNotes = useApp((state) => shownNotes(state).length > 0)
  return hasNotes ? <Suspense><NotesShown /></Suspense> : null
}

/** The panes, arranged for the width of the window. */
export function Work({ width }: { readonly width: Width }) {
  return (
    <main className={styles.work}>
      {width === 'wide' ? <Wide /> : width === 'tablet' ? <Tablet /> : <Phone />}
    </main>
  )
}

/** Editor and console at the left, the timeline over list and inspector. */
function Wide() {
  const exercise = useApp((state) => state.exercise !== undefined)
  return (
    <Split key={String(exercise)} id={exercise ? 'exercise-columns' : 'columns'} orientation="horizontal">
      {exercise && <SplitPanel id="exercise" pane="exercise" size={Math.min(400, window.innerWidth / 4)} min={220} folded={0} rigid><PaneOf pane="exercise" /></SplitPanel>}
      {exercise && <Divider label="Size of the exercise" />}
      <SplitPanel id="left" size={Math.min(420, window.innerWidth / 3)} min={240} rigid>
        <Split id="left-rows" orientation="vertical">
          <SplitPanel id="editor" pane="editor" min={96}><PaneOf pane="editor" /></SplitPanel>
          <Divider label="Size of the console" />
          <SplitPanel id="console" pane="console" size={176} min={80} rigid><PaneOf pane="console" /></SplitPanel>
        </Split>
      </SplitPanel>
      <Divider label="Size of the editor" />
      <SplitPanel id="right" min={400}>
        <div className={styles.decided}>
          <Upper id="right-rows">
            <Split id="lower" orientation="horizontal">
              <SplitPanel id="events" pane="events" size="50.4" min={200} folded={0}><PaneOf pane="events" /></SplitPanel>
              <Divider label="Size of the list of events" />
              <SplitPanel id="inspector" pane="inspector" min={240} folded={0}><PaneOf pane="inspector" /></SplitPanel>
            </Split>
          </Upper>
          <DecisionBar />
        </div>
      </SplitPanel>
    </Split>
  )
}

/** The timeline over two columns; list, editor and console share the left one. */
function Tablet() {
  const exercise = useApp((state) => state.exercise !== undefined)
  const front = useApp((state) => (state.front === 'editor' || state.front === 'console' || (exercise && state.front === 'exercise') ? state.front : 'events'))
  return (
    <div className={styles.decided}>
      <Upper id="tablet-rows">
        <Split id="tablet-lower" orientation="horizontal">
          <SplitPanel id="front" size="50" min={240}>
            <div className={styles.tabbed}>
              <FrontTabs panes={exercise ? ['exercise', 'editor', 'events', 'console'] : ['events', 'editor', 'console']} value={front} className={styles.tabs} />
              <div className={styles.front}><PaneOf key={front} pane={front} /></div>
            </div>
          </SplitPanel>
          <Divider label="Size of the inspector" />
          <SplitPanel id="inspector" min={240}><PaneOf pane="inspector" /></SplitPanel>
        </Split>
      </Upper>
      <DecisionBar />
    </div>
  )
}

/** One pane at a time; the timeline brings the call below it. */
function Phone() {
  const exercise = useApp((state) => state.exercise !== undefined)
  const front = useApp((state) => (state.front === 'exercise' && !exercise ? 'timeline' : state.front))
  const tracks = useApp((state) => state.trace.births.length)
  const branches = useApp((state) => state.branches.length)
  return (
    <div className={styles.phone}>
      <div className={styles.front}>
        {front === 'timeline' ? (
          <div className={styles.reading}>
            <div className={styles.picture} style={{ height: heightOf(tracks, branches) }}><PaneOf pane="timeline" /></div>
            <NoteBar />
            <Notes />
            <PaneOf pane="inspector" />
          </div>
        ) : <PaneOf key={front} pane={front} />}
      </div>
      <DecisionBar />
      <FrontTabs panes={exercise ? ['exercise', 'editor', 'timeline', 'events', 'inspector', 'console'] : ['editor', 'timeline', 'events', 'inspector', 'console']} value={front} className={styles.bottom} />
    </div>
  )
}

/** The timeline, as high as its tracks until a person decides otherwise, over the rest. */
function Upper({ id, children }: { readonly id: string; readonly children: React.ReactNode }) {
  const panel = usePanelRef()
  const chosen = useRef(layoutOf(id) !== undefined)
  const collapsed = useApp((state) => state.collapsed.includes('timeline'))
  // Not how long: to resize a panel is a layout of the whole page, and a trace grows many times a second.
  const isEmpty = useApp((state) => state.traceLength === 0)
  const tracks = useApp((state) => state.trace.births.length)
  const branches = useApp((state) => state.branches.length)

  useEffect(() => {
    if (chosen.current || panel.current === null || collapsed || isEmpty) return
    panel.current.resize(heightOf(tracks, branches))
  }, [panel, isEmpty, tracks, branches, collapsed])

  return (
    <Split id={id} orientation="vertical" onResized={() => { chosen.current = true }}>
      <Panel id="timeline" panelRef={panel} className={splitStyles.panel} defaultSize={264} minSize={120} groupResizeBehavior="preserve-pixel-size">
        <PaneOf pane="timeline" />
      </Panel>
      <Divider label="Size of the timeline" />
      <SplitPanel id="rest" min={120}>
        <div className={styles.rest}>
          <NoteBar />
          <Notes />
          <div className={styles.below}>{children}</div>
        </div>
      </SplitPanel>
    </Split>
  )
}
