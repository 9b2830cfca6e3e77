import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import styles from './button.module.css'
import { classNames } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'
import { Kbd } from './kbd.tsx'

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  /** What it does: its words, unless there are children. */
  readonly label?: string
  readonly children?: ReactNode
  readonly icon?: IconName | undefined
  /** Only the icon: the label is its name and tooltip. */
  readonly bare?: boolean
  readonly look?: 'plain' | 'edge' | 'primary' | 'danger'
  /** The key that does the same, as a cap in the button. */
  readonly keys?: string | undefined
  /** Opens a menu. */
  readonly caret?: boolean
  /** 24 px high, for pane heads. */
  readonly small?: boolean
  readonly mono?: boolean
  readonly className?: string
  readonly ref?: Ref<HTMLButtonElement>
}

/** A button of the mock: plain, with an edge, primary or dangerous; with icon, word and key cap. */
export function Button({ label, children, icon, bare, look = 'plain', keys, caret, small, mono, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...(bare === true ? { 'aria-label': label, title: label } : {})}
      {...rest}
      className={classNames(
        styles.button, styles[look], bare === true && styles.bare, small === true && styles.small, caret === true && styles.caret, className,
      )}
    >
      {icon !== undefined && <Icon name={icon} />}
      {bare !== true && <span className={classNames(styles.label, mono === true && styles.mono)}>{children ?? label}</span>}
      {keys !== undefined && <Kbd keys={keys} />}
    </button>
  )
}
