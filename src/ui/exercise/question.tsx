import { useId } from 'react'
import type { Check } from '../../engine/exercise/check-data.ts'
import { app, useApp } from '../state/store.ts'
import styles from './exercise.module.css'

interface QuestionProps {
  readonly check: Extract<Check, { kind: 'question' }>
  /** The id of the question's words. */
  readonly labelledBy: string
}

const reply = (id: string, text: string): void => {
  const { replies, study } = app.getState()
  study({ replies: { ...replies, [id]: text.slice(0, 200) } })
}

/** Where a question is answered: one of the choices, or typed. */
export function Question({ check, labelledBy }: QuestionProps) {
  const value = useApp((state) => state.replies[check.id] ?? '')
  const name = useId()
  if (check.choices === undefined) {
    return (
      <input
        className={styles.field} value={value} aria-labelledby={labelledBy} autoComplete="off" autoCapitalize="off" spellCheck={false}
        inputMode={typeof check.right === 'object' && 'field' in check.right ? 'text' : typeof check.right === 'string' ? 'text' : 'numeric'}
        onChange={(event) => reply(check.id, event.target.value)}
      />
    )
  }
  return (
    <div className={styles.choices} role="radiogroup" aria-labelledby={labelledBy}>
      {check.choices.map((choice) => (
        <label key={choice} className={styles.choice}>
          <input type="radio" name={name} checked={value === choice} onChange={() => reply(check.id, choice)} />
          <span>{choice}</span>
        </label>
      ))}
    </div>
  )
}
