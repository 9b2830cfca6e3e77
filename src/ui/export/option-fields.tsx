import type { ExportOptions, FormatId } from './formats.ts'
import styles from './export.module.css'

interface Props {
  readonly id: FormatId
  readonly options: ExportOptions
  readonly onChange: (change: Partial<ExportOptions>) => void
}

const WHO: Readonly<Record<ExportOptions['who'], string>> = {
  terminal: 'as on a terminal: [pid N]', file: 'as in a file: N in every line (-o)', nobody: 'no pids',
}
const TIMES: Readonly<Record<ExportOptions['times'], string>> = {
  none: 'none', r: 'since the line before (-r)', t: 'time of day (-t)', tt: 'with microseconds (-tt)', ttt: 'since 1970 (-ttt)',
}
const PAPERS: Readonly<Record<ExportOptions['paper'], string>> = { A4: 'A4', Letter: 'Letter' }

/** What a format can be told. */
export function OptionFields({ id, options, onChange }: Props) {
  switch (id) {
    case 'strace':
      return (
        <div className={styles.options}>
          <Choice name="Tasks" value={options.who} words={WHO} onChange={(who) => onChange({ who })} />
          <Choice name="Times" value={options.times} words={TIMES} onChange={(times) => onChange({ times })} />
          <Check checked={options.durations} onChange={(durations) => onChange({ durations })}>Time in each call (-T)</Check>
          <Check checked={options.paths} onChange={(paths) => onChange({ paths })}>What descriptors are (-y)</Check>
        </div>
      )
    case 'json':
      return (
        <div className={styles.options}>
          <Check checked={options.readable} onChange={(readable) => onChange({ readable })}>Only for reading: shorter, cannot be opened again</Check>
        </div>
      )
    case 'html':
      return (
        <div className={styles.options}>
          <Choice name="Paper" value={options.paper} words={PAPERS} onChange={(paper) => onChange({ paper })} />
          <Check checked={!options.callsOnly} onChange={(all) => onChange({ callsOnly: !all })}>Also the tracer’s requests, and what it prints</Check>
        </div>
      )
    default:
      return null
  }
}

interface ChoiceProps<T extends string> {
  readonly name: string
  readonly value: T
  readonly words: Readonly<Record<T, string>>
  readonly onChange: (value: T) => void
}

function Choice<T extends string>({ name, value, words, onChange }: ChoiceProps<T>) {
  return (
    <label className={styles.choice}>
      <span>{name}</span>
      <select className={styles.select} value={value} onChange={(event) => onChange(event.target.value as T)}>
        {(Object.entries(words) as [T, string][]).map(([one, text]) => <option key={one} value={one}>{text}</option>)}
      </select>
    </label>
  )
}

function Check({ checked, onChange, children }: { readonly checked: boolean; readonly onChange: (checked: boolean) => void; readonly children: string }) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {children}
    </label>
  )
}
