import { Button } from '../widgets/button.tsx'
import { useAuthoring } from './authoring.ts'
import styles from './author.module.css'
import { changedKind, KINDS, newCheck, type CheckKind, type FieldForm } from './check-form.ts'
import { listAt, moved, textAt, valueAt } from './draft.ts'
import { ChoiceField, LineField, NumberField, TruthField } from './fields.tsx'
import type { Path } from './json-place.ts'
import { ChoicesField, TextTestFields, ValueField } from './value-fields.tsx'

const KIND_CHOICES = (Object.keys(KINDS) as CheckKind[]).map((kind) => [kind, KINDS[kind].title] as const)

/** What must hold, check by check, in the order in which a student reads it. */
export function ChecksTab() {
  const { draft, change } = useAuthoring()
  const checks = listAt(draft, ['checks'])
  const ids = checks.map((_, i) => textAt(draft, ['checks', i, 'id']))
  return (
    <>
      <p className={styles.text}>
        A student reads them in this order, and the first that fails says what to do next: begin with the first mistake that one makes. That
        the run comes to its end is checked anyway. Compare with another run where you can: what is written here can be printed without looking.
      </p>
      <ol className={styles.list}>
        {checks.map((_, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- a name that is being typed must not move the form away
          <li key={i} className={styles.card}>
            <CheckForm path={['checks', i]} place={i + 1} />
            <div className={styles.actions}>
              <Button label="Up" aria-label={`Move check ${i + 1} up`} look="edge" small disabled={i === 0} onClick={() => change(['checks'], moved(checks, i, -1))} />
              <Button label="Down" aria-label={`Move check ${i + 1} down`} look="edge" small disabled={i === checks.length - 1} onClick={() => change(['checks'], moved(checks, i, 1))} />
              <Button label="Remove" aria-label={`Remove check ${i + 1}`} look="danger" small onClick={() => change(['checks', i], undefined)} />
            </div>
          </li>
        ))}
      </ol>
      <div className={styles.actions}>
        <Button label="Add a check" look="edge" onClick={() => change(['checks', checks.length], newCheck('some', ids))} />
        <a className={styles.link} href="./exercises/README.md" target="_blank" rel="noreferrer">All about checks and filters</a>
      </div>
    </>
  )
}

function CheckForm({ path, place }: { readonly path: Path; readonly place: number }) {
  const { draft, change } = useAuthoring()
  const kind = textAt(draft, [...path, 'kind'])
  const form = Object.hasOwn(KINDS, kind) ? KINDS[kind as CheckKind] : undefined
  const choose = (next: string): void => change(path, changedKind((valueAt(draft, path) ?? {}) as Record<string, unknown>, next as CheckKind))
  return (
    <fieldset className={styles.check}>
      <legend>Check {place}</legend>
      <ChoiceField path={[...path, 'kind']} label="Kind" of={KIND_CHOICES} onChoice={choose} {...(form === undefined ? {} : { hint: form.sentence })} />
      <LineField path={[...path, 'id']} label="Name" mono hint="Small letters, digits, hyphens. Reports use it." />
      <div className={styles.wide}><LineField path={[...path, 'wanted']} label="What is wanted, as a sentence to the student" /></div>
      {form?.fields.map((field) => <OwnField key={field.key} path={path} field={field} />)}
      <div className={styles.wide}>
        <LineField path={[...path, 'otherwise']} label="Said first when it fails" optional hint="For a mistake that you can guess. What was found follows by itself." />
        <TruthField path={[...path, 'cases']} label="Only in the first case" on="first" />
      </div>
    </fieldset>
  )
}

function OwnField({ path, field }: { readonly path: Path; readonly field: FieldForm }) {
  if (field.as === 'text-test') return <TextTestFields path={path} />
  const { key, label, as, optional = false } = field
  const at = [...path, key]
  switch (as) {
    case 'filter': return <LineField path={at} label={label} mono />
    case 'line': return <LineField path={at} label={label} mono optional={optional} />
    case 'whole': return <NumberField path={at} label={label} />
    case 'truth': return <TruthField path={at} label={label} />
    case 'lines': return <ChoicesField path={at} label={label} />
    case 'choice': return <ChoiceField path={at} label={label} of={field.of} {...(optional ? { none: key === 'fd' ? 'both' : 'as is said below' } : {})} />
    case 'amount': return <ValueField path={at} label={label} as="amount" />
    case 'value': return <ValueField path={at} label={label} as="value" />
    case 'reply': return <ValueField path={at} label={label} as="reply" />
    default: return null
  }
}
