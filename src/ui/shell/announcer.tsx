import { useEffect, useState } from 'react'
import { decidingAt } from '../state/hand.ts'
import { useApp } from '../state/store.ts'
import styles from './app.module.css'
import { useAnnounce } from './use-announce.ts'

/** At most one message in this time, in milliseconds; the last one wins. */
const PAUSE = 500

/** Says where the cursor came to rest, for those who do not see it move. */
export function Announcer() {
  const trace = useApp((state) => state.trace)
  const cursor = useApp((state) => state.cursor)
  const waits = useApp((state) => decidingAt(state) > 0)
  const announce = useAnnounce()
  const [message, setMessage] = useState('')

  useEffect(() => {
    const timer = setTimeout(() => setMessage(cursor === 0 ? '' : `${announce(trace, cursor)}${waits ? ' It waits for your decision.' : ''}`), PAUSE)
    return () => clearTimeout(timer)
  }, [announce, trace, cursor, waits])

  return <div className={styles.said} aria-live="polite" aria-atomic="true">{message}</div>
}
