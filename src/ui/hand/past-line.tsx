import { CommandButton } from '../commands/command-button.tsx'
import { useApp } from '../state/store.ts'
import { CHOICES, choiceOf } from './choice.ts'
import { undoableAt } from './decide.ts'
import styles from './hand.module.css'
import { useStanding } from './use-standing.ts'

/** The cursor is on the past: what was decided there, and the way to decide otherwise. */
export function PastLine() {
  const ended = useApp((state) => state.phase === 'ended')
  const at = useApp((state) => undoableAt(state)?.at ?? 0)
  const decision = useApp((state) => undoableAt(state))
  const waiting = useApp((state) => state.decisionAt?.seq)
  const stop = useStanding(at)
  return (
    <div className={styles.past}>
      <p className={styles.question}>
        {ended && 'The run is over. '}
        {decision !== undefined && stop !== undefined && (
          <>At {at.toLocaleString('en')}, {stop.call === '' ? `a ${stop.kind} stop` : <>the {stop.kind} of <code className={styles.call}>{stop.call}</code></>}, you chose: <b>{CHOICES[choiceOf(stop, decision)].title}</b>.</>
        )}
        {decision === undefined && !ended && 'Nothing was decided before this.'}
      </p>
      <div className={styles.row}>
        {decision !== undefined && <CommandButton id="decide-again" word="Decide again here" look="edge" cap />}
        {waiting !== undefined && <CommandButton id="to-waiting" word={`Return to ${waiting.toLocaleString('en')}`} look="primary" cap />}
        {ended && <CommandButton id="write-tracer" word="Write this as a tracer" icon="code" look="edge" />}
        {ended && <CommandButton id="run" word="Start again" icon="play" look="edge" />}
      </div>
    </div>
  )
}
