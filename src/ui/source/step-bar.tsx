import { useRef, useState } from 'react'
import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { seek } from '../commands/walk.ts'
import { app } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import type { ProgramSource } from './program-source.ts'
import styles from './source.module.css'
import { backward, forward, toLine, type Known, type LineOf, type Stride } from './stepper.ts'
import { findWhere, type Where } from './where.ts'
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

/** The first process of a machine, the script's or init: it has no code of its own to step through. */
const FIRST = 1

const isGuest = (trace: Trace, seq: Seq): boolean => (trace.events.columns.pid[seq - 1] ?? 0) > FIRST

/** The last event of a call: behind its entry the guest runs nothing before its exit. */
const lastOf = (trace: Trace, seq: Seq): Seq => {
  const exit = trace.events.columns.kind[seq - 1] === EventKind.entry ? trace.outcome(seq)?.exit ?? 0 : 0
  return exit === 0 ? seq : exit
}

/** The next event of the guest itself, at which it stands again; from an event that is no guest's, the next one that is. */
const nextStand = (trace: Trace, from: Seq): Seq => {
  const { kind, pid } = trace.events.columns
  const wanted = isGuest(trace, from) ? pid[from - 1] : undefined
  return seek(trace, from, 1, (row) => kind[row] !== EventKind.request && (wanted === undefined ? isGuest(trace, row + 1) : pid[row] === wanted))
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

  /** The line of the file that the guest is in at an event, as it called what makes the event. */
  const startOf = (where: Where): Known['start'] => {
    const frames = where.known ? where.frames : []
    const lines = frames.map(({ codeOffset }) => (codeOffset === undefined ? undefined : lineOf(codeOffset)))
    const ours = lines.findIndex((line) => line !== undefined)
    return ours < 0 ? undefined : { line: lines[ours], depth: frames.length - ours }
  }

  /** From a place behind an event to the next one that is wanted, over as many events as `events` allows. */
  const seekForward = async (find: (known: Known, from: number) => number | undefined, events: number): Promise<void> => {
    const mine = ++turn.current
    setBusy(true)
    setSays('')
    const first = lastOf(trace, seq)
    let at = { seq: first, steps: first === seq ? steps : 0 }
    for (let left = events; mine === turn.current; ) {
      const state = stepsKnown(trace, at.seq)
      const start = at.steps === 0 ? startOf(await findWhere(trace, at.seq)) : undefined
      if (mine !== turn.current) return
      const to = find({ ...state.known, ...(start === undefined ? {} : { start }) }, at.steps)
      if (to !== undefined) {
        app.getState().moveTo(at.seq)
        goWithin(trace, at.seq, to)
        break
      }
      if (!state.over && isGuest(trace, at.seq)) {
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
  const go = (stride: Stride) => () => void seekForward((among, from) => forward(among, from, stride, lineOf), 0)
  const back = (stride: Stride) => () => goWithin(trace, seq, backward(stepsKnown(trace, seq).known, steps, stride, lineOf))
  const run = () => void seekForward((among, from) => toLine(among, from, breakpoints, lineOf), MOST_EVENTS)

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
