import { useEffect, useMemo, useRef, useState } from 'react'
import { recipeWith } from '../../engine/fault/plan.ts'
import { OUTCOMES, type OutcomeKind } from '../../engine/fault/outcome.ts'
import type { Recipe } from '../../engine/recipe.ts'
import { makeBranch } from '../branches/lanes.ts'
import styles from '../branches/branches.module.css'
import { useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Chip, type Tone } from '../widgets/chip.tsx'
import { Dialog, DialogSection } from '../widgets/dialog.tsx'
import { explore, type Exploration, type Found } from './explore.ts'

const WORDS: Readonly<Record<OutcomeKind, readonly [word: string, tone: Tone]>> = {
  same: ['same output', 'plain'], clean: ['clean error', 'ok'], wrong: ['wrong output', 'danger'], crash: ['crash', 'danger'],
  hang: ['hang', 'warn'], tracer: ['tracer failed', 'plain'],
}

/** The worst first. */
const GRAVITY: readonly OutcomeKind[] = ['wrong', 'crash', 'hang', 'tracer', 'clean', 'same']

/** What was found of a run stays as long as the run is shown. */
const known = new WeakMap<Recipe, Exploration>()

/** Fails every call of the run that is shown in every way, in the background, and says what comes of it. */
export function FaultsDialog({ onClose }: { readonly onClose: () => void }) {
  const recipe = useApp((state) => state.recipe)
  const isOver = useApp((state) => state.phase === 'ended' && state.end?.kind === 'exited')
  return (
    <Dialog title="Fault explorer" onClose={onClose} wide>
      {recipe === undefined || !isOver
        ? <DialogSection><p className={styles.text}>The explorer begins with a run that has come to its end. Let this one end first.</p></DialogSection>
        : <Explorer recipe={recipe} onClose={onClose} />}
    </Dialog>
  )
}

type Order = 'call' | 'errno' | 'outcome'

