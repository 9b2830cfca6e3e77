import { noteTitle } from '../../engine/link/note.ts'
import type { Seq } from '../../engine/trace/format.ts'
import { runCommand } from '../commands/commands.ts'
import { useApp } from '../state/store.ts'
import { Icon } from '../widgets/icon.tsx'
import styles from './note-line.module.css'
import { noteAt } from './shown.ts'

/** The note of an event where it has one, in a line; a click opens it. */
export function NoteLine({ seq }: { readonly seq: Seq }) {
  const note = useApp((state) => noteAt(state, seq))
  if (note === undefined) return null
  return (
    <button type="button" className={styles.line} title="Change the note (m)" onClick={() => runCommand('note')}>
      <Icon name="note" /><span className={styles.title} dir="auto">Note: {noteTitle(note.text)}</span>
    </button>
  )
}
