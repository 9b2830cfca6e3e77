import { lazy, Suspense, useCallback, useState } from 'react'
import { CommandButton } from '../commands/command-button.tsx'
import { loadManifest, loadSource } from '../session/manifest.ts'
import { useLoaded } from '../shell/use-loaded.ts'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Chip } from '../widgets/chip.tsx'
import { EmptyPane } from '../widgets/pane.tsx'
import { TabbedPane } from '../widgets/tabs.tsx'
import { runChecked } from './check.ts'
import styles from './editor.module.css'
import { Listing } from './listing.tsx'
import { ScriptView } from './script-view.tsx'

const HandPane = lazy(async () => ({ default: (await import('../hand/hand-pane.tsx')).HandPane }))

/** The tracer's script, and beside it the source of the guest that it traces. */
export function Editor() {
  const [tab, setTab] = useState<'script' | 'source'>('script')
  const guest = useApp((state) => state.guest)
  const own = useApp((state) => state.module !== undefined)
  const byHand = useApp((state) => state.tracer === 'hand')
  const goTo = useApp((state) => state.goTo)
  const [seen, setSeen] = useState(goTo)
  if (goTo !== seen) {
    setSeen(goTo)
    setTab('script')
  }
  const { value: manifest } = useLoaded(loadManifest)
  const source = own ? guest : manifest?.guests[guest]?.source ?? `${guest}.c`
  return (
    <TabbedPane
      label="Editor" value={tab} onChange={setTab}
      tabs={[
        byHand ? { id: 'script', title: 'By hand', panel: <Suspense><HandPane /></Suspense> } : { id: 'script', title: 'tracer.ts', keep: true, panel: <div className={styles.panel}><Blocked /><div className={styles.fill}><ScriptView /></div></div> },
        { id: 'source', title: source, panel: own ? <EmptyPane>{guest} is not a guest of this page, so its source is not here.</EmptyPane> : <GuestSource key={guest} guest={guest} /> },
      ]}
    >
      {byHand ? <HandTools /> : <><Problems /><CommandButton id="run" word="Run" icon="play" cap small /></>}
    </TabbedPane>
  )
}

function HandTools() {
  const begun = useApp((state) => state.recipe?.hand !== undefined)
  if (!begun) return null
  return <><CommandButton id="write-tracer" word="Make it a script" icon="code" small /><CommandButton id="run" word="Again" icon="play" small /></>
}

const nextProblem = (): void => {
  const { problems, goTo, arrange } = app.getState()
  const at = problems.findIndex(({ line, column }) => line === goTo?.line && column === goTo.column)
  const next = problems[(at + 1) % problems.length]
  if (next !== undefined) arrange({ goTo: { line: next.line, column: next.column } })
}

function Problems() {
  const count = useApp((state) => state.problems.length)
  if (count === 0) return null
  return <Chip tone="danger" title="Go to the next one" onClick={nextProblem}>{count} {count === 1 ? 'problem' : 'problems'}</Chip>
}

/** Why Run did not run. */
function Blocked() {
  const blocked = useApp((state) => state.blocked)
  const problems = useApp((state) => state.problems)
  const [first] = problems
  if (!blocked || first === undefined) return null
  return (
    <div className={styles.blocked} role="alert">
      <p>
        <button type="button" className={styles.place} onClick={nextProblem}>tracer.ts:{first.line}</button> <b>{first.message}</b>{' '}
        {problems.length > 1 && `And ${problems.length - 1} more.`}
      </p>
      <Button label="Run anyway" look="edge" small onClick={() => void runChecked({ anyway: true })} />
    </div>
  )
}

function GuestSource({ guest }: { readonly guest: string }) {
  const load = useCallback(async () => {
    const found = (await loadManifest()).guests[guest]
    if (found === undefined) throw new Error(`There is no guest called ${guest}.`)
    return loadSource(found)
  }, [guest])
  const { value, problem } = useLoaded(load)
  if (problem !== undefined) return <EmptyPane>{problem}</EmptyPane>
  return value === undefined ? null : <Listing label={`Source of ${guest}, read-only`} code={value} language="c" />
}
