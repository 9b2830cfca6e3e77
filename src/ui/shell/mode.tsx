import { useApp } from '../state/store.ts'
import { Icon } from '../widgets/icon.tsx'
import styles from './menu-bar.module.css'

/** Live or replay, as a word and a shape: never only a colour. */
export function Mode() {
  const phase = useApp((state) => state.phase)
  const progress = useApp((state) => state.progress)
  const byHand = useApp((state) => state.decisionAt !== undefined)
  const live = phase === 'loading' || phase === 'running' || phase === 'waiting'
  const state = phase === 'loading' ? progress : phase === 'waiting' ? (byHand ? 'Waiting for you' : 'Waiting for input') : live ? 'The guest is running' : 'The run is recorded'
  return (
    <span className={styles.mode} role="status" title={state}>
      <Icon name={live ? 'live' : 'replay'} />
      {live ? 'Live' : 'Replay'}
      <span className={styles.said}>: {state}</span>
    </span>
  )
}