function Explorer({ recipe, onClose }: { readonly recipe: Recipe; readonly onClose: () => void }) {
  const trace = useApp((state) => state.trace)
  const [state, setState] = useState(known.get(recipe))
  const [running, setRunning] = useState(false)
  const [onwards, setOnwards] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [wanted, setWanted] = useState<OutcomeKind | 'all'>('all')
  const [text, setText] = useState('')
  const [order, setOrder] = useState<Order>('outcome')
  const cancel = useRef<AbortController>(undefined)
  useEffect(() => () => cancel.current?.abort(), [])

  const begin = async (): Promise<void> => {
    const mine = new AbortController()
    cancel.current = mine
    setRunning(true)
    setProblem(undefined)
    try {
      await explore(recipe, trace, {
        onwards, signal: mine.signal,
        tell: (now) => {
          known.set(recipe, now)
          setState(now)
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
  const open = ({ fault }: Found): void => {
    stop()
    onClose()
    const { budget } = recipeWith(recipe, trace, fault)
    const more = fault.forced.onwards === true ? ' from then on' : ''
    void makeBranch({ name: `${fault.name} ${fault.errno}${more}`, at: fault.call, does: { kind: 'forced', forced: fault.forced }, budget })
  }
  const total = state?.plan.faults.length ?? 0
  const done = state?.found.length ?? 0
  const speed = state === undefined || state.took === 0 ? '' : `, ${((1000 * done) / state.took).toFixed(1)} a second`
  return (
    <>
      <DialogSection>
        <p className={styles.text}>
          Every call of this run is made to fail, with every errno that its manual page has, each time in a branch of its own. What then
          matters is what the guest makes of it: wrong output with exit status 0 is worse than an error.
        </p>
        <div className={styles.line}>
          <label className={styles.filters}><input type="checkbox" checked={onwards} disabled={running} onChange={(event) => setOnwards(event.target.checked)} /> calls keep failing from then on</label>
          {running ? <Button label="Cancel" look="edge" onClick={stop} /> : <Button label={state === undefined ? 'Explore' : 'Explore again'} look="primary" onClick={() => void begin()} />}
        </div>
        {problem !== undefined && <p className={styles.problem} role="alert">{problem}</p>}
        {state !== undefined && (
          <>
            <progress className={styles.progress} value={done} max={Math.max(1, total)} aria-label="Branches that have been run" />
            <p className={styles.small} role="status">
              {done.toLocaleString('en')} of {total.toLocaleString('en')} branches{speed}{running ? '.' : done < total ? '. Cancelled.' : '. All have been run.'}
            </p>
          </>
        )}
      </DialogSection>
      {state !== undefined && done > 0 && (
        <DialogSection>
          <div className={styles.filters}>
            <label>Outcome
              <select value={wanted} onChange={(event) => setWanted(event.target.value as OutcomeKind | 'all')}>
                <option value="all">all ({done})</option>
                {OUTCOMES.map((kind) => <option key={kind} value={kind}>{WORDS[kind][0]} ({state.found.filter(({ outcome }) => outcome.kind === kind).length})</option>)}
              </select>
            </label>
            <label>Call or errno <input value={text} spellCheck={false} onChange={(event) => setText(event.target.value)} /></label>
          </div>
          <Table found={state.found} wanted={wanted} text={text} order={order} onOrder={setOrder} onOpen={open} />
        </DialogSection>
      )}
    </>
  )
}

interface TableProps {
  readonly found: readonly Found[]
  readonly wanted: OutcomeKind | 'all'
  readonly text: string
  readonly order: Order
  readonly onOrder: (order: Order) => void
  readonly onOpen: (found: Found) => void
}

const gravity = ({ outcome }: Found): number => GRAVITY.indexOf(outcome.kind)

const ORDERS: Readonly<Record<Order, (a: Found, b: Found) => number>> = {
  call: (a, b) => a.fault.call - b.fault.call,
  errno: (a, b) => (a.fault.errno < b.fault.errno ? -1 : a.fault.errno > b.fault.errno ? 1 : a.fault.call - b.fault.call),
  outcome: (a, b) => gravity(a) - gravity(b) || a.fault.call - b.fault.call,
}

/** More rows than this are not drawn: who looks for one filters. */
const MOST_ROWS = 500

/** By call site, in the order in which the sites come. */
const grouped = (rows: readonly Found[]): readonly (readonly [string, readonly Found[]])[] => {
  const groups = new Map<string, Found[]>()
  for (const row of rows) {
    const group = groups.get(row.fault.site)
    if (group === undefined) groups.set(row.fault.site, [row])
    else group.push(row)
  }
  return [...groups]
}

function Table({ found, wanted, text, order, onOrder, onOpen }: TableProps) {
  const sites = useMemo(() => {
    const word = text.trim().toLowerCase()
    const rows = found
      .filter(({ outcome, fault }) => (wanted === 'all' || outcome.kind === wanted) && `${fault.site} ${fault.errno}`.toLowerCase().includes(word))
      .toSorted(ORDERS[order])
    const shown = rows.slice(0, MOST_ROWS)
    return { groups: grouped(shown), left: rows.length - shown.length }
  }, [found, wanted, text, order])
  const head = (by: Order, title: string) => (
    <th scope="col" aria-sort={order === by ? 'ascending' : undefined}><button type="button" onClick={() => onOrder(by)}>{title}{order === by ? ' ▾' : ''}</button></th>
  )
  return (
    <div className={styles.scroll} role="region" aria-label="What came of it" tabIndex={0}>
      <table className={styles.found}>
        <thead><tr>{head('call', 'Event')}{head('errno', 'Errno')}{head('outcome', 'Outcome')}<th scope="col">What the guest did</th></tr></thead>
        {sites.groups.map(([site, rows]) => (
          <tbody key={site}>
            <tr><th scope="rowgroup" colSpan={4}>{site}</th></tr>
            {rows.map((one) => (
              <tr key={`${one.fault.call} ${one.fault.errno}`}>
                <td>
                  <button type="button" className={styles.link} title="Open this branch" aria-label={`Open #${one.fault.call}, ${one.fault.name} ${one.fault.errno}`} onClick={() => onOpen(one)}>
                    #{one.fault.call.toLocaleString('en')}
                  </button>
                </td>
                <td><code>{one.fault.errno}</code></td>
                <td><Chip tone={WORDS[one.outcome.kind][1]}>{WORDS[one.outcome.kind][0]}</Chip></td>
                <td>{one.outcome.sentence}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      {sites.left > 0 && <p className={styles.small}>{sites.left.toLocaleString('en')} more: filter to see them.</p>}
    </div>
  )
}
