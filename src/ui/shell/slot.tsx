import type { MouseEvent, ReactNode } from 'react'
import type { PaneName } from '../state/shell.ts'
import { useApp } from '../state/store.ts'
import { Boundary } from './boundary.tsx'
import styles from './slot.module.css'

/** The place of a pane: a double click on its head makes it fill the work area, another gives the place back. */
export function Slot({ pane, children }: { readonly pane: PaneName; readonly children: ReactNode }) {
  const maximised = useApp((state) => state.maximised === pane)
  const arrange = useApp((state) => state.arrange)
  const doubleClick = (event: MouseEvent): void => {
    if (!(event.target instanceof Element) || event.target.closest('header') === null) return
    if (event.target.closest('button:not([role="tab"]), input, a') !== null) return
    arrange({ maximised: maximised ? undefined : pane })
  }
  return (
    <div className={styles.slot} data-slot={pane} data-maximised={maximised || undefined} onDoubleClick={doubleClick}>
      <Boundary name={pane}>{children}</Boundary>
    </div>
  )
}
