import { app, useApp } from '../state/store.ts'
import { EmptyPane, Pane } from '../widgets/pane.tsx'
import { CursorSlider } from './cursor-slider.tsx'
import type { Matches } from './matched.ts'
import { Minimap } from './minimap.tsx'
import { Stage } from './stage.tsx'
import styles from './timeline.module.css'
import { TimelineHead } from './timeline-head.tsx'
import { usePalette } from './use-palette.ts'

interface TimelineProps {
  /** By seq − 1: 1 where the event matches the filter; undefined: there is no filter. */
  readonly matches?: Matches | undefined
  /** Double click on the head. */
  readonly onMaximise?: (() => void) | undefined
}

/** The timeline: head, minimap, a track per task, the cursor. */
export function Timeline({ matches, onMaximise }: TimelineProps) {
  const isEmpty = useApp((state) => state.traceLength === 0)
  const phase = useApp((state) => state.phase)
  const [palette, host] = usePalette()
  return (
    <Pane label="Timeline" className={styles.pane}>
      <TimelineHead onMaximise={onMaximise} />
      <div ref={host} className={styles.body}>
        {isEmpty || palette === undefined ? (
          <EmptyPane>
            {phase === 'loading' || phase === 'running'
              ? 'The guest is being started. Its stops appear here as they happen.'
              : 'Press Run to record a trace. Every task gets a track here, every event a column: the left half of a ' +
                'capsule is a call’s entry, the right half its exit.'}
          </EmptyPane>
        ) : (
          <>
            <Minimap palette={palette} matches={matches} />
            <Stage app={app} palette={palette} matches={matches} slider={<CursorSlider />} />
          </>
        )}
      </div>
    </Pane>
  )
}
