import { useEffect, useRef, useState } from 'react'
import { commonEvents } from '../../engine/diff/common.ts'
import type { Recipe } from '../../engine/recipe.ts'
import styles from '../branches/branches.module.css'
import { makeBranch, openLane } from '../branches/lanes.ts'
import type { AsideRun } from '../session/aside.ts'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Chip } from '../widgets/chip.tsx'
import { Dialog, DialogSection } from '../widgets/dialog.tsx'
import chaos from './chaos.module.css'
import { endText, groupOutcomes, isBad, schedulesText, writtenText, type OutcomeGroup } from './outcome-group.ts'
import { SCHEDULES, trySchedules, type Trial } from './try-schedules.ts'

interface SchedulesDialogProps {
  readonly onClose: () => void
}

/** What was found of a run stays as long as the run is shown. */
const known = new WeakMap<Recipe, Trial>()

/** Runs what is shown under a hundred schedules, in the background, and tells what came out. */
export function SchedulesDialog({ onClose }: SchedulesDialogProps) {
  const recipe = useApp((state) => state.recipe)
  const isOver = useApp((state) => state.phase === 'ended')
  const why = recipe === undefined || !isOver ? 'Schedules are tried of a run that is over. Let this one end first.' : whyNot(recipe)
  return (
    <Dialog title="Try 100 schedules" onClose={onClose} wide>
      {recipe === undefined || why !== undefined ? <DialogSection><p className={styles.text}>{why}</p></DialogSection> : <Trying key={recipe.schedule ?? 0} recipe={recipe} onClose={onClose} />}
    </Dialog>
  )
}

/** What was decided at an event of one schedule says nothing about another one's. */
const whyNot = ({ hand, forced = [] }: Recipe): string | undefined => {
  if (hand !== undefined) return 'This run was decided by hand, stop by stop, and under another schedule there are other stops. Try the schedules of a script’s run.'
  return forced.length > 0 ? 'In this branch a call is forced at an event, and under another schedule there is another event in its place. Go to the run that it leaves.' : undefined
}

/** The branch of a schedule, if there is one: it leaves the lane that is shown. */
const laneOf = (schedule: number): number =>
  app.getState().branches.findIndex(({ does, parent }) => does.kind === 'schedule' && does.schedule === schedule && parent === app.getState().lane)

