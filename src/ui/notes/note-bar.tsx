import { useEffect } from 'react'
import { seekNote } from '../../engine/link/note.ts'
import { CommandButton } from '../commands/command-button.tsx'
import { Markdown } from '../exercise/markdown.tsx'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import styles from './notes.module.css'
import { readingTime } from './reading.ts'
import { noteAt, shownNotes } from './shown.ts'

/** Goes from note to note as long as they are played; the last one ends it. */
const usePlaying = (): void => {
  const playing = useApp((state) => state.playing)
  const cursor = useApp((state) => state.cursor)
  const notes = useApp(shownNotes)
  useEffect(() => {
    if (!playing) return
    const { arrange, moveTo } = app.getState()
    const here = notes.find(({ at }) => at === cursor)
    const next = seekNote(notes, cursor, 1)
    // Who begins behind the last note, or between two, need not wait.
    const target = next ?? (here === undefined ? notes[0] : undefined)
    if (target === undefined) {
      arrange({ playing: false })
      return
    }
    const timer = setTimeout(() => moveTo(target.at), here === undefined ? 0 : readingTime(here.text))
    return () => clearTimeout(timer)
  }, [playing, cursor, notes])
}

interface NoteBarProps {
  /** Nothing can be written here. */
  readonly readOnly?: boolean
}

/** A trace as a lecture: the note at the cursor, and the way to the next one. */
export function NoteBar({ readOnly = false }: NoteBarProps) {
  usePlaying()
  const notes = useApp(shownNotes)
  const cursor = useApp((state) => state.cursor)
  const playing = useApp((state) => state.playing)
  const note = useApp((state) => noteAt(state, state.cursor))
  const before = notes.filter(({ at }) => at <= cursor).length
  const place = note !== undefined ? `Note ${before} of ${notes.length}`
    : before === 0 ? `Before the first of ${notes.length} ${notes.length === 1 ? 'note' : 'notes'}`
    : before === notes.length ? `Behind the last of ${notes.length} ${notes.length === 1 ? 'note' : 'notes'}`
    : `Between notes ${before} and ${before + 1} of ${notes.length}`
  return (
    <section className={styles.bar} aria-label="Notes">
      <div className={styles.tools} role="toolbar" aria-label="From note to note">
        <CommandButton id="previous-note" icon="back" />
        <Button
          label={playing ? 'Stop playing' : 'Play'} icon={playing ? 'stop' : 'play'} look="edge" small aria-pressed={playing}
          onClick={() => app.getState().arrange({ playing: !playing })}
        />
        <CommandButton id="next-note" icon="step" />
        <span className={styles.place}>{place}</span>
        <span className={styles.grow} />
        {!readOnly && note !== undefined && <CommandButton id="note" word="Change" small />}
      </div>
      <div className={styles.words} role="note" aria-live="polite" tabIndex={note === undefined ? -1 : 0} aria-label="Note at the cursor" dir="auto">
        {note !== undefined && <Markdown key={note.at} text={note.text} />}
      </div>
    </section>
  )
}
