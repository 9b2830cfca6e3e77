import { useState } from 'react'
import { loadManifest } from '../session/manifest.ts'
import { joinArguments, splitArguments } from '../share/arguments.ts'
import { useLoaded } from '../shell/use-loaded.ts'
import { Button } from '../widgets/button.tsx'
import { useAuthoring } from './authoring.ts'
import styles from './author.module.css'
import { listAt, textAt, valueAt } from './draft.ts'
import { AreaField, ChoiceField, LineField, LinesField, NumberField, TruthField } from './fields.tsx'
import type { Path } from './json-place.ts'

/** The guest, and the cases that an answer is tried on: those that everybody sees, and those that nobody does. */
export function WorldTab() {
  const { draft, change } = useAuthoring()
  const { value: manifest, problem } = useLoaded(loadManifest)
  const guests = Object.entries(manifest?.guests ?? {}).map(([name, { title }]) => [name, `${name}: ${title}`] as const)
  const cases = listAt(draft, ['cases'])
  const hidden = listAt(draft, ['hidden', 'cases'])
  const draws = valueAt(draft, ['hidden', 'draw']) !== undefined
  return (
    <>
      {problem !== undefined && <p className={styles.problem} role="alert">{problem}</p>}
      <ChoiceField path={['guest']} label="Guest" of={guests} hint="Students’ pages have all of these; a guest of your own cannot travel with an exercise." />
      <LinesField path={['guests']} label="More guests that a script may spawn, one a line" optional />
      <TruthField path={['untraced']} label="Record calls that nobody traces, too: for checks of what happens after a detach" />
      <h3 className={styles.heading}>Cases</h3>
      <p className={styles.text}>Everybody sees these. The first is the one that Run runs; an answer must pass on all of them.</p>
      <ol className={styles.list}>
        {cases.map((_, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- cases have no names
          <li key={i} className={styles.card}>
            <CaseForm path={['cases', i]} title={`Case ${i + 1}`} />
            {cases.length > 1 && <div className={styles.actions}><Button label="Remove" aria-label={`Remove case ${i + 1}`} look="danger" small onClick={() => change(['cases', i], undefined)} /></div>}
          </li>
        ))}
      </ol>
      <div className={styles.actions}><Button label="Add a case" look="edge" onClick={() => change(['cases', cases.length], {})} /></div>
      <h3 className={styles.heading}>Hidden cases</h3>
      <p className={styles.text}>
        The page does not show these: an answer that is written for what one sees fails on them. Drawn ones are another each time, and
        nobody knows the grader’s.
      </p>
      <ol className={styles.list}>
        {hidden.map((_, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- cases have no names
          <li key={i} className={styles.card}>
            <CaseForm path={['hidden', 'cases', i]} title={`Hidden case ${i + 1}`} />
            <div className={styles.actions}><Button label="Remove" aria-label={`Remove hidden case ${i + 1}`} look="danger" small onClick={() => change(['hidden', 'cases', i], undefined)} /></div>
          </li>
        ))}
      </ol>
      {draws && (
        <div className={styles.card}>
          <NumberField path={['hidden', 'draw', 'count']} label="How many are drawn" />
          <p className={styles.text}>In all texts <code>{'{number 3 9}'}</code>, <code>{'{word}'}</code>, <code>{'{line}'}</code> and <code>{'{lines 2 8}'}</code> are drawn anew each time, and so is the seed.</p>
          <CaseForm path={['hidden', 'draw', 'case']} title="Drawn from" />
        </div>
      )}
      <div className={styles.actions}>
        <Button label="Add a hidden case" look="edge" onClick={() => change(['hidden', 'cases', hidden.length], {})} />
        <Button label={draws ? 'Draw none' : 'Draw some'} look="edge" onClick={() => change(['hidden', 'draw'], draws ? undefined : { count: 2, case: {} })} />
      </div>
      <details className={styles.more}>
        <summary>Budget</summary>
        <p className={styles.text}>Only if an honest answer runs into the page’s own limits.</p>
        <div className={styles.grid}>
          <NumberField path={['budget', 'events']} label="Events" />
          <NumberField path={['budget', 'cpu']} label="Computing, in virtual ns" />
          <NumberField path={['budget', 'output']} label="Output, in bytes" />
          <NumberField path={['budget', 'statements']} label="Statements between two calls" />
        </div>
      </details>
    </>
  )
}

function CaseForm({ path, title }: { readonly path: Path; readonly title: string }) {
  const { draft, change } = useAuthoring()
  const files = listAt(draft, [...path, 'files'])
  const argv = valueAt(draft, [...path, 'argv'])
  return (
    <fieldset className={styles.check}>
      <legend>{title}</legend>
      <ArgumentsField key={JSON.stringify(path)} argv={Array.isArray(argv) ? argv.map(String) : undefined} path={[...path, 'argv']} />
      <NumberField path={[...path, 'seed']} label="Seed" />
      <LinesField path={[...path, 'env']} label="Environment, NAME=VALUE, one a line" optional />
      <AreaField path={[...path, 'stdin']} label="Standard input" rows={3} mono optional />
      <TruthField path={[...path, 'tty']} label="A terminal" />
      <div className={styles.wide}>
        {files.map((_, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- a path that is being typed must not move the form away
          <FileForm key={i} path={[...path, 'files', i]} place={i + 1} />
        ))}
        <div className={styles.actions}>
          <Button label="Add a file" look="edge" small onClick={() => change([...path, 'files', files.length], { path: '/home/file.txt', text: '' })} />
        </div>
      </div>
    </fieldset>
  )
}

/** What is typed is kept as it stands: what it splits into is the exercise's. */
function ArgumentsField({ argv, path }: { readonly argv: readonly string[] | undefined; readonly path: Path }) {
  const { change } = useAuthoring()
  const [typed, setTyped] = useState(() => joinArguments(argv ?? []))
  const shown = JSON.stringify(splitArguments(typed)) === JSON.stringify(argv ?? []) ? typed : joinArguments(argv ?? [])
  return (
    <LineField
      path={path} label="Arguments" mono shown={shown} hint="Left empty: those that the guest has by itself."
      onText={(text) => { setTyped(text); change(path, text.trim() === '' ? undefined : splitArguments(text)) }}
    />
  )
}

const CONTENTS = { text: 'a file of text', base64: 'a file of bytes, in base64', link: 'a symbolic link to', directory: 'a directory' } as const

function FileForm({ path, place }: { readonly path: Path; readonly place: number }) {
  const { draft, change } = useAuthoring()
  const value = (valueAt(draft, path) ?? {}) as object
  const kind = (Object.keys(CONTENTS) as (keyof typeof CONTENTS)[]).find((key) => Object.hasOwn(value, key)) ?? 'text'
  const choose = (next: string): void => change(path, { path: textAt(draft, [...path, 'path']), [next]: next === 'directory' ? true : '' })
  return (
    <fieldset className={styles.group}>
      <legend>File {place}</legend>
      <LineField path={[...path, 'path']} label="Path" mono />
      <label className={styles.field}>
        <span>Is</span>
        <select className={styles.select} value={kind} onChange={({ target }) => choose(target.value)}>
          {Object.entries(CONTENTS).map(([key, words]) => <option key={key} value={key}>{words}</option>)}
        </select>
      </label>
      {kind !== 'directory' && <div className={styles.wide}><AreaField path={[...path, kind]} label={kind === 'link' ? 'Target' : 'Content'} rows={2} mono /></div>}
      <Button label={`Remove file ${place}`} small onClick={() => change(path, undefined)} />
    </fieldset>
  )
}
