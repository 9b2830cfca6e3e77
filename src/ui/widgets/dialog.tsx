import { Dialog as Radix } from 'radix-ui'
import { useState, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import styles from './dialog.module.css'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  /** Without a head of its own: the title is only said. */
  readonly headless?: boolean
  readonly wide?: boolean
  /** As wide and high as the window lets it be: something to work in. */
  readonly full?: boolean
}

/** What had the focus; of a menu that is about to close, the button that opened it. */
const opener = (): HTMLElement | undefined => {
  const at = document.activeElement
  const menu = at?.closest('[role="menu"]')
  const from = menu === null || menu === undefined ? at : document.getElementById(menu.getAttribute('aria-labelledby') ?? '')
  return from instanceof HTMLElement ? from : undefined
}

/** A modal dialog, open as long as it is in the tree: Esc, the cross and a click outside close it. */
export function Dialog({ title, onClose, children, headless, wide, full }: DialogProps) {
  const [from] = useState(opener)
  return (
    <Radix.Root open onOpenChange={(open) => { if (!open) onClose() }}>
      <Radix.Portal>
        <Radix.Overlay className={styles.overlay} />
        <Radix.Content
          className={classNames(styles.dialog, wide === true && styles.wide, full === true && styles.full, headless === true && styles.top)}
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            // Radix knows the trigger only of dialogs that have one.
            event.preventDefault()
            from?.focus()
          }}
        >
          {headless === true ? <Radix.Title className={styles.said}>{title}</Radix.Title> : (
            <header className={styles.head}>
              <Radix.Title className={styles.title}>{title}</Radix.Title>
              <Button label="Close" icon="close" bare onClick={onClose} />
            </header>
          )}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** A stretch of a dialog between two hairlines. */
export function DialogSection({ children }: { readonly children: ReactNode }) {
  return <div className={styles.section}>{children}</div>
}
