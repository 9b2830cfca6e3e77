import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import type { Exercise } from '../../engine/exercise/exercise.ts'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import styles from './exercise.module.css'

interface HelpProps {
  readonly exercise: Exercise
  readonly renderText: (text: string) => ReactNode
}

/** Hints, one at a time; when all have been read, or nothing is left to win, the model solution. */
export function Help({ exercise, renderText }: HelpProps) {
  const hints = useApp((state) => Math.min(state.hints, exercise.hints.length))
  const passed = useApp((state) => state.standings[exercise.id] === 'passed')
  const heading = useId()
  const last = useRef<HTMLLIElement>(null)
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    // Where the words are that were asked for.
    if (asked > 0) last.current?.focus()
  }, [asked])
  const more = hints < exercise.hints.length
  const next = (): void => {
    app.getState().study({ hints: hints + 1 })
    setAsked(hints + 1)
  }
  return (
    <section className={styles.section} aria-labelledby={heading}>
      <h4 className={styles.heading} id={heading}>Help</h4>
      <ol className={styles.hints}>
        {exercise.hints.slice(0, hints).map((hint, i) => (
          <li key={hint} tabIndex={-1} ref={i === hints - 1 ? last : undefined}>{renderText(hint)}</li>
        ))}
      </ol>
      <div className={styles.actions}>
        {more && <Button label={hints === 0 ? `Show a hint (${exercise.hints.length})` : `Next hint (${hints} of ${exercise.hints.length} shown)`} look="edge" onClick={next} />}
        <StartOver exercise={exercise} />
      </div>
      {(passed || !more) && <Solution exercise={exercise} />}
    </section>
  )
}

/** The starter again; what was there can be had back as long as the exercise is open. */
function StartOver({ exercise }: { readonly exercise: Exercise }) {
  const script = useApp((state) => state.script)
  const [before, setBefore] = useState<string>()
  const put = (text: string): void => app.getState().edit({ script: text })
  if (before !== undefined && script === exercise.starter) return <Button label="Undo: my script again" onClick={() => { put(before); setBefore(undefined) }} />
  if (script === exercise.starter) return null
  return <Button label="Start over" onClick={() => { setBefore(script); put(exercise.starter) }} />
}

function Solution({ exercise }: { readonly exercise: Exercise }) {
  const [before, setBefore] = useState<string>()
  const script = useApp((state) => state.script)
  const shown = script === exercise.solution
  const show = (): void => {
    setBefore(script)
    app.getState().edit({ script: exercise.solution })
    app.getState().arrange({ front: 'editor' })
  }
  return (
    <div className={styles.solution}>
      <details>
        <summary>The model solution</summary>
        <pre tabIndex={0} aria-label="The model solution">{exercise.solution}</pre>
      </details>
      {shown && before !== undefined
        ? <Button label="Put my script back" look="edge" onClick={() => { app.getState().edit({ script: before }); setBefore(undefined) }} />
        : !shown && <Button label="Try it in the editor" onClick={show} />}
    </div>
  )
}
