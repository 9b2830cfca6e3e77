import { CommandButton } from '../commands/command-button.tsx'
import { FilterBar } from '../filter/filter-bar.tsx'
import { useApp } from '../state/store.ts'
import { SeqField } from './seq-field.tsx'
import { virtualTime } from './time.ts'
import styles from './transport.module.css'

/** Stepping through the run, in one place that is always in view; where it stands; the filter. */
export function Transport() {
  const live = useApp((state) => state.phase === 'loading' || state.phase === 'running' || state.phase === 'waiting')
  const time = useApp((state) => state.trace.events.columns.time[state.cursor - 1] ?? 0)
  return (
    <section className={styles.bar} aria-label="Steps and filter">
      <div className={styles.steps} role="toolbar" aria-label="Transport">
        <CommandButton id="first" icon="first" />
        <CommandButton id="reverse" icon="reverse" />
        <span className={styles.pinned}><CommandButton id="back" icon="back" /><NotePin note={3} /></span>
        <CommandButton id="step" icon="step" word="Step" look="primary" cap />
        <CommandButton id="forward" icon="forward" />
        <CommandButton id="last" icon="last" />
        {live && <CommandButton id="stop" icon="stop" />}
        <span className={styles.line} />
        <SeqField />
      </div>
      <span className={styles.line} />
      <span className={styles.time} title="Virtual time">{virtualTime(time)}</span>
      <span className={styles.line} />
      <div className={styles.filter}><FilterBar /></div>
    </section>
  )
}

/** The number of a first-run note, at the thing that it is about. */
export function NotePin({ note }: { readonly note: number }) {
  const open = useApp((state) => state.notes.includes(note))
  return open ? <span className={styles.pin} aria-hidden="true">{note}</span> : null
}
