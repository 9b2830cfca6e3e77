import { ChevronLeft, ChevronRight, Maximize, Minus, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { app, useApp } from '../state/store.ts'
import { PaneHead } from '../widgets/pane.tsx'
import { Segments } from '../widgets/segments.tsx'
import { PAN_STEP, ZOOM_STEP } from './gesture.ts'
import { fitTimeline, panTimeline, toggleAxis, windowOf, zoomTimeline, zoomToEvents } from './navigate.ts'
import { groupDigits, timeLabel } from './ticks.ts'
import styles from './timeline.module.css'
import { CLASS_ORDER, CLASS_WORDS } from './vocabulary.ts'

const AXES = [
  { id: 'ordinal', title: 'Events' },
  { id: 'time', title: 'Time' },
] as const

/** Title, where one is, what the hues mean, and a button for everything that a gesture does. */
export function TimelineHead({ onMaximise }: { readonly onMaximise?: (() => void) | undefined }) {
  const axis = useApp((state) => state.axis)
  const isEmpty = useApp((state) => state.traceLength === 0)
  const isWhole = useApp((state) => state.window === undefined)
  return (
    <PaneHead title="Timeline" note={isEmpty ? undefined : <Crumbs />} onMaximise={onMaximise}>
      {!isEmpty && (
        <div className={styles.tools} onDoubleClick={(event) => event.stopPropagation()}>
          <ul className={styles.legend} aria-label="Classes of calls">
            {CLASS_ORDER.map((cls, i) => (
              <li key={cls} data-class={cls}>
                {CLASS_WORDS[i]}
              </li>
            ))}
          </ul>
          <div className={styles.axis}>
            <Segments label="Axis" options={AXES} value={axis} onChange={(id) => id !== axis && toggleAxis(app)} />
          </div>
          <div className={styles.buttons}>
            <Tool label="Pan left" keys="←" disabled={isWhole} onPress={() => panTimeline(app, -PAN_STEP)}>
              <ChevronLeft />
            </Tool>
            <Tool label="Pan right" keys="→" disabled={isWhole} onPress={() => panTimeline(app, PAN_STEP)}>
              <ChevronRight />
            </Tool>
            <Tool label="Zoom out" keys="−" disabled={isWhole} onPress={() => zoomTimeline(app, ZOOM_STEP)}>
              <Minus />
            </Tool>
            <Tool label="Zoom in" keys="+" onPress={() => zoomTimeline(app, 1 / ZOOM_STEP)}>
              <Plus />
            </Tool>
            <Tool label="Fit all" keys="0" disabled={isWhole} onPress={() => fitTimeline(app)}>
              <Maximize />
            </Tool>
          </div>
        </div>
      )}
    </PaneHead>
  )
}

interface ToolProps {
  readonly label: string
  readonly keys: string
  readonly disabled?: boolean
  readonly onPress: () => void
  readonly children: ReactNode
}

function Tool({ label, keys, disabled = false, onPress, children }: ToolProps) {
  return (
    <button
      type="button"
      className={styles.tool}
      aria-label={label}
      title={`${label} (${keys})`}
      aria-disabled={disabled}
      onClick={disabled ? undefined : onPress}
    >
      {children}
    </button>
  )
}

/** `All 152 › 39–91`, and what a marked range offers. */
function Crumbs() {
  const length = useApp((state) => state.traceLength)
  const window = useApp((state) => state.window)
  const axis = useApp((state) => state.axis)
  const range = useApp((state) => state.range)
  return (
    <span className={styles.crumbs}>
      {window === undefined ? (
        <span>All {groupDigits(length)}</span>
      ) : (
        <>
          <button type="button" className={styles.crumb} title="Fit all (0)" onClick={() => fitTimeline(app)}>
            All {groupDigits(length)}
          </button>
          <span className={styles.sep} aria-hidden="true">
            ›
          </span>
          <span>{axis === 'ordinal' ? eventsText(length) : timesText()}</span>
        </>
      )}
      {range !== undefined && (
        <button
          type="button"
          className={styles.commit}
          onClick={() => {
            zoomToEvents(app, range.from, range.to)
            app.getState().setRange(undefined)
          }}
        >
          Zoom to {groupDigits(range.from)}–{groupDigits(range.to)}
        </button>
      )}
    </span>
  )
}

const eventsText = (length: number): string => {
  const { from, to } = windowOf(app.getState())
  const [first, last] = [Math.max(1, Math.ceil(from - 0.25)), Math.min(Math.floor(to + 0.25), Math.max(length, 1))]
  return `${groupDigits(first)}–${groupDigits(last)}`
}

const timesText = (): string => {
  const { from, to } = windowOf(app.getState())
  const step = (to - from) / 100
  return `${timeLabel(Math.max(0, from), step)} – ${timeLabel(to, step)}`
}
