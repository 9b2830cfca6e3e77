import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import styles from './chip.module.css'

export type Tone = 'plain' | 'danger' | 'ok' | 'warn' | 'accent'

interface ChipProps {
  readonly children: ReactNode
  readonly tone?: Tone
  /** The whole text where the chip is cut, or what a click does. */
  readonly title?: string
  /** Makes it a button of 24 px. */
  readonly onClick?: () => void
}

/** A short fact in a small plate; a button when there is something to do with it. */
export function Chip({ children, tone = 'plain', title, onClick }: ChipProps) {
  const plate = <span className={classNames(styles.chip, styles[tone])} title={title}>{children}</span>
  if (onClick === undefined) return plate
  return <button type="button" className={styles.press} onClick={onClick}>{plate}</button>
}
