import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import styles from './menu.module.css'
import { Kbd } from './kbd.tsx'

interface MenuProps {
  readonly trigger: ReactNode
  readonly children: ReactNode
  readonly align?: 'start' | 'end'
}

/** A menu below the button that opens it. */
export function Menu({ trigger, children, align = 'start' }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles.menu} align={align} sideOffset={4} collisionPadding={8}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

interface MenuItemProps {
  readonly title: string
  /** A sentence below the title. */
  readonly sentence?: string | undefined
  readonly keys?: string | undefined
  readonly onSelect: () => void
}

export function MenuItem({ title, sentence, keys, onSelect }: MenuItemProps) {
  return (
    <DropdownMenu.Item className={styles.item} onSelect={onSelect} textValue={title}>
      <ItemText title={title} sentence={sentence} />
      {keys !== undefined && <Kbd keys={keys} />}
    </DropdownMenu.Item>
  )
}

interface MenuChoiceProps<Value extends string> {
  readonly label: string
  readonly value: Value | undefined
  readonly options: readonly { readonly value: Value; readonly title: string; readonly sentence?: string; readonly note?: string }[]
  readonly onChange: (value: Value) => void
}

/** A group of items of which one is chosen. */
export function MenuChoice<Value extends string>({ label, value, options, onChange }: MenuChoiceProps<Value>) {
  return (
    <DropdownMenu.RadioGroup
      value={value ?? ''}
      aria-label={label}
      onValueChange={(next) => {
        const option = options.find((each) => each.value === next)
        if (option !== undefined) onChange(option.value)
      }}
    >
      <DropdownMenu.Label className={styles.label}>{label}</DropdownMenu.Label>
      {options.map((option) => (
        <DropdownMenu.RadioItem key={option.value} value={option.value} className={styles.item} textValue={option.title}>
          <ItemText title={option.title} sentence={option.sentence} />
          {option.note !== undefined && <span className={styles.note}>{option.note}</span>}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  )
}

export function MenuLine() {
  return <DropdownMenu.Separator className={styles.line} />
}

function ItemText({ title, sentence }: { readonly title: string; readonly sentence: string | undefined }) {
  return (
    <span className={styles.text}>
      <span className={styles.title}>{title}</span>
      {sentence !== undefined && <span className={styles.sentence}>{sentence}</span>}
    </span>
  )
}
