import { useRef, useState } from 'react'
import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { seekOnTrack } from '../commands/walk.ts'
import { app } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import type { ProgramSource } from './program-source.ts'
import styles from './source.module.css'
import { backward, forward, toLine, type LineOf, type Stride } from './stepper.ts'
import { goWithin, listMore, stepsKnown, useWithin } from './within.ts'

interface StepBarProps {
  readonly known: ProgramSource
  readonly trace: Trace
  readonly seq: Seq
  readonly breakpoints: ReadonlySet<number>
  /** By lines of the C text, or by instructions alone. */
  readonly byLine: boolean
}

/** Events that a run to a breakpoint passes before it asks. */
const MOST_EVENTS = 2000

/** The next event of the guest itself, at which it stands again. */
const nextStand = (trace: Trace, from: Seq): Seq => {
  for (let seq = seekOnTrack(trace, from, 1); seq > 0; seq = seekOnTrack(trace, seq, 1)) {
    const { kind } = trace.events.columns
    if (kind[seq - 1] !== EventKind.request) return seq
  }
  return 0
}

/** Steps through what the guest ran between its events, forward and back: it is made again at each place. */
export function StepBar({ known, trace, seq, breakpoints, byLine }: StepBarProps) {
  const steps = useWithin(trace, seq)
  const [busy, setBusy] = useState(false)
  const [says, setSays] = useState('')
  const turn = useRef(0)
  const { source, text } = known
  const lineOf: LineOf = (pc) => {
    const place = source.lineOf(pc)
    return place !== undefined && (text === undefined || place.file === text.path) ? place.line : undefined
  }

  /** From a place behind an event to the next one that is wanted, over as many events as `events` allows. */
  const seekForward = async (find: (from: number) => number | undefined, events: number): Promise<void> => {
    const mine = ++turn.current
    setBusy(true)
    setSays('')
    let at = { seq, steps }
    for (let left = events; mine === turn.current; ) {
      const state = stepsKnown(trace, at.seq)
      current = state.known
      const to = find(at.steps)
      if (to !== undefined) {
        if (at.seq !== seq) app.getState().moveTo(at.seq)
        goWithin(trace, at.seq, to)
        break
      }
      if (!state.over) {
        const sentence = await listMore(trace, at.seq)
        if (sentence === undefined) continue
        setSays(sentence)
        break
      }
      const next = nextStand(trace, at.seq)
      if (next === 0) {
        setSays('Nothing more of it runs: the guest has ended, or the trace has.')
        break
      }
      if (left-- <= 0) {
        app.getState().moveTo(next)
        break
      }
      at = { seq: next, steps: 0 }
    }
    if (mine === turn.current) setBusy(false)
  }
  let current = stepsKnown(trace, seq).known
  const go = (stride: Stride) => () => void seekForward((from) => forward(current, from, stride, lineOf), 0)
  const back = (stride: Stride) => () => goWithin(trace, seq, backward(stepsKnown(trace, seq).known, steps, stride, lineOf))
  const run = () => void seekForward((from) => toLine(current, from, breakpoints, lineOf), MOST_EVENTS)

  return (
    <div className={styles.stepBar} role="toolbar" aria-label="Step through the guest’s own code">
      {byLine && (
        <>
          <Button label="Over" title="To the next line, over the functions that this one calls" look="edge" small disabled={busy} onClick={go('over')} />
          <Button label="Into" title="To the next line, into functions" look="edge" small disabled={busy} onClick={go('into')} />
          <Button label="Out" title="Out of this function" look="edge" small disabled={busy} onClick={go('out')} />
        </>
      )}
      <Button label="Instruction" title="To the next instruction" look="edge" small disabled={busy} onClick={go('instruction')} />
      <Button label="Back" title={byLine ? 'To the line before' : 'To the instruction before'} look="edge" small disabled={busy || steps === 0} onClick={back(byLine ? 'over' : 'instruction')} />
      {breakpoints.size > 0 && (busy
        ? <Button label="Cancel" look="edge" small onClick={() => { turn.current++; setBusy(false) }} />
        : <Button label="To a breakpoint" title="On to the next line with a breakpoint, between events as well" icon="forward" look="edge" small onClick={run} />)}
      <span className={styles.within} role="status">
        {busy ? 'Making the guest again…' : says !== '' ? says : steps > 0 ? `${steps.toLocaleString('en')} ${steps === 1 ? 'instruction' : 'instructions'} behind event ${seq.toLocaleString('en')}` : ''}
      </span>
    </div>
  )
}
