import type { ReactNode } from 'react'
import type { Seq } from '../../engine/trace/format.ts'
import { app } from '../state/store.ts'
import styles from './inspector.module.css'

/** The number of an event, or words, that lead to it. */
export function SeqLink({ seq, children }: { readonly seq: Seq; readonly children?: ReactNode }) {
  const { moveTo, setHover } = app.getState()
  return (
    <button
      type="button"
      className={styles.link}
      aria-label={children === undefined ? `Event ${seq}` : undefined}
      onClick={() => moveTo(seq)}
      onPointerEnter={() => setHover(seq)}
      onPointerLeave={() => setHover(0)}
    >
      {children ?? seq}
    </button>
  )
}
