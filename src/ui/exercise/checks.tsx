import { useId, useState } from 'react'
import type { Check, CheckResult } from '../../engine/exercise/check-data.ts'
import type { Exercise } from '../../engine/exercise/exercise.ts'
import { WANTED_END, type TrialResult } from '../../engine/exercise/grade.ts'
import { ENDS } from '../../engine/exercise/check-data.ts'
import { runCommand } from '../commands/commands.ts'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { classNames } from '../widgets/class-names.ts'
import { Icon } from '../widgets/icon.tsx'
import styles from './exercise.module.css'
import { checkAnswer, showFault } from './grade-answer.ts'
import { Question } from './question.tsx'

type Found = CheckResult & Pick<TrialResult, 'trial'>

const WORDS: Readonly<Record<CheckResult['state'], string>> = { passed: 'Right', failed: 'Not yet', open: 'Open' }

/** The student's own words for a place: nothing has been run, or this check was not reached. */
const OPEN: Omit<CheckResult, 'id'> = { state: 'open' }

/** What is wanted, line by line, with what the run that is shown says of it; below, the try on every case. */
export function Checks({ exercise }: { readonly exercise: Exercise }) {
  const results = useApp((state) => state.results)
  const graded = useApp((state) => state.graded)
  const heading = useId()
  // Of a check that passes on the screen and fails elsewhere, elsewhere counts.
  const resultOf = (id: string): Found => {
    const shown = results.find((one) => one.id === id) ?? { id, ...OPEN }
    const elsewhere = graded?.results.find((one) => one.id === id)
    return shown.state === 'failed' || elsewhere === undefined ? shown : elsewhere
  }
  return (
    <section className={styles.section} aria-labelledby={heading}>
      <h4 className={styles.heading} id={heading}>What is wanted</h4>
      <ul className={styles.checks}>
        <Line wanted={WANTED_END} result={resultOf(ENDS)} />
        {exercise.checks.map((check) => <Line key={check.id} wanted={check.wanted} check={check} result={resultOf(check.id)} />)}
      </ul>
      <Verdict />
    </section>
  )
}

/** A sentence in which names stand between backticks. */
function Words({ text }: { readonly text: string }) {
  return text.split('`').map((part, i) => (i % 2 === 1 ? <code key={`${i}${part}`}>{part}</code> : part))
}

function Line({ wanted, check, result }: { readonly wanted: string; readonly check?: Check; readonly result: Found }) {
  const { state, found, trial } = result
  const label = useId()
  const isOtherCase = trial !== undefined && trial.case !== app.getState().exercise?.cases[0]
  return (
    <li className={classNames(styles.check, styles[state])} data-check={result.id} data-state={state}>
      <span className={styles.mark} title={WORDS[state]}>
        {state === 'open' ? <i className={styles.dot} /> : <Icon name={state === 'passed' ? 'ok' : 'warn'} />}
        <span className={styles.said}>{WORDS[state]}: </span>
      </span>
      <div className={styles.words}>
        <p className={styles.wanted} id={label}><Words text={wanted} /></p>
        {check?.kind === 'question' && <Question check={check} labelledBy={label} />}
        {state === 'failed' && found !== undefined && (
          <p className={styles.found}>
            {isOtherCase && <b>On {trial.hidden ? `${trial.name}, which the page does not show` : trial.name}: </b>}
            {found}{' '}
            {(result.seq !== undefined || isOtherCase) && <Button label="Show me" small look="edge" onClick={() => void showFault(result)} />}
          </p>
        )}
      </div>
    </li>
  )
}

/** The button that tries every case, and what came of it. */
function Verdict() {
  const graded = useApp((state) => state.graded)
  const grading = useApp((state) => state.grading)
  const phase = useApp((state) => state.phase)
  const problems = useApp((state) => state.problems.length)
  const live = phase === 'loading' || phase === 'running' || phase === 'waiting'
  return (
    <>
      <div className={styles.actions}>
        {live ? <Button label="Stop" icon="stop" look="edge" onClick={() => runCommand('stop')} /> : <Button label="Run" icon="play" look="edge" onClick={() => runCommand('run')} />}
        <Button label="Check my answer" look="primary" aria-disabled={grading !== undefined} onClick={() => void checkAnswer()} />
        {grading !== undefined && <progress className={styles.progress} value={grading.done} max={grading.of} aria-label="Cases that have been tried" />}
      </div>
      {problems > 0 && <p className={styles.small}>The script has type errors; they do not stop the check, but they may be why it fails.</p>}
      <p className={classNames(styles.verdict, graded?.passed === true && styles.right)} role="status">
        {grading !== undefined ? `Trying case ${grading.done + 1} of ${grading.of} …`
          : graded === undefined ? ''
          : graded.passed ? 'Right, on every case, those that you have not seen included. Well done.'
          : 'Not yet: the first line above that is marked says why.'}
      </p>
      <CopyAnswer />
    </>
  )
}

/** What a student sends in: a link that holds the answer. */
function CopyAnswer() {
  const [copied, setCopied] = useState<'yes' | 'no'>()
  const [address, setAddress] = useState('')
  const graded = useApp((state) => state.graded)
  if (graded?.passed !== true) return null
  const copy = async (): Promise<void> => {
    const { answerAddress } = await import('./grade-answer.ts')
    const made = await answerAddress()
    setAddress(made)
    await navigator.clipboard.writeText(made).then(() => setCopied('yes'), () => setCopied('no'))
  }
  return (
    <div className={styles.actions}>
      <Button label={copied === 'yes' ? 'Copied' : 'Copy the link to hand in'} icon="copy" look="edge" onClick={() => void copy()} />
      {copied === 'no' && <input className={styles.field} readOnly value={address} aria-label="The link to hand in" onFocus={(event) => event.target.select()} />}
    </div>
  )
}
