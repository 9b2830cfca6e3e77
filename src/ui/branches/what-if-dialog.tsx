import { useMemo, useState } from 'react'
import type { ErrnoName } from '../../engine/abi/errno.ts'
import { useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Dialog, DialogSection } from '../widgets/dialog.tsx'
import styles from './branches.module.css'
import { makeBranch } from './lanes.ts'
import { subjectAt, wishOf, type Filled, type Subject, type WhatIf } from './what-if.ts'

const TITLES: Readonly<Record<WhatIf, readonly [title: string, sentence: string]>> = {
  fail: ['It fails', 'The call is not run, and returns an errno that it may return.'],
  skip: ['It is skipped', 'The call is not run, and returns ENOSYS, as PTRACE_VM_SKIPCALL leaves it.'],
  answer: ['It returns something else', 'The call is not run, and returns what you type.'],
  arguments: ['It is asked for something else', 'The call runs, with other arguments.'],
  run: ['It runs after all', 'The call was skipped here: in the branch it is run.'],
  hand: ['You decide from here', 'Up to this stop all goes as it went; then the tracer is you.'],
  script: ['The edited script', 'The run begins anew, with the script as it stands in the editor.'],
}

/** What a branch of the run that is shown does otherwise at the event under the cursor. */
export function WhatIfDialog({ onClose }: { readonly onClose: () => void }) {
  const trace = useApp((state) => state.trace)
  const cursor = useApp((state) => state.cursor)
  const recipe = useApp((state) => state.recipe)
  const script = useApp((state) => state.script)
  const subject = useMemo(() => (recipe === undefined ? undefined : subjectAt(trace, cursor, recipe, script)), [trace, cursor, recipe, script])
  return (
    <Dialog title="What if …" onClose={onClose}>
      {subject === undefined || subject.choices.length === 0 ? (
        <DialogSection>
          <p className={styles.text}>Nothing is decided at this event. Go to a call, or to another stop: there a branch can leave the run.</p>
        </DialogSection>
      ) : <Choices key={subject.at} subject={subject} cursor={cursor} script={script} onClose={onClose} />}
    </Dialog>
  )
}

interface ChoicesProps {
  readonly subject: Subject
  readonly cursor: number
  readonly script: string
  readonly onClose: () => void
}

function Choices({ subject, cursor, script, onClose }: ChoicesProps) {
  const { call, at, choices, errnos } = subject
  const [filled, setFilled] = useState<Filled>({ choice: choices[0] ?? 'skip', errno: errnos[0], onwards: false, result: '', args: {} })
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string>()
  const change = (part: Partial<Filled>): void => {
    setFilled({ ...filled, ...part })
    setProblem(undefined)
  }
  const wish = wishOf(subject, cursor, script, filled)
  const go = (): void => {
    if (typeof wish === 'string') {
      setProblem(wish)
      return
    }
    onClose()
    void makeBranch({ name: name.trim() || wish.name, at: wish.at, does: wish.does })
  }
  return (
    <form onSubmit={(event) => { event.preventDefault(); go() }}>
      <DialogSection>
        <p className={styles.text}>
          {call === undefined ? `At event #${cursor.toLocaleString('en')}.` : <>At event #{at.toLocaleString('en')}, <code>{call.name}({call.args.map((arg) => arg.brief).join(', ')}) = {call.result.brief}</code>.</>}
          {' '}Up to there, the branch is this run.
        </p>
        <fieldset className={styles.choices}>
          <legend className={styles.said}>What is otherwise</legend>
          {choices.map((choice) => (
            <div key={choice} className={styles.choice}>
              <label>
                <input type="radio" name="what-if" checked={filled.choice === choice} aria-describedby={`what-if-${choice}`} onChange={() => change({ choice })} />
                {TITLES[choice][0]}
              </label>
              <small id={`what-if-${choice}`}>{TITLES[choice][1]}</small>
              {filled.choice === choice && <Details choice={choice} subject={subject} filled={filled} onChange={change} />}
            </div>
          ))}
        </fieldset>
      </DialogSection>
      <DialogSection>
        <div className={styles.foot}>
          <label className={styles.nameField}>
            <span>Name</span>
            <input value={name} maxLength={60} placeholder={typeof wish === 'string' ? 'branch' : wish.name} onChange={(event) => setName(event.target.value)} />
          </label>
          <Button label="Branch" look="primary" type="submit" />
        </div>
        {problem !== undefined && <p className={styles.problem} role="alert">{problem}</p>}
      </DialogSection>
    </form>
  )
}

interface DetailsProps {
  readonly choice: WhatIf
  readonly subject: Subject
  readonly filled: Filled
  readonly onChange: (part: Partial<Filled>) => void
}

function Details({ choice, subject: { errnos, call }, filled, onChange }: DetailsProps) {
  switch (choice) {
    case 'fail':
      return (
        <div className={styles.details}>
          <select aria-label="Errno" value={filled.errno} onChange={(event) => onChange({ errno: event.target.value as ErrnoName })}>
            {errnos.map((errno) => <option key={errno}>{errno}</option>)}
          </select>
          <label><input type="checkbox" checked={filled.onwards} onChange={(event) => onChange({ onwards: event.target.checked })} /> and so does every later {call?.name}</label>
        </div>
      )
    case 'answer':
      return (
        <div className={styles.details}>
          <input aria-label="Result" value={filled.result} placeholder="0, 51, ENOSPC" spellCheck={false} onChange={(event) => onChange({ result: event.target.value })} />
        </div>
      )
    case 'arguments':
      return (
        <div className={styles.arguments}>
          {call?.args.map(({ name, index, raw, text }) => (
            <label key={name}>
              <span>{name}</span>
              <input
                value={filled.args[index] ?? ''} placeholder={`${raw}`} spellCheck={false}
                onChange={(event) => onChange({ args: { ...filled.args, [index]: event.target.value } })}
              />
              <small title={text}>{text}</small>
            </label>
          ))}
        </div>
      )
    default:
      return null
  }
}
