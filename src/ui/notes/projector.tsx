import { useEffect } from 'react'
import { app, useApp } from '../state/store.ts'
import styles from './projector.module.css'

/** Large type and high contrast for a room, and a black screen on demand. */
export function Projector() {
  const projector = useApp((state) => state.projector)
  const blank = useApp((state) => state.blank)
  useEffect(() => {
    // The picture's palette follows the classes of the root (timeline/theme-colors.ts).
    if (projector) void import('./projector.css').then(() => document.documentElement.classList.add('projector'))
    else document.documentElement.classList.remove('projector')
  }, [projector])
  if (!projector || !blank) return null
  return (
    <button type="button" className={styles.blank} autoFocus onClick={() => app.getState().arrange({ blank: false })}>
      The screen is blank. Press B to go on.
    </button>
  )
}
