import { RadioGroup } from 'radix-ui'
import styles from './segments.module.css'

interface SegmentsProps<Id extends string> {
  /** What is chosen, for screen readers. */
  readonly label: string
  readonly options: readonly { readonly id: Id; readonly title: string; readonly disabled?: boolean }[]
  readonly value: Id
  readonly onChange: (id: Id) => void
}

/** A switch of two or three words, of which one holds; arrow keys choose. */
export function Segments<Id extends string>({ label, options, value, onChange }: SegmentsProps<Id>) {
  return (
    <RadioGroup.Root
      className={styles.segments}
      aria-label={label}
      value={value}
      orientation="horizontal"
      onValueChange={(next) => {
        const option = options.find((each) => each.id === next)
        if (option !== undefined) onChange(option.id)
      }}
    >
      {options.map(({ id, title, disabled = false }) => (
        <RadioGroup.Item key={id} value={id} disabled={disabled} className={styles.segment}>{title}</RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