function Trying({ recipe, onClose }: { readonly recipe: Recipe } & SchedulesDialogProps) {
  const [trial, setTrial] = useState(known.get(recipe))
  const [running, setRunning] = useState(false)
  const [problem, setProblem] = useState<string>()
  const cancel = useRef<AbortController>(undefined)
  const guests = useApp((state) => state.trace.births.filter(({ parent }) => parent !== 0).length)
  useEffect(() => () => cancel.current?.abort(), [])

  /** Makes the branch of a schedule, unless there is one; it leaves this run where their traces part. */
  const branchOf = async (schedule: number, made?: { readonly run: AsideRun; readonly beside: AsideRun }, opens = false): Promise<void> => {
    const there = laneOf(schedule)
    if (there >= 0) {
      if (opens) await openLane(there)
      return
    }
    const at = made === undefined ? 1 : Math.max(1, Math.min(commonEvents(made.beside.trace, made.run.trace) + 1, made.beside.trace.length))
    await makeBranch({ name: `schedule ${schedule}`, at, does: { kind: 'schedule', schedule } }, made?.run, opens)
  }
  const begin = async (): Promise<void> => {
    const mine = new AbortController()
    cancel.current = mine
    setRunning(true)
    setProblem(undefined)
    let branched = false
    try {
      await trySchedules(recipe, {
        signal: mine.signal,
        tell: (now) => {
          known.set(recipe, now)
          setTrial(now)
          if (now.found === undefined || branched) return
          branched = true
          void branchOf(now.found.schedule, now.found)
        },
      })
    } catch (error) {
      if (!mine.signal.aborted) setProblem(error instanceof Error ? error.message : String(error))
    }
    if (cancel.current === mine) setRunning(false)
  }
  const stop = (): void => {
    cancel.current?.abort()
    setRunning(false)
  }
  const open = (schedule: number): void => {
    stop()
    onClose()
    void branchOf(schedule, trial?.found?.schedule === schedule ? trial.found : undefined, true)
  }
  const compare = (schedule: number): void => {
    const lane = laneOf(schedule)
    if (lane < 0) return
    stop()
    app.getState().branch({ compared: [app.getState().lane, lane] })
    app.getState().show({ dialog: 'diff' })
  }
  const done = trial?.tried.length ?? 0
  const speed = trial === undefined || trial.took === 0 || done === 0 ? '' : `, ${((1000 * done) / trial.took).toFixed(1)} a second`
  const found = trial?.found?.schedule
  return (
    <>
      <DialogSection>
        <p className={styles.text}>
          Who of several tasks runs next, and for how long, is the schedule’s to say. A program that is right is right under every one of
          them. Here the same run is made under schedules 1 to {SCHEDULES}; each is a seed, and gives the same run whenever it is tried.
        </p>
        {guests < 2 && <p className={styles.small}>Only one task runs here: no schedule changes what it does. Choose a guest that forks or has threads.</p>}
        <div className={styles.line}>
          <span />
          {running ? <Button label="Cancel" look="edge" onClick={stop} /> : <Button label={trial === undefined ? `Try ${SCHEDULES}` : 'Try again'} look="primary" onClick={() => void begin()} />}
        </div>
        {problem !== undefined && <p className={styles.problem} role="alert">{problem}</p>}
        {(trial !== undefined || running) && (
          <>
            <progress className={styles.progress} value={done} max={SCHEDULES} aria-label="Schedules that have been tried" />
            <p className={styles.small} role="status">
              {done} of {SCHEDULES} schedules{speed}{running ? '.' : done < SCHEDULES ? '. Cancelled.' : found === undefined ? '. All come to the same end.' : '. All have been tried.'}
            </p>
          </>
        )}
      </DialogSection>
      {found !== undefined && (
        <DialogSection>
          <div className={chaos.found}>
            <p role="status">Schedule {found} is the first that comes to another end. It is a branch now.</p>
            <div className={styles.buttons}>
              <Button label="Compare with this run" look="edge" onClick={() => compare(found)} />
              <Button label={`Open schedule ${found}`} look="primary" onClick={() => open(found)} />
            </div>
          </div>
        </DialogSection>
      )}
      {trial !== undefined && done > 0 && <DialogSection><Outcomes groups={groupOutcomes(trial.usual, trial.tried)} onOpen={open} /></DialogSection>}
    </>
  )
}

interface OutcomesProps {
  readonly groups: readonly OutcomeGroup[]
  readonly onOpen: (schedule: number) => void
}

function Outcomes({ groups, onOpen }: OutcomesProps) {
  return (
    <div className={styles.scroll} role="region" aria-label="What came out" tabIndex={0}>
      <table className={chaos.outcomes}>
        <thead><tr><th scope="col">How many</th><th scope="col">End</th><th scope="col">What was written</th><th scope="col">Schedules</th></tr></thead>
        <tbody>
          {groups.map(({ schedules, ending, usual }, i) => {
            const [first] = schedules
            return (
              <tr key={i} data-usual={usual || undefined}>
                <th scope="row" className={chaos.count}>{schedules.length}</th>
                <td><Chip tone={isBad(ending) ? 'danger' : usual ? 'plain' : 'warn'}>{endText(ending)}</Chip>{usual && <span className={chaos.which}> as this run</span>}</td>
                <td><p className={chaos.written} dir="auto">{writtenText(ending) || '(nothing)'}</p></td>
                <td className={chaos.which}>
                  {schedulesText(schedules)}
                  {!usual && first !== undefined && <> <button type="button" className={styles.link} aria-label={`Open schedule ${first}`} onClick={() => onOpen(first)}>Open {first}</button></>}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
