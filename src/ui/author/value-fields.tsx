import { useId } from 'react'
import { Button } from '../widgets/button.tsx'
import { useAuthoring } from './authoring.ts'
import styles from './author.module.css'
import { KEYS, OTHER_RUNS, RUNS } from './check-form.ts'
import { listAt, textAt, valueAt } from './draft.ts'
import { AreaField, ChoiceField, LineField, LinesField, NumberField } from './fields.tsx'
import { pathKey, type Path } from './json-place.ts'

/** What a value may be, by the key that says so; `number` and `text` are what they are. */
const SHAPES = {
  number: { words: 'a number', fresh: 1 },
  count: { words: 'how many events match', fresh: { count: 'call:*' } },
  distinct: { words: 'how many different …', fresh: { distinct: 'call', of: 'call:*' } },
  cost: { words: 'what it costs', fresh: { cost: 'stops' } },
  sum: { words: 'a sum', fresh: { sum: [{ count: 'call:*' }, 1] } },
  times: { words: 'a multiple', fresh: { times: 2, of: { count: 'call:*' } } },
  field: { words: 'a word of an event', fresh: { field: 'call', of: 'call:*' } },
  text: { words: 'these words', fresh: '' },
} as const
type Shape = keyof typeof SHAPES

const AMOUNTS: readonly Shape[] = ['number', 'count', 'distinct', 'cost', 'sum', 'times']
const VALUES: readonly Shape[] = [...AMOUNTS, 'field']
const REPLIES: readonly Shape[] = [...VALUES, 'text']

const shapeOf = (value: unknown, allowed: readonly Shape[]): Shape => {
  if (typeof value === 'string' && allowed.includes('text')) return 'text'
  if (typeof value !== 'object' || value === null) return 'number'
  return (Object.keys(SHAPES) as Shape[]).find((shape) => Object.hasOwn(value, shape)) ?? 'number'
}

const COSTS = [['stops', 'stops'], ['requests', 'requests'], ['calls', 'calls'], ['suspensions', 'suspensions'], ['bytesPeeked', 'bytes peeked']] as const
const KEY_CHOICES = KEYS.map((key) => [key, key] as const)

interface ValueProps {
  readonly path: Path
  readonly label: string
  readonly as: 'amount' | 'value' | 'reply'
}

/** A number or a word that is found in a run; sums and multiples hold others. */
export function ValueField({ path, label, as }: ValueProps) {
  const { draft, change, problems } = useAuthoring()
  const id = useId()
  const allowed = as === 'amount' ? AMOUNTS : as === 'value' ? VALUES : REPLIES
  const shape = shapeOf(valueAt(draft, path), allowed)
  const key = pathKey(path)
  const problem = shape === 'number' || shape === 'text' ? undefined : problems.find((one) => pathKey(one.path) === key)?.sentence
  return (
    <fieldset className={styles.group}>
      <legend>{label}</legend>
      <div className={styles.field}>
        <label htmlFor={id}>What</label>
        <select id={id} className={styles.select} value={shape} onChange={({ target }) => change(path, SHAPES[target.value as Shape].fresh)}>
          {allowed.map((one) => <option key={one} value={one}>{SHAPES[one].words}</option>)}
        </select>
        {problem !== undefined && <small className={styles.problem}>This {problem}.</small>}
      </div>
      <Parts path={path} shape={shape} />
    </fieldset>
  )
}

function Parts({ path, shape }: { readonly path: Path; readonly shape: Shape }) {
  const { draft, change } = useAuthoring()
  const run = <ChoiceField path={[...path, 'in']} label="In" of={RUNS.slice(1)} none="the student’s run" />
  switch (shape) {
    case 'number': return <NumberField path={path} label="Number" />
    case 'text': return <LineField path={path} label="Words" />
    case 'count': return <><LineField path={[...path, 'count']} label="Filter" mono />{run}</>
    case 'distinct': return <><ChoiceField path={[...path, 'distinct']} label="Different" of={KEY_CHOICES} /><LineField path={[...path, 'of']} label="Of events that match" mono />{run}</>
    case 'cost': return <><ChoiceField path={[...path, 'cost']} label="Of the cost meter" of={COSTS} />{run}</>
    case 'field': return (
      <>
        <ChoiceField path={[...path, 'field']} label="Its" of={KEY_CHOICES} />
        <LineField path={[...path, 'of']} label="Of events that match" mono />
        <ChoiceField path={[...path, 'which']} label="Which" of={[['last', 'the last'], ['commonest', 'the commonest']]} none="the first" />
        {run}
      </>
    )
    case 'times': return <><NumberField path={[...path, 'times']} label="Times" /><ValueField path={[...path, 'of']} label="Of" as="amount" /></>
    case 'sum': return (
      <>
        {listAt(draft, [...path, 'sum']).map((_, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- terms have no names: their places are what they are
          <div key={i} className={styles.wide}>
            <ValueField path={[...path, 'sum', i]} label={`Term ${i + 1}`} as="amount" />
            <Button label={`Remove term ${i + 1}`} small onClick={() => change([...path, 'sum', i], undefined)} />
          </div>
        ))}
        <Button label="Add a term" look="edge" small onClick={() => change([...path, 'sum', listAt(draft, [...path, 'sum']).length], 1)} />
      </>
    )
    default: return null
  }
}

