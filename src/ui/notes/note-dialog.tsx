import { useState, type FormEvent, type KeyboardEvent } from 'react'
import { announce } from '../../engine/decode/describe.ts'
import { LONGEST_NOTE, MOST_NOTES } from '../../engine/link/note.ts'
import { Markdown } from '../exercise/markdown.tsx'
import { app } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Dialog, DialogSection } from '../widgets/dialog.tsx'
import { annotate, hasRoom } from './annotate.ts'
import styles from './notes.module.css'
import { noteAt } from './shown.ts'

/** The note at the event under the cursor: its words in Markdown, and how they will be read. */
export function NoteDialog({ onClose }: { readonly onClose: () => void }) {
  const [{ trace, seq, before, room }] = useState(() => {
    const state = app.getState()
    return { trace: state.trace, seq: state.cursor, before: noteAt(state, state.cursor)?.text ?? '', room: hasRoom(state, state.cursor) }
  })
  const [text, setText] = useState(before)

  const save = (words: string): void => {
    annotate(seq, words)
    onClose()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save(text)
  }
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    save(text)
  }

  return (
    <Dialog title={before === '' ? 'Write a note' : 'Change the note'} onClose={onClose}>
      <form onSubmit={submit}>
        <DialogSection>
          <p className={styles.about}>{announce(trace, seq)}</p>
          {room ? (
            <label className={styles.field}>
              <span>Note, in Markdown</span>
              <textarea
                className={styles.area} rows={7} value={text} maxLength={LONGEST_NOTE} autoFocus aria-describedby="note-room" dir="auto"
                onChange={(event) => setText(event.target.value)} onKeyDown={press}
              />
              <small id="note-room" className={styles.small}>
                {(LONGEST_NOTE - text.length).toLocaleString('en')} characters left. Notes travel in links; whoever opens one steps from note to note.
              </small>
            </label>
          ) : <p role="alert">There are {MOST_NOTES} notes already: take one away first.</p>}
        </DialogSection>
        {text.trim() !== '' && (
          <DialogSection>
            <div className={styles.preview} role="group" aria-label="How it will be read" tabIndex={0} dir="auto"><Markdown text={text} /></div>
          </DialogSection>
        )}
        <div className={styles.actions}>
          {before !== '' && <Button label="Remove the note" look="edge" onClick={() => save('')} />}
          <span className={styles.grow} />
          <Button label="Cancel" onClick={onClose} />
          <Button label="Save" look="primary" type="submit" disabled={!room} keys="Mod+Enter" />
        </div>
      </form>
    </Dialog>
  )
}
