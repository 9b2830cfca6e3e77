import { useRef, useState } from 'react'
import type { TrialResult } from '../../engine/exercise/grade.ts'
import { toExerciseFragment } from '../../engine/exercise/link.ts'
import { openExercise } from '../exercise/open-exercise.ts'
import { saveFile } from '../session/choose-file.ts'
import { compress } from '../share/compress.ts'
import { fitOf } from '../share/link-of.ts'
import { Button } from '../widgets/button.tsx'
import { classNames } from '../widgets/class-names.ts'
import { Icon } from '../widgets/icon.tsx'
import { useAuthoring } from './authoring.ts'
import styles from './author.module.css'
import { exerciseOf, placeText } from './draft.ts'
import { judged, tryOut, type Tried } from './try-out.ts'

/** Tries the exercise, and gives it away. */
export function TryTab({ onClose }: { readonly onClose: () => void }) {
  const { draft, problems } = useAuthoring()
  const exercise = exerciseOf(draft)
  const [tried, setTried] = useState<{ readonly of: unknown; readonly result: Tried }>()
  const [progress, setProgress] = useState<{ readonly done: number; readonly of: number }>()
  const [failure, setFailure] = useState('')
  const attempt = async (): Promise<void> => {
    if (exercise === undefined || progress !== undefined) return
    setFailure('')
    setTried(undefined)
    setProgress({ done: 0, of: 1 })
    try {
      setTried({ of: draft, result: await tryOut(exercise, (done, of) => setProgress({ done, of })) })
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    } finally {
      setProgress(undefined)
    }
  }
  return (
    <>
      <section className={styles.stack} aria-label="Try it">
        <h3 className={styles.heading}>Try it</h3>
        <p className={styles.text}>Solution and starter go through the checks on every case, the hidden ones too, as a student’s answer will.</p>
        {exercise === undefined && <p className={styles.problem}>First correct what is wrong: {problems.map(({ path }) => placeText(path)).slice(0, 5).join(', ')}.</p>}
        <div className={styles.actions}>
          <Button label="Try it" icon="play" look="primary" disabled={exercise === undefined} aria-disabled={progress !== undefined} onClick={() => void attempt()} />
          {progress !== undefined && <progress value={progress.done} max={progress.of} aria-label="Cases that have been tried" />}
        </div>
        <div role="status">
          {tried !== undefined && judged(tried.result).map(({ right, sentence }) => (
            <p key={sentence} className={classNames(styles.verdict, right ? styles.right : styles.wrong)}><Icon name={right ? 'ok' : 'warn'} /> {sentence}</p>
          ))}
          {tried !== undefined && tried.of !== draft && <p className={styles.small}>You have changed it since: try it again.</p>}
        </div>
        {failure !== '' && <p className={styles.problem} role="alert">It could not be tried: {failure}</p>}
        {tried !== undefined && <Results {...tried.result} />}
      </section>
      {exercise !== undefined && <GiveAway key={JSON.stringify(exercise)} onClose={onClose} />}
    </>
  )
}

const WORDS = { passed: 'passes', failed: 'fails', open: 'open' } as const

/** Check by check, what the two scripts come to. */
function Results({ solution, starter }: Tried) {
  const cell = (result: TrialResult | undefined) => (
    <td data-state={result?.state ?? 'open'}>
      <b>{WORDS[result?.state ?? 'open']}</b>
      {result?.found !== undefined && <span className={styles.small}> {result.trial === undefined ? '' : `On ${result.trial.name}: `}{result.found}</span>}
    </td>
  )
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="Verdicts">
      <table className={styles.table}>
        <thead><tr><th scope="col">Check</th><th scope="col">Solution</th><th scope="col">Starter</th></tr></thead>
        <tbody>
          {solution.results.map((result) => (
            <tr key={result.id}><th scope="row"><code>{result.id}</code> {result.wanted}</th>{cell(result)}{cell(starter.results.find(({ id }) => id === result.id))}</tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A link or a file; either opens on anybody's page, and can be edited there again. */
function GiveAway({ onClose }: { readonly onClose: () => void }) {
  const { draft } = useAuthoring()
  const [exercise] = useState(() => exerciseOf(draft))
  const [fragment] = useState(() => (exercise === undefined ? '' : toExerciseFragment({ id: exercise.id, exercise }, compress)))
  const [copied, setCopied] = useState<'yes' | 'no'>()
  const field = useRef<HTMLInputElement>(null)
  if (exercise === undefined) return null
  const address = location.origin + location.pathname + fragment
  const { sentence, tooLong } = fitOf(address.length)
  const copy = (): void => {
    navigator.clipboard.writeText(address).then(() => setCopied('yes'), () => {
      field.current?.select()
      setCopied('no')
    })
  }
  return (
    <section className={styles.stack} aria-label="Give it away">
      <h3 className={styles.heading}>Give it away</h3>
      <p className={styles.text}>
        The whole exercise is in the link, behind the #: no server sees it. So is its solution, for who takes the link apart; what they hand in is
        graded on cases that nobody can know.
      </p>
      <p className={styles.text}><b>{address.length.toLocaleString('en')}</b> characters: {sentence}.</p>
      <div className={styles.actions}>
        <input ref={field} className={classNames(styles.mono, styles.grow)} readOnly value={address} aria-label="Link to the exercise" onFocus={(event) => event.target.select()} />
        <Button label={copied === 'yes' ? 'Copied' : 'Copy the link'} icon={copied === 'yes' ? 'ok' : 'copy'} look={tooLong ? 'edge' : 'primary'} onClick={copy} />
      </div>
      <p className={styles.small} role="status">{copied === 'no' ? 'This browser does not allow copying: the link is selected, copy it with the keyboard.' : ''}</p>
      <div className={styles.actions}>
        <Button label="Save as a file" icon="save" look={tooLong ? 'primary' : 'edge'} onClick={() => saveFile([`${JSON.stringify(exercise, undefined, 2)}\n`], `${exercise.id}.exercise.json`, 'application/json')} />
        <Button label="Open it as a student does" icon="exercise" look="edge" onClick={() => { onClose(); void openExercise(exercise, undefined, fragment) }} />
      </div>
    </section>
  )
}
