import type { Standing } from '../../engine/decision/effect.ts'
import { SIGNAL, defaultAction, signalName } from '../../engine/abi/signal.ts'
import { app, useApp } from '../state/store.ts'
import styles from './hand.module.css'

const ACTIONS = { term: 'ends it', core: 'ends it', stop: 'stops it', cont: 'continues it', ignore: 'is ignored' } as const

/** Each number once: some have two names. */
const NUMBERS = [...new Set(Object.values(SIGNAL))].filter((signo) => signo > 0 && signo <= 64).sort((a, b) => a - b)

/** The signal that goes with the decision. */
export function SignalField({ stop }: { readonly stop: Standing }) {
  const signal = useApp((state) => state.edits.signal)
  const set = (text: string): void => {
    const { edits, prepare } = app.getState()
    prepare({ edits: { ...edits, signal: text === '' ? undefined : Number(text) } })
  }
  return (
    <div className={styles.panel}>
      <label className={styles.field}>
        <span>Signal</span>
        <select data-hand-field="signal" value={signal ?? ''} onChange={(event) => set(event.target.value)}>
          <option value="">{stop.kind === 'signal' ? `${signalName(stop.signo)}, as it came` : 'none'}</option>
          {NUMBERS.map((signo) => <option key={signo} value={signo}>{signo} {signalName(signo)}: {ACTIONS[defaultAction(signo)]}</option>)}
        </select>
      </label>
    </div>
  )
}
