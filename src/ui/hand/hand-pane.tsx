import { useEffect, useMemo, useRef } from 'react'
import { editsOf } from '../../engine/decision/consequence.ts'
import { standingAt } from '../../engine/decision/effect.ts'
import { tracedCall } from '../../engine/decode/call.ts'
import { signoText } from '../../engine/decode/request.ts'
import type { Decision } from '../../engine/recipe.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { CommandButton } from '../commands/command-button.tsx'
import { app, useApp } from '../state/store.ts'
import { classNames } from '../widgets/class-names.ts'
import { CellStrip } from './cell-strip.tsx'
import { CHOICES, choiceOf } from './choice.ts'
import styles from './hand-pane.module.css'

/** So many of the last decisions are listed: nobody makes more by hand, but a link may hold them. */
const LISTED = 500

/** The run by hand: what was decided, stop by stop, and which cell of the table that was. */
export function HandPane() {
  const byHand = useApp((state) => state.recipe?.hand !== undefined)
  const guest = useApp((state) => state.guest)
  if (!byHand) {
    return (
      <div className={styles.start}>
        <p>You are the tracer: {guest} will stop at every call, and you decide what becomes of it.</p>
        <CommandButton id="run" word="Start" icon="play" look="primary" cap />
      </div>
    )
  }
  return <div className={styles.pane}><Decisions /><CellStrip /></div>
}

interface Row {
  readonly seq: number
  readonly what: string
  readonly choice: string
  readonly set: string
}

const rowOf = (trace: Trace, decision: Decision): Row | undefined => {
  const stop = standingAt(trace, decision.at)
  if (stop === undefined) return undefined
  const args = tracedCall(trace, decision.at, 'before')?.args
  const edits = editsOf(decision, (index) => args?.find((arg) => arg.index === index)?.name ?? `args[${index}]`)
  const choice = choiceOf(stop, decision)
  const gives = decision.signal !== 0 && decision.signal !== stop.signo ? [`gives ${signoText(decision.signal)}`] : []
  return {
    seq: decision.at,
    what: stop.kind === 'entry' ? stop.call : stop.kind === 'exit' ? `… ${stop.call}` : stop.kind === 'event' ? 'event' : signoText(stop.signo),
    choice: CHOICES[choice].title,
    set: [...edits, ...gives].join(', '),
  }
}

function Decisions() {
  const trace = useApp((state) => state.trace)
  const length = useApp((state) => state.traceLength)
  const hand = useApp((state) => state.recipe?.hand)
  const waiting = useApp((state) => state.decisionAt?.seq)
  const current = useApp((state) => (state.decisionAt?.seq === state.cursor ? state.cursor : state.recipe?.hand?.findLast(({ at }) => at <= state.cursor)?.at))
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useMemo(
    () => (hand ?? []).slice(-LISTED).map((decision) => (decision.at > length ? undefined : rowOf(trace, decision))).filter((row) => row !== undefined),
    [trace, length, hand],
  )
  const present = useMemo(() => (waiting === undefined ? undefined : standingAt(trace, waiting)), [trace, waiting])
  useEffect(() => {
    const box = scroller.current
    if (box === null) return
    const show = (): void => box.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
    show()
    // The strip below grows with its sentence, and takes the room away again.
    const resized = new ResizeObserver(show)
    resized.observe(box)
    return () => resized.disconnect()
  }, [current, rows])
  const earlier = Math.max(0, (hand?.length ?? 0) - LISTED)
  return (
    <div className={styles.scroller} ref={scroller}>
      <p className={styles.intro}>Every decision is part of the recipe: the same run follows from the link.{earlier > 0 && ` ${earlier} earlier ones are not listed.`}</p>
      <table className={styles.table} aria-label="Decisions">
        <thead><tr><th scope="col">seq</th><th scope="col">call</th><th scope="col">decision</th><th scope="col">set</th></tr></thead>
        <tbody>
          {rows.map(({ seq, what, choice, set }) => (
            <tr key={seq} className={classNames(seq === current && styles.current)} aria-current={seq === current ? 'true' : undefined} onClick={() => app.getState().moveTo(seq)}>
              <td><SeqButton seq={seq} /></td><td className={styles.what} title={what}>{what}</td><td>{choice}</td><td className={styles.set} title={set}>{set}</td>
            </tr>
          ))}
          {present !== undefined && waiting !== undefined && (
            <tr data-waiting className={classNames(styles.waiting, waiting === current && styles.current)} aria-current={waiting === current ? 'true' : undefined} onClick={() => app.getState().moveTo(waiting)}>
              <td><SeqButton seq={waiting} /></td>
              <td className={styles.what}>{present.kind === 'exit' ? `… ${present.call}` : present.call || signoText(present.signo)}</td>
              <td colSpan={2}>waiting for you</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
}

function SeqButton({ seq }: { readonly seq: number }) {
  return <button type="button" className={styles.seq} aria-label={`Event ${seq}`} onClick={() => app.getState().moveTo(seq)}>{seq}</button>
}
