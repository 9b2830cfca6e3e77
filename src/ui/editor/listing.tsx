import { memo, useEffect, useMemo, useRef } from 'react'
import { classNames } from '../widgets/class-names.ts'
import { highlight, type Language } from './highlight.ts'
import styles from './listing.module.css'
import type { Marks } from './marks.ts'

interface ListingProps {
  readonly label: string
  readonly code: string
  readonly language: Language
  readonly marks?: Marks | undefined
  /** The line where the run failed; 0 for none. */
  readonly failed?: number
  /** Number of the first-run note that is about the marked line. */
  readonly pin?: number | undefined
}

/** Code to read: the script until the editor is there, and the guest's source. */
export const Listing = memo(function Listing({ label, code, language, marks, failed = 0, pin }: ListingProps) {
  const lines = useMemo(() => highlight(code, language), [code, language])
  const list = useRef<HTMLOListElement>(null)
  const at = marks?.at ?? 0

  useEffect(() => {
    if (at > 0) list.current?.children[at - 1]?.scrollIntoView({ block: 'nearest' })
  }, [at])

  return (
    <div className={styles.scroller} role="region" aria-label={label} tabIndex={0}>
      <ol className={styles.code} ref={list}>
        {lines.map((pieces, i) => {
          const number = i + 1
          const seq = marks?.requests.get(number)
          return (
            <li
              key={number} aria-current={number === at ? 'location' : undefined}
              className={classNames(styles.line, number === at ? styles.at : seq !== undefined && styles.near, number === failed && styles.failed)}
            >
              <span className={styles.gutter} aria-hidden="true">{number}</span>
              <span className={styles.arrow} aria-hidden="true">{number === at && <Arrow />}</span>
              <code>{pieces.map(({ ink, text }, k) => (ink === 'plain' ? text : <span key={k} className={styles[ink]}>{text}</span>))}{'\n'}</code>
              {seq !== undefined && (
                <span className={styles.hint}>
                  event {seq.toLocaleString('en')}
                  {number === at && pin !== undefined && <span className={styles.pin} aria-hidden="true">{pin}</span>}
                </span>
              )}
            </li>
          )
        })}
      </ol>
    </div>
  )
})

function Arrow() {
  return <svg viewBox="0 0 10 10" width="10" height="10"><path d="M1 1.5 9 5 1 8.5z" fill="currentColor" /></svg>
}
