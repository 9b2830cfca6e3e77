import { DropdownMenu } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd.tsx'
import type { MenuChoiceProps, MenuItemProps } from './menu.tsx'
import styles from './menu.module.css'

interface LoadedMenuProps {
  readonly trigger: ReactElement
  readonly children: ReactNode
  readonly align: 'start' | 'end'
  readonly open: boolean
  /** Where it is put: among landmarks rather than behind them. */
  readonly container: Element | null
  readonly onOpen: (open: boolean) => void
}

/** The menu with its trigger, as Radix has it. */
export function LoadedMenu({ trigger, children, align, open, container, onOpen }: LoadedMenuProps) {
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={onOpen}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content className={styles.menu} align={align} sideOffset={4} collisionPadding={8} tabIndex={0}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

export function LoadedItem({ title, sentence, keys, onSelect }: MenuItemProps) {
  return (
    <DropdownMenu.Item className={styles.item} onSelect={onSelect} textValue={title}>
      <ItemText title={title} sentence={sentence} />
      {keys !== undefined && <Kbd keys={keys} />}
    </DropdownMenu.Item>
  )
}

export function LoadedChoice<Value extends string>({ label, value, options, onChange }: MenuChoiceProps<Value>) {
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

export function LoadedLine() {
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
