import { useMemo } from 'react'
import type { Standing } from '../../engine/decision/effect.ts'
import { tracedCall } from '../../engine/decode/call.ts'
import { fdNamer } from '../../engine/decode/provenance.ts'
import { hexText } from '../../engine/decode/text.ts'
import { app, useApp } from '../state/store.ts'
import { parseRegister } from './choice.ts'
import styles from './hand.module.css'

/** The argument registers by name, with what they mean, to be given other values. */
export function ArgumentFields({ stop }: { readonly stop: Standing }) {
  const trace = useApp((state) => state.trace)
  const args = useApp((state) => state.edits.args)
  const call = useMemo(() => tracedCall(trace, stop.seq, 'before', fdNamer(trace)), [trace, stop])
  const set = (index: number, text: string): void => {
    const { edits, prepare } = app.getState()
    prepare({ edits: { ...edits, args: { ...edits.args, [index]: text } } })
  }
  if (call === undefined || call.args.length === 0) return <p className={styles.panel}>{stop.call} has no arguments.</p>
  return (
    <div className={styles.panel} role="group" aria-label="Arguments">
      {call.args.map(({ name, index, raw, text, dir, note }, i) => {
        const typed = args[index] ?? ''
        return (
          <label key={name} className={styles.argument}>
            <span className={styles.name}>{name}</span>
            <input
              className={styles.register} value={typed} placeholder={dir === 'value' ? `${raw}` : hexText(raw)} spellCheck={false} autoComplete="off" autoCapitalize="off"
              {...(i === 0 ? { 'data-hand-field': 'arguments' } : {})}
              aria-invalid={typed.trim() !== '' && parseRegister(typed) === undefined} onChange={(event) => set(index, event.target.value)}
            />
            <span className={styles.meaning} title={text}>{text}{note === undefined ? '' : `, ${note}`}</span>
          </label>
        )
      })}
    </div>
  )
}
