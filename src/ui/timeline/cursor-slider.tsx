import type { KeyboardEvent } from 'react'
import { useAnnounce } from '../shell/use-announce.ts'
import { app, useApp } from '../state/store.ts'
import { keyIntent } from './gesture.ts'
import { panTimeline, stepPage } from './navigate.ts'
import styles from './timeline.module.css'

const onKey = (event: KeyboardEvent): void => {
  const intent = keyIntent(event)
  if (intent === undefined) return
  // The same keys are commands elsewhere: here they are the slider's.
  event.preventDefault()
  event.stopPropagation()
  const { cursor, traceLength, moveTo } = app.getState()
  switch (intent.type) {
    case 'step':
      return moveTo(cursor + intent.by)
    case 'page':
      return stepPage(app, intent.by)
    case 'end':
      return moveTo(intent.which === 'first' ? 1 : traceLength)
    case 'pan':
      return panTimeline(app, intent.part)
  }
}

/** The timeline for those who do not see it: the cursor as a slider whose value is a sentence. */
export function CursorSlider() {
  const cursor = useApp((state) => state.cursor)
  const trace = useApp((state) => state.trace)
  const length = useApp((state) => state.traceLength)
  const announce = useAnnounce()
  return (
    <div
      className={styles.slider}
      role="slider"
      tabIndex={0}
      aria-label="Event at the cursor"
      aria-orientation="horizontal"
      aria-valuemin={Math.min(1, length)}
      aria-valuemax={length}
      aria-valuenow={cursor}
      aria-valuetext={announce(trace, cursor)}
      onKeyDown={onKey}
    />
  )
}
