import type { ReactNode, Ref } from 'react'
import { classNames } from './class-names.ts'
import styles from './pane.module.css'

interface PaneProps {
  /** What the pane is called by screen readers and by F6. */
  readonly label: string
  readonly children: ReactNode
  readonly className?: string | undefined
  readonly ref?: Ref<HTMLElement>
}

/** A region of the window: usually a PaneHead, then its body, which fills what is left. */
export function Pane({ label, children, className, ref }: PaneProps) {
  return (
    <section ref={ref} className={classNames(styles.pane, className)} aria-label={label} tabIndex={-1} data-pane={label}>
      {children}
    </section>
  )
}

interface PaneHeadProps {
  readonly title: string
  /** A count or a state, said quietly after the title. */
  readonly note?: ReactNode
  /** Tools and chips at the right end. */
  readonly children?: ReactNode
  /** Double click on the head. */
  readonly onMaximise?: (() => void) | undefined
}

/** The 32 px strip above a pane's body: title, note, tools. */
export function PaneHead({ title, note, children, onMaximise }: PaneHeadProps) {
  return (
    <header className={styles.head} onDoubleClick={onMaximise}>
      <h2 className={styles.title}>{title}</h2>
      {note !== undefined && <span className={styles.note}>{note}</span>}
      {children !== undefined && <div className={styles.tools}>{children}</div>}
    </header>
  )
}

/** A sentence in an otherwise empty pane: what would be here, and how it comes. */
export function EmptyPane({ children }: { readonly children: ReactNode }) {
  return <p className={styles.empty}>{children}</p>
}
