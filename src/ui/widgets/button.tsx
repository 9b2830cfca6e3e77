import type { ButtonHTMLAttributes } from 'react'
import { classNames } from './class-names.ts'
import styles from './button.module.css'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** plain: only words; edge: outlined; primary: the one thing to do here; icon: square, needs aria-label. */
  readonly look?: 'plain' | 'edge' | 'primary' | 'icon'
}

/** A 28 px button; what it does is said in its words or its aria-label. */
export function Button({ look = 'plain', className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={classNames(styles.button, styles[look], className)} {...rest} />
}
