import { useCallback, useEffect, useMemo, useState } from 'react'
import { TRUNK } from '../../engine/branch.ts'
import { diffTraces } from '../../engine/diff/diff.ts'
import { firstDifference } from '../../engine/diff/sentence.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { loadManifest } from '../session/manifest.ts'
import { modulesOf, runAside } from '../session/aside.ts'
import { recipeOf } from '../session/recipe-of.ts'
import { laneKey, laneName, type Compared } from '../state/branches.ts'
import { app, useApp } from '../state/store.ts'
import { Dialog, DialogSection } from '../widgets/dialog.tsx'
import styles from './branches.module.css'
import { DiffList } from './diff-list.tsx'
import { growAll, openLane } from './lanes.ts'

/** Two runs side by side: of branches, of hosts, of seeds, of the run and the document as it is now. */
export function DiffDialog({ onClose }: { readonly onClose: () => void }) {
  const [left, right] = useApp((state) => state.compared)
  const branches = useApp((state) => state.branches)
  const nameOf = (one: Compared): string => (typeof one === 'number' ? laneName(branches, one) : one.name)
  const [ours, theirs] = [useRun(left), useRun(right)]
  const names: readonly [string, string] = [nameOf(left), nameOf(right)]
  const problem = ours.problem ?? theirs.problem
  const choose = (side: 0 | 1, to: Compared): void => {
    const { compared, branch } = app.getState()
    branch({ compared: side === 0 ? [to, compared[1]] : [compared[0], to] })
  }
  return (
    <Dialog title="Compare two runs" onClose={onClose} wide>
      <DialogSection>
        <div className={styles.pick}>
          <Pick label="Left" value={left} onChange={(to) => choose(0, to)} />
          <span aria-hidden="true">↔</span>
          <Pick label="Right" value={right} onChange={(to) => choose(1, to)} />
        </div>
      </DialogSection>
      {problem !== undefined ? <DialogSection><p className={styles.problem} role="alert">{problem}</p></DialogSection>
        : ours.trace === undefined || theirs.trace === undefined ? <DialogSection><p role="status" className={styles.small}>Running …</p></DialogSection>
        : <Difference left={ours.trace} right={theirs.trace} names={names} onOpen={(side, seq) => {
            const lane = side === 0 ? left : right
            if (typeof lane !== 'number') return
            onClose()
            if (app.getState().trunk === undefined) app.getState().moveTo(seq)
            else void openLane(lane, seq)
          }} lanes={[typeof left === 'number', typeof right === 'number']} />}
    </Dialog>
  )
}

interface DifferenceProps {
  readonly left: Trace
  readonly right: Trace
  readonly names: readonly [string, string]
  readonly lanes: readonly [boolean, boolean]
  readonly onOpen: (side: 0 | 1, seq: number) => void
}

function Difference({ left, right, names, lanes, onOpen }: DifferenceProps) {
  const diff = useMemo(() => diffTraces(left, right), [left, right])
  const { equal, changed, left: only, right: others } = diff.counts
  const count = (n: number): string => n.toLocaleString('en')
  const first = firstDifference(diff, left, right, names)
  return (
    <DialogSection>
      <p className={styles.text} role="status">{first?.sentence ?? 'They do the same, call for call.'}</p>
      <p className={styles.small}>
        {count(equal)} alike, {count(changed)} changed, {count(only)} only in {names[0]}, {count(others)} only in {names[1]}.
      </p>
      <DiffList key={`${names.join('\0')} ${diff.length}`} diff={diff} left={left} right={right} names={names} lanes={lanes} onOpen={onOpen} />
    </DialogSection>
  )
}

interface Loaded {
  readonly trace?: Trace
  readonly problem?: string
}

/** The trace of a run that is compared: at once if it is here, else when it has been made. */
const useRun = (one: Compared): Loaded => {
  const known = useApp((state) =>
    typeof one !== 'number' ? undefined
    : state.lane === one || state.trunk === undefined ? state.trace : state.laneRuns.get(laneKey(state.branches, one))?.trace)
  const [made, setMade] = useState<Loaded & { readonly of?: Compared }>({})
  useEffect(() => {
    if (typeof one === 'number') {
      if (known === undefined) void growAll()
      return
    }
    const mine = new AbortController()
    modulesOf(one.recipe).then((modules) => runAside(one.recipe, modules, { signal: mine.signal })).then(
      ({ trace }) => setMade({ of: one, trace }),
      (error: unknown) => {
        if (!mine.signal.aborted) setMade({ of: one, problem: error instanceof Error ? error.message : String(error) })
      },
    )
    return () => mine.abort()
  }, [one, known])
  if (typeof one === 'number') return known === undefined ? {} : { trace: known }
  return made.of === one ? made : {}
}

interface PickProps {
  readonly label: string
  readonly value: Compared
  readonly onChange: (to: Compared) => void
}

/** The lanes, and runs that differ from the trunk in one thing. */
function Pick({ label, value, onChange }: PickProps) {
  const branches = useApp((state) => state.branches)
  const recipe = useApp((state) => state.trunk ?? state.recipe)
  const [problem, setProblem] = useState<string>()
  const others = useMemo(() => {
    if (recipe === undefined) return []
    const { host: _, ...plain } = recipe
    const byHost = recipe.host === 'wasmer' ? { name: 'the same on the kernel', recipe: plain } : { name: 'the same on @wasmer/wasi', recipe: { ...recipe, host: 'wasmer' as const } }
    return [byHost, { name: `the same with seed ${recipe.seed + 1}`, recipe: { ...recipe, seed: recipe.seed + 1 } }]
  }, [recipe])
  const choose = useCallback(async (id: string): Promise<void> => {
    setProblem(undefined)
    if (id.startsWith('lane ')) onChange(Number(id.slice(5)))
    else if (id.startsWith('other ')) {
      const other = others[Number(id.slice(6))]
      if (other !== undefined) onChange(other)
    } else if (id === 'document') {
      const state = app.getState()
      try {
        onChange({ name: 'the document as it is now', recipe: recipeOf(state, await loadManifest(), state.yours) })
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error))
      }
    }
  }, [onChange, others])
  const other = typeof value === 'number' ? -1 : others.findIndex(({ name }) => name === value.name)
  const id = typeof value === 'number' ? `lane ${value}` : other >= 0 ? `other ${other}` : 'document'
  return (
    <label>
      <span>{label}</span>
      <select value={id} onChange={(event) => void choose(event.target.value)}>
        {[TRUNK, ...branches.keys()].map((lane) => <option key={lane} value={`lane ${lane}`}>{laneName(branches, lane)}</option>)}
        {others.map(({ name }, i) => <option key={name} value={`other ${i}`}>{name}</option>)}
        <option value="document">the document as it is now</option>
      </select>
      {problem !== undefined && <span className={styles.problem} role="alert">{problem}</span>}
    </label>
  )
}
