import { useCallback, useEffect, useRef, useState } from 'react'
import { savings } from '../../engine/cost/saving.ts'
import { WAYS, type Way } from '../../engine/cost/way.ts'
import { REQUEST_COST, STOP_COST } from '../../engine/kernel/cost.ts'
import type { Recipe } from '../../engine/recipe.ts'
import { virtualTime } from '../shell/time.ts'
import { useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Dialog, DialogSection } from '../widgets/dialog.tsx'
import { CostTable, type Table } from './cost-table.tsx'
import styles from './cost.module.css'
import { measureWays } from './measure.ts'

/** What has been measured; a run is a function of its recipe, and so is its cost. */
const known = new WeakMap<Recipe, Table>()

/** What the run cost, and what its guest costs when it is traced in other ways. */
export function CostDialog({ onClose }: { readonly onClose: () => void }) {
  const recipe = useApp((state) => state.recipe)
  return (
    <Dialog title="What it costs" onClose={onClose} wide>
      <DialogSection><ThisRun /></DialogSection>
      {recipe !== undefined && <DialogSection><OtherWays key={recipe.programs[0]?.hash} recipe={recipe} /></DialogSection>}
    </Dialog>
  )
}

function ThisRun() {
  const counts = useApp((state) => state.counts)
  const trace = useApp((state) => state.trace)
  const length = useApp((state) => state.traceLength)
  if (counts === undefined) return <p className={styles.text}>The run has not ended yet: then its stops, requests and calls are counted here.</p>
  const figures = [
    ['Stops', counts.stops], ['Requests', counts.requests], ['Calls', counts.calls], ['Bytes peeked', counts.bytesPeeked],
    ['Suspensions', counts.suspensions],
  ] as const
  return (
    <>
      <h3 className={styles.head}>This run</h3>
      <dl className={styles.figures}>
        {figures.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value.toLocaleString('en')}</dd></div>)}
        <div><dt>Virtual time</dt><dd>{virtualTime(trace.events.columns.time[length - 1] ?? 0)}</dd></div>
      </dl>
      <p className={styles.small}>
        A stop costs {STOP_COST.toLocaleString('en')} ns of virtual time, two switches between tracer and guest; a request {REQUEST_COST} ns,
        and those inside a MULTI nothing more. A suspension is a guest’s stack put aside by the browser: it costs no virtual time.
      </p>
    </>
  )
}

function OtherWays({ recipe }: { readonly recipe: Recipe }) {
  const [table, setTable] = useState<Table>(known.get(recipe) ?? {})
  const [running, setRunning] = useState<Way>()
  const [problem, setProblem] = useState<string>()
  const cancel = useRef<AbortController>(undefined)
  const done = WAYS.every((way) => table[way] !== undefined)

  const measure = useCallback(async (): Promise<void> => {
    cancel.current?.abort()
    const mine = new AbortController()
    cancel.current = mine
    let found: Table = {}
    setTable(found)
    setProblem(undefined)
    setRunning('native')
    try {
      await measureWays(recipe, (way, measurement) => {
        if (mine.signal.aborted) return
        setRunning(way)
        if (measurement !== undefined) setTable(found = { ...found, [way]: measurement })
      }, mine.signal)
      if (!mine.signal.aborted) known.set(recipe, found)
    } catch (error) {
      if (!mine.signal.aborted) setProblem(error instanceof Error ? error.message : String(error))
    }
    if (cancel.current === mine) setRunning(undefined)
  }, [recipe])

  useEffect(() => {
    if (known.get(recipe) === undefined) void measure()
    return () => cancel.current?.abort()
  }, [recipe, measure])

  const stop = (): void => {
    cancel.current?.abort()
    setRunning(undefined)
  }
  const name = recipe.programs[0]?.name ?? 'The guest'
  const at = running === undefined ? 0 : WAYS.indexOf(running) + 1
  return (
    <>
      <h3 className={styles.head}>The same guest, {WAYS.length} ways</h3>
      <p className={styles.text}>
        {name} runs again under small tracers of ours, in machines beside the one that you see. All look at what its calls are given,
        but for the last two, which answer its calls as the first run has seen them answered.
      </p>
      <CostTable table={table} running={running} />
      <div className={styles.line}>
        <p className={styles.small} role="status">
          {problem ?? (running !== undefined ? `Measuring, ${at} of ${WAYS.length}.` : done ? 'All are measured.' : 'Cancelled.')}
        </p>
        {running !== undefined ? <Button label="Cancel" look="edge" onClick={stop} /> : <Button label="Measure again" look="edge" onClick={() => void measure()} />}
      </div>
      <ul className={styles.savings}>{savings(table).map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
      <p className={styles.small}>
        The right column is Davoli’s measurement of 2006 on a PowerPC: seconds of a cp under umview, without MULTI, with it, with SYSVM,
        which the tags replaced, and native. Bars grow with the logarithm of the slowdown.
      </p>
    </>
  )
}
