import { TriangleAlert } from 'lucide-react'
import type { Failure } from '../../engine/protocol.ts'
import styles from './failure-card.module.css'

interface FailureCardProps {
  readonly failure: Failure
  /** Shows the line in the editor. */
  readonly onGoToLine?: ((line: number, column?: number) => void) | undefined
}

/** What went wrong: title, place, cause, cure, always in that order. */
export function FailureCard({ failure, onGoToLine }: FailureCardProps) {
  const { title, line, column, cause, cure, tasks } = failure
  const place = line === undefined ? undefined : `tracer.ts:${line}`
  return (
    <div className={styles.card} role="alert" aria-label={title}>
      <header className={styles.head}>
        <TriangleAlert size={16} aria-hidden="true" className={styles.icon} />
        <h3 className={styles.title} dir="auto">{title}</h3>
        {place !== undefined && line !== undefined && (
          onGoToLine === undefined
            ? <span className={styles.place}>{place}</span>
            : <button type="button" className={styles.place} onClick={() => onGoToLine(line, column)}>{place}</button>
        )}
      </header>
      <dl className={styles.facts}>
        <dt>Cause</dt>
        <dd dir="auto">{cause}</dd>
        {tasks !== undefined && tasks.length > 0 && (
          <>
            <dt>Tasks</dt>
            <dd><ul className={styles.tasks}>{tasks.map((task, i) => <li key={i} dir="auto">{task}</li>)}</ul></dd>
          </>
        )}
        <dt>Cure</dt>
        <dd dir="auto">{cure}</dd>
      </dl>
    </div>
  )
}
