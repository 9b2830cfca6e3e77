import { useEffect, useRef } from 'react'
import { effectOf, standingAt, type Standing } from '../../engine/decision/effect.ts'
import { TABLE } from '../../engine/decision/cell.ts'
import { CommandButton } from '../commands/command-button.tsx'
import { useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Chip } from '../widgets/chip.tsx'
import { ANSWERS, CHOICES, choiceOf, nextTitle } from './choice.ts'
import { answer } from './decide.ts'
import styles from './hand.module.css'

/** Asked before the decision is carried out: what comes next? */
export function Question({ stop }: { readonly stop: Standing }) {
  const question = useApp((state) => state.question)
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => first.current?.focus(), [])
  if (question === undefined) return null
  return (
    <div className={styles.body}>
      <p className={styles.question} id="quiz-question">
        {CHOICES[choiceOf(stop, question)].title}: <b>what is the next stop?</b>
      </p>
      <div className={styles.row} role="group" aria-labelledby="quiz-question">
        {ANSWERS.map((next, i) => (
          <Button key={next} {...(i === 0 ? { ref: first } : {})} label={nextTitle(next, stop)} keys={`${i + 1}`} look="edge" onClick={() => answer(next)} />
        ))}
        <span className={styles.grow} />
        <CommandButton id="cancel-question" word="Decide otherwise" cap />
      </div>
    </div>
  )
}

/** Whether the guess was right, and the rule that says so. */
export function Verdict() {
  const verdict = useApp((state) => state.verdict)
  const score = useApp((state) => state.score)
  const trace = useApp((state) => state.trace)
  const stop = verdict === undefined ? undefined : standingAt(trace, verdict.decision.at)
  const effect = verdict === undefined || stop === undefined ? undefined : effectOf(stop, verdict.decision)
  return (
    <div role="status">
      {verdict !== undefined && stop !== undefined && effect !== undefined && (
        <p className={styles.verdict}>
          <Chip tone={verdict.isRight ? 'ok' : 'danger'}>{verdict.isRight ? 'Right' : 'Not so'}</Chip>
          <span>
            {nextTitle(verdict.actual, stop)}{verdict.isRight ? '' : `, not ${lower(nextTitle(verdict.next, stop))}`}.{' '}
            {effect.next === verdict.actual && effect.row !== undefined && <>Table: <q>{TABLE[effect.row][effect.place].text}</q>. </>}
            <b>{effect.rule.name}</b>: {effect.rule.sentence}
            {effect.next !== verdict.actual && ' Here the guest did something else first: it ended, or was stopped by a signal.'}
          </span>
          <span className={styles.score}>{score.right} of {score.asked} right</span>
        </p>
      )}
    </div>
  )
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
