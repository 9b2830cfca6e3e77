import type { Value } from '../../engine/source/value.ts'
import styles from './source.module.css'

interface VariableTreeProps {
  readonly label: string
  readonly values: readonly Value[]
}

/** Variables as a debugger prints them; what they are made of opens by a click. */
export function VariableTree({ label, values }: VariableTreeProps) {
  return (
    <section aria-label={label}>
      <h3>{label}</h3>
      <Values values={values} />
    </section>
  )
}

function Values({ values }: { readonly values: readonly Value[] }) {
  return (
    <ul className={styles.values}>
      {values.map((value, i) => (
        <li key={i}>
          {value.children.length === 0
            ? <div className={styles.leaf}><Line value={value} /></div>
            : <details><summary><Line value={value} /></summary><Values values={value.children} /></details>}
        </li>
      ))}
    </ul>
  )
}

function Line({ value: { name, type, text } }: { readonly value: Value }) {
  return <span title={type}>{name} = {text} <span className={styles.type}>{type}</span></span>
}
