import { useMemo } from 'react'
import type { Standing } from '../../engine/decision/effect.ts'
import { app, useApp } from '../state/store.ts'
import { Kbd } from '../widgets/kbd.tsx'
import { parseResult, resultOptions } from './choice.ts'
import styles from './hand.module.css'

/** The result register: a number, or an errno of the list. */
export function ResultField({ stop }: { readonly stop: Standing }) {
  const edits = useApp((state) => state.edits)
  const options = useMemo(() => resultOptions(stop.arch), [stop.arch])
  const wrong = edits.result.trim() !== '' && parseResult(edits.result, stop.arch) === undefined
  const set = (result: string): void => {
    const now = app.getState()
    now.prepare({ edits: { ...now.edits, result } })
  }
  return (
    <label className={styles.field}>
      <span>Set result</span>
      <input
        className={styles.result} list="hand-results" data-hand-field="result" value={edits.result} placeholder={`${stop.ret}`} spellCheck={false}
        autoComplete="off" autoCapitalize="off" aria-invalid={wrong} aria-keyshortcuts="r" onChange={(event) => set(event.target.value)}
      />
      <Kbd keys="r" />
      <datalist id="hand-results">{options.map((option) => <option key={option} value={option}>{option}</option>)}</datalist>
    </label>
  )
}
