import { useId, type ReactNode } from 'react'
import { valueAt } from './draft.ts'
import { useAuthoring, useField } from './authoring.ts'
import styles from './author.module.css'
import { pathKey, type Path } from './json-place.ts'

interface FieldProps {
  readonly path: Path
  readonly label: string
  readonly hint?: string
}

/** A label above, what is wrong below. */
function Labelled({ id, label, hint, problem, children }: { readonly id: string; readonly label: string; readonly hint?: string | undefined; readonly problem: string | undefined; readonly children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children}
      {hint !== undefined && <small className={styles.small} id={`${id}-hint`}>{hint}</small>}
      {problem !== undefined && <small className={styles.problem} id={`${id}-problem`}>This {problem}.</small>}
    </div>
  )
}

const described = (id: string, hint: string | undefined, problem: string | undefined) => ({
  'aria-invalid': problem !== undefined,
  'aria-describedby': [hint === undefined ? '' : `${id}-hint`, problem === undefined ? '' : `${id}-problem`].join(' ').trim() || undefined,
})

interface LineProps extends FieldProps {
  /** Emptied, the key goes. */
  readonly optional?: boolean
  readonly mono?: boolean
  /** Other than the text itself. */
  readonly shown?: string
  readonly onText?: (text: string) => void
}

/** One line of text. */
export function LineField({ path, label, hint, optional = false, mono = false, shown, onText }: LineProps) {
  const id = useId()
  const { text, set, problem } = useField(path)
  return (
    <Labelled id={id} label={label} hint={hint} problem={problem}>
      <input
        id={id} className={mono ? styles.mono : styles.input} value={shown ?? text} data-path={pathKey(path)} autoComplete="off" spellCheck={!mono}
        {...described(id, hint, problem)}
        onChange={({ target: { value } }) => (onText === undefined ? set(optional && value === '' ? undefined : value) : onText(value))}
      />
    </Labelled>
  )
}

interface AreaProps extends LineProps {
  readonly rows?: number
}

/** Several lines of text. */
export function AreaField({ path, label, hint, optional = false, mono = false, rows = 4, shown, onText }: AreaProps) {
  const id = useId()
  const { text, set, problem } = useField(path)
  return (
    <Labelled id={id} label={label} hint={hint} problem={problem}>
      <textarea
        id={id} className={mono ? styles.monoArea : styles.area} rows={rows} value={shown ?? text} data-path={pathKey(path)} spellCheck={!mono} {...described(id, hint, problem)}
        onChange={({ target: { value } }) => (onText === undefined ? set(optional && value === '' ? undefined : value) : onText(value))}
      />
    </Labelled>
  )
}

/** A whole number; what is none is kept as it was typed, and said to be wrong. */
export function NumberField({ path, label, hint }: FieldProps) {
  const { set } = useField(path)
  const read = (text: string): unknown => (text.trim() === '' ? undefined : /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : text)
  return <LineField path={path} label={label} mono {...(hint === undefined ? {} : { hint })} onText={(text) => set(read(text))} />
}

interface ChoiceProps extends FieldProps {
  readonly of: readonly (readonly [value: string | number, words: string])[]
  /** What it says if there is no such key. */
  readonly none?: string
  readonly onChoice?: (value: string) => void
}

/** One of some words. */
export function ChoiceField({ path, label, hint, of, none, onChoice }: ChoiceProps) {
  const id = useId()
  const { text, set, problem } = useField(path)
  const known = text === '' ? none !== undefined : of.some(([value]) => String(value) === text)
  return (
    <Labelled id={id} label={label} hint={hint} problem={problem}>
      <select
        id={id} className={styles.select} value={text} data-path={pathKey(path)} {...described(id, hint, problem)}
        onChange={({ target: { value } }) => (onChoice === undefined ? set(value === '' ? undefined : of.find(([one]) => String(one) === value)?.[0] ?? value) : onChoice(value))}
      >
        {none !== undefined && <option value="">{none}</option>}
        {!known && <option value={text}>{text === '' ? 'choose …' : text}</option>}
        {of.map(([value, words]) => <option key={value} value={String(value)}>{words}</option>)}
      </select>
    </Labelled>
  )
}

/** Yes, or no key. */
export function TruthField({ path, label, on = true }: FieldProps & { readonly on?: unknown }) {
  const { draft } = useAuthoring()
  const { set, problem } = useField(path)
  return (
    <div className={styles.field}>
      <label className={styles.option}>
        <input type="checkbox" checked={valueAt(draft, path) === on} data-path={pathKey(path)} onChange={({ target }) => set(target.checked ? on : undefined)} />
        {label}
      </label>
      {problem !== undefined && <small className={styles.problem}>This {problem}.</small>}
    </div>
  )
}

/** A list of texts, one a line. */
export function LinesField({ path, label, hint, optional = false }: FieldProps & { readonly optional?: boolean }) {
  const { draft, change } = useAuthoring()
  const value = valueAt(draft, path)
  const lines = Array.isArray(value) ? value.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n') : ''
  return (
    <AreaField
      path={path} label={label} rows={3} mono shown={lines} {...(hint === undefined ? {} : { hint })}
      onText={(text) => change(path, text === '' && optional ? undefined : text.split('\n'))}
    />
  )
}