const TESTS = [
  ['equals', 'is, as a whole,'], ['contains', 'contains'], ['lacks', 'does not contain'], ['matches', 'matches the expression'], ['words', 'has a line with the words'],
] as const

/** What a text must be: as in another run, or as is written here, with names in braces that are found in a run. */
export function TextTestFields({ path }: { readonly path: Path }) {
  const { draft, change } = useAuthoring()
  const own = valueAt(draft, [...path, 'as']) === undefined
  const names = Object.keys((valueAt(draft, [...path, 'values']) ?? {}) as object)
  const each = valueAt(draft, [...path, 'each']) !== undefined
  const id = useId()
  const choose = (as: string): void => {
    const check = { ...(valueAt(draft, path) as object) } as Record<string, unknown>
    delete check['as']
    delete check['text']
    change(path, as === '' ? { ...check, text: '' } : { ...check, as })
  }
  const nameValue = (): void => {
    const name = ['value', 'a', 'b', 'c', 'd'].find((one) => !names.includes(one)) ?? `value${names.length}`
    change([...path, 'values', name], { count: 'call:*' })
  }
  const rename = (from: string, to: string): void => {
    const values = Object.entries(valueAt(draft, [...path, 'values']) as object).map(([key, value]) => [key === from ? to : key, value as unknown])
    if (/^[a-zA-Z]\w{0,30}$/.test(to) && !names.includes(to)) change([...path, 'values'], Object.fromEntries(values))
  }
  return (
    <>
      <ChoiceField path={[...path, 'test']} label="The text" of={TESTS} />
      <div className={styles.field}>
        <label htmlFor={id}>what</label>
        <select id={id} className={styles.select} value={own ? '' : textAt(draft, [...path, 'as'])} onChange={({ target }) => choose(target.value)}>
          <option value="">is written here</option>
          {OTHER_RUNS.map(([value, words]) => <option key={value} value={value}>is there {words}</option>)}
        </select>
      </div>
      {own && (
        <div className={styles.wide}>
          <AreaField path={[...path, 'text']} label="Looked for" rows={2} mono hint="A {name} in braces is replaced by what is found in a run, if you say below what it is." />
          {names.map((name) => (
            <div key={name} className={styles.wide}>
              <div className={styles.field}>
                <label htmlFor={`${id}-${name}`}>Name in braces</label>
                <input id={`${id}-${name}`} className={styles.mono} defaultValue={name} autoComplete="off" spellCheck={false} onBlur={({ target }) => rename(name, target.value)} />
              </div>
              <ValueField path={[...path, 'values', name]} label={`{${name}} is`} as="value" />
              <Button label={`Remove {${name}}`} small onClick={() => change([...path, 'values', name], undefined)} />
            </div>
          ))}
          <div className={styles.actions}>
            <Button label="Add a {name}" look="edge" small onClick={nameValue} />
            <Button label={each ? 'Ask once' : 'Ask for each group of events'} look="edge" small onClick={() => change([...path, 'each'], each ? undefined : { by: 'call', of: 'call:*', in: 'plain' })} />
          </div>
          {each && (
            <fieldset className={styles.group}>
              <legend>For each, with {'{key}'} and {'{count}'}</legend>
              <ChoiceField path={[...path, 'each', 'by']} label="Different" of={KEY_CHOICES} />
              <LineField path={[...path, 'each', 'of']} label="Of events that match" mono />
              <ChoiceField path={[...path, 'each', 'in']} label="In" of={RUNS.slice(1)} none="the student’s run" />
            </fieldset>
          )}
        </div>
      )}
    </>
  )
}

/** The choices of a question. */
export function ChoicesField({ path, label }: { readonly path: Path; readonly label: string }) {
  return <LinesField path={path} label={label} optional />
}
