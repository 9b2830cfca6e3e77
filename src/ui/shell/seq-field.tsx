import { useState, type KeyboardEvent } from 'react'
import { useApp } from '../state/store.ts'
import styles from './transport.module.css'

/** The cursor as a number that can be typed: Enter goes there, Esc leaves it as it was. */
export function SeqField() {
  const cursor = useApp((state) => state.cursor)
  const length = useApp((state) => state.traceLength)
  const moveTo = useApp((state) => state.moveTo)
  const [typed, setTyped] = useState<string>()

  const wanted = typed === undefined ? cursor : Number(typed.replace(/[\s,.]/g, ''))
  const fits = Number.isInteger(wanted) && wanted >= Math.min(1, length) && wanted <= length
  const digits = Math.max(3, String(length).length)

  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter' && fits) {
      moveTo(wanted)
      setTyped(undefined)
    } else if (event.key === 'Escape') {
      setTyped(undefined)
      event.currentTarget.blur()
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      moveTo(cursor + (event.key === 'ArrowUp' ? 1 : -1))
      setTyped(undefined)
    } else return
    event.preventDefault()
  }

  return (
    <span className={styles.seq}>
      <label>
        <span className={styles.said}>Event</span>
        <input
          className={styles.field} style={{ width: `calc(${digits}ch + 18px)` }} data-field="seq" inputMode="numeric" autoComplete="off" spellCheck={false}
          value={typed ?? String(cursor)} disabled={length === 0} aria-invalid={!fits} aria-describedby="seq-of"
          onChange={(event) => setTyped(event.target.value)} onFocus={(event) => event.target.select()}
          onBlur={() => setTyped(undefined)} onKeyDown={press}
        />
      </label>
      <span id="seq-of" className={fits ? styles.of : styles.wrong}>of {length.toLocaleString('en')}</span>
    </span>
  )
}
