import { useEffect, useRef, useState, type FocusEvent } from 'react'
import { CommandButton } from '../commands/command-button.tsx'
import { useWidth } from '../shell/use-media.ts'
import type { Standing } from '../../engine/decision/effect.ts'
import { decidingAt, type Choice } from '../state/hand.ts'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { classNames } from '../widgets/class-names.ts'
import { ArgumentFields } from './argument-fields.tsx'
import { CHOICES, choicesAt } from './choice.ts'
import { Consequence } from './consequence-line.tsx'
import { take } from './decide.ts'
import styles from './hand.module.css'
import { MemoryFields } from './memory-fields.tsx'
import { PastLine } from './past-line.tsx'
import { Question, Verdict } from './quiz.tsx'
import { ResultField } from './result-field.tsx'
import { SignalField } from './signal-field.tsx'
import { useStanding } from './use-standing.ts'

/** The decision bar: there as long as the run that is shown is one by hand. */
export function DecisionBar() {
  const byHand = useApp((state) => state.recipe?.hand !== undefined && state.phase !== 'idle' && state.phase !== 'loading')
  return byHand ? <Bar /> : null
}

function Bar() {
  const at = useApp(decidingAt)
  const ended = useApp((state) => state.phase === 'ended')
  const waits = useApp((state) => state.decisionAt !== undefined)
  const asks = useApp((state) => state.question !== undefined)
  // Between two stops the bar stays as it was, or the focus would have nowhere to be.
  const [last, setLast] = useState(at)
  if (at !== 0 && at !== last) setLast(at)
  const stop = useStanding(last)
  const bar = useRef<HTMLElement>(null)
  const focused = useRef(false)

  useEffect(() => {
    if (at === 0 || asks || !focused.current) return
    const active = document.activeElement
    if (active instanceof HTMLElement && bar.current?.contains(active) === true) return
    bar.current?.querySelector<HTMLElement>('[data-choice]')?.focus()
  }, [at, asks])

  const blur = (event: FocusEvent): void => {
    // A button that goes away takes the focus along; a person who leaves takes it somewhere.
    if (event.relatedTarget instanceof Node && bar.current?.contains(event.relatedTarget) !== true) focused.current = false
  }

  const past = ended || (waits && at === 0)
  return (
    <section
      ref={bar} className={styles.bar} aria-label="Decision" data-pane="Decision" tabIndex={-1}
      onFocus={() => { focused.current = true }} onBlur={blur}
    >
      <Verdict />
      {past ? <PastLine /> : stop === undefined ? <p className={styles.question}>The guest is on its way to its first stop.</p>
        : asks ? <Question stop={stop} /> : <Choices stop={stop} waits={at !== 0} />}
    </section>
  )
}

const KINDS = { entry: 'its entry stop', exit: 'its exit stop', event: 'an event stop', signal: 'a signal stop', group: 'a group-stop' } as const

function Choices({ stop, waits }: { readonly stop: Standing; readonly waits: boolean }) {
  const quiz = useApp((state) => state.quiz)
  const pointed = useApp((state) => state.pointed)
  const panel = useApp((state) => state.panel)
  const prepared = useApp((state) => state.edits.result.trim() !== '')
  const phone = useWidth() === 'phone'
  const [more, setMore] = useState(false)
  const choices = choicesAt(stop)
  const usual: Choice = stop.kind === 'entry' && prepared ? 'skip-call' : (choices[0] ?? 'continue')
  const shown = pointed !== undefined && choices.includes(pointed) ? pointed : usual
  const inCall = stop.kind === 'entry' || stop.kind === 'exit'
  const deciding = choices.filter((choice) => choice !== 'detach' && choice !== 'kill')
  // A phone has room for what is decided all the time.
  const first = phone && !more ? deciding.filter((choice) => choice !== 'sysemu' && choice !== 'free') : deciding
  const all = !phone || more || panel !== 'none'
  return (
    <div className={styles.body} data-waits={waits || undefined}>
      <div className={styles.head}>
        <p className={styles.question}>
          {inCall && <><code className={styles.call}>{stop.call}</code> of </>}
          {stop.task} (task {stop.pid}) is at {KINDS[stop.kind]}{stop.emulated ? ', and PTRACE_SYSEMU led here' : ''}. What should happen?
        </p>
        <label className={styles.quiz}>
          <input type="checkbox" checked={quiz} onChange={(event) => app.getState().prepare({ quiz: event.target.checked })} /> Quiz
        </label>
      </div>
      <div className={styles.row} role="group" aria-label="What to do with the stop">
        {first.map((choice) => <ChoiceButton key={choice} stop={stop} choice={choice} primary={choice === usual} />)}
        {all && <span className={styles.grow} />}
        {all && <ChoiceButton stop={stop} choice="detach" primary={false} />}
        {all && <ChoiceButton stop={stop} choice="kill" primary={false} />}
      </div>
      {all && (
        <div className={styles.row} role="group" aria-label="What to change first">
          {inCall && <ResultField stop={stop} />}
          {stop.kind === 'entry' && <PanelButton id="edit-arguments" word="Edit arguments" open={panel === 'arguments'} />}
          {inCall && <PanelButton id="edit-memory" word="Write memory" open={panel === 'memory'} />}
          <PanelButton id="give-signal" word={stop.kind === 'signal' ? 'Another signal' : 'Give a signal'} open={panel === 'signal'} />
        </div>
      )}
      {all && panel === 'arguments' && stop.kind === 'entry' && <ArgumentFields key={stop.seq} stop={stop} />}
      {all && panel === 'memory' && inCall && <MemoryFields key={stop.seq} stop={stop} />}
      {all && panel === 'signal' && <SignalField key={stop.seq} stop={stop} />}
      <div className={styles.foot}>
        <p className={styles.consequence} data-testid="consequence"><Consequence stop={stop} choice={shown} /></p>
        {phone && <Button label={more ? 'Less' : 'More'} look="edge" aria-expanded={more} onClick={() => setMore(!more)} />}
      </div>
    </div>
  )
}

interface ChoiceButtonProps {
  readonly stop: Standing
  readonly choice: Choice
  readonly primary: boolean
}

function ChoiceButton({ stop, choice, primary }: ChoiceButtonProps) {
  const waits = useApp((state) => decidingAt(state) !== 0)
  const { title, keys } = CHOICES[choice]
  const point = (): void => app.getState().prepare({ pointed: choice })
  const leave = (): void => app.getState().prepare({ pointed: undefined })
  return (
    <>
      <Button
        label={title} keys={keys} look={choice === 'kill' ? 'danger' : primary ? 'primary' : 'edge'} data-choice={choice}
        className={classNames(choice === 'kill' && styles.kill)} aria-keyshortcuts={keys} aria-disabled={!waits} aria-describedby={`follows-${choice}`}
        onFocus={point} onBlur={leave} onPointerEnter={point} onPointerLeave={leave} onClick={() => take(choice)}
      />
      <span id={`follows-${choice}`} hidden><Consequence stop={stop} choice={choice} /></span>
    </>
  )
}

function PanelButton({ id, word, open }: { readonly id: string; readonly word: string; readonly open: boolean }) {
  return <span className={classNames(styles.opens, open && styles.open)}><CommandButton id={id} word={word} look="edge" cap /></span>
}
