import type { ReactNode } from 'react'
import styles from './inspector.module.css'

/** One thing to know of an event: its name, its value as a manual page would write it, more words, where it lives. */
export interface Fact {
  readonly name: string
  readonly value: ReactNode
  readonly note?: ReactNode
  readonly place?: ReactNode
  /** The whole of a value that may be cut. */
  readonly title?: string
}

/** Facts as aligned lines. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles.kv}>
      {facts.map(({ name, value, note, place, title }) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd className={styles.value}>
            <span className={styles.code} dir="auto" title={title}>{value}</span>
            {note !== undefined && <span className={styles.why} dir="auto">{note}</span>}
          </dd>
          <dd className={styles.place}>{place}</dd>
        </div>
      ))}
    </dl>
  )
}
