import { useEffect, useRef } from 'react'
import { EventKind } from '../../engine/trace/format.ts'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Kbd } from '../widgets/kbd.tsx'
import styles from './notes.module.css'

/** Takes a note away for good: it has been done, or closed. */
const dismiss = (...done: readonly number[]): void => {
  const { notes, show } = app.getState()
  if (notes.some((note) => done.includes(note))) show({ notes: notes.filter((note) => !done.includes(note)) })
}

/**
 * Doing the thing dismisses its note: 1 an exit was looked at after its entry, 2 the cursor stood on a request of
 * the tracer, 3 the cursor went back. Where the page itself put the cursor does not count.
 */
const useDone = (): void => {
  const cursor = useApp((state) => state.cursor)
  const trace = useApp((state) => state.trace)
  const before = useRef({ trace, cursor })
  useEffect(() => {
    const last = before.current
    before.current = { trace, cursor }
    if (last.trace !== trace || last.cursor === cursor || last.cursor === 0 || cursor === 0) return
    const event = trace.event(cursor)
    if (event?.kind === EventKind.exit) dismiss(1)
    if (event?.kind === EventKind.request) dismiss(2)
    if (cursor < last.cursor) dismiss(3)
  }, [trace, cursor])
}

/** Three notes of the first run, one idea each, in a strip that covers nothing. */
export function Notes() {
  useDone()
  const notes = useApp((state) => state.notes)
  // They are about a script's run; who decides by hand has done all three.
  const byHand = useApp((state) => state.recipe?.hand !== undefined)
  if (notes.length === 0 || byHand) return null
  return (
    <aside className={styles.strip} aria-label="First steps">
      {notes.includes(1) && (
        <Note number={1} title="A stop comes in pairs">
          The left half of a capsule is a call’s entry, the right half its exit. Between them the call runs. <Kbd keys="]" /> goes to the exit.
        </Note>
      )}
      {notes.includes(2) && (
        <Note number={2} title="The tracer decides">
          The first track is the script: an arrow lets a call run, a solid <code>4</code> skips it: hatched, and no right half. Choose one to see its line.
        </Note>
      )}
      {notes.includes(3) && (
        <Note number={3} title="You can go back">
          Every event is kept. <Kbd keys="p" /> steps back; nothing you press here can break the run.
        </Note>
      )}
    </aside>
  )
}

function Note({ number, title, children }: { readonly number: number; readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section className={styles.note} aria-label={title}>
      <span className={styles.pin} aria-hidden="true">{number}</span>
      <b className={styles.title}>{title}</b>
      <Button label={`Close: ${title}`} icon="close" bare small onClick={() => dismiss(number)} />
      <p className={styles.text}>{children}</p>
    </section>
  )
}
