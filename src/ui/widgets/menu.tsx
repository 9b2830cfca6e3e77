import type * as PartsModule from './menu-parts.tsx'
import { cloneElement, createContext, useContext, useEffect, useLayoutEffect, useRef, useState, type ButtonHTMLAttributes, type ReactElement, type ReactNode, type Ref } from 'react'

/** What draws menus comes after the first picture: it is a tenth of the page. */
type Parts = typeof PartsModule

let loading: Promise<Parts> | undefined
let loaded: Parts | undefined
const loadParts = (): Promise<Parts> => {
  loading ??= import('./menu-parts.tsx').then((parts) => (loaded = parts))
  loading.catch(() => {
    loading = undefined
  })
  return loading
}

const PartsContext = createContext<Parts | undefined>(undefined)

type TriggerProps = ButtonHTMLAttributes<HTMLButtonElement> & { readonly ref?: Ref<HTMLButtonElement> }

interface MenuProps {
  readonly trigger: ReactElement<TriggerProps>
  readonly children: ReactNode
  readonly align?: 'start' | 'end'
}

/** A menu below the button that opens it. */
export function Menu({ trigger, children, align = 'start' }: MenuProps) {
  const [parts, setParts] = useState(loaded)
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  /** The button that is replaced when the parts arrive had the focus. */
  const focused = useRef(false)

  const load = (): void => {
    loadParts().then((arrived) => {
      focused.current = document.activeElement !== null && document.activeElement === button.current
      setParts(arrived)
    }, () => {})
  }
  useEffect(() => {
    const timer = setTimeout(load, 500)
    return () => clearTimeout(timer)
  }, [])
  useLayoutEffect(() => {
    if (parts !== undefined && focused.current && !open) button.current?.focus()
    focused.current = false
  }, [parts, open])

  if (parts === undefined) {
    const show = (): void => {
      setOpen(true)
      load()
    }
    // As soon as a button or key goes down, as Radix does: the parts may arrive, and replace this button, before it goes up.
    return cloneElement(trigger, {
      ref: button, 'aria-haspopup': 'menu', 'aria-expanded': open, onPointerEnter: load, onFocus: load, onClick: show,
      onPointerDown: (event) => {
        if (event.button === 0 && !event.ctrlKey) show()
      },
      onKeyDown: (event) => {
        if (event.key !== 'Enter' && event.key !== ' ' && event.key !== 'ArrowDown') return
        event.preventDefault()
        show()
      },
    })
  }
  return (
    <PartsContext value={parts}>
      <parts.LoadedMenu trigger={cloneElement(trigger, { ref: button })} align={align} open={open} container={button.current?.closest('header') ?? null} onOpen={setOpen}>{children}</parts.LoadedMenu>
    </PartsContext>
  )
}

export interface MenuItemProps {
  readonly title: string
  /** A sentence below the title. */
  readonly sentence?: string | undefined
  readonly keys?: string | undefined
  readonly onSelect: () => void
}

export function MenuItem(props: MenuItemProps) {
  const parts = useContext(PartsContext)
  return parts && <parts.LoadedItem {...props} />
}

export interface MenuChoiceProps<Value extends string> {
  readonly label: string
  readonly value: Value | undefined
  readonly options: readonly { readonly value: Value; readonly title: string; readonly sentence?: string; readonly note?: string }[]
  readonly onChange: (value: Value) => void
}

/** A group of items of which one is chosen. */
export function MenuChoice<Value extends string>(props: MenuChoiceProps<Value>) {
  const parts = useContext(PartsContext)
  return parts && <parts.LoadedChoice {...props} />
}

export function MenuLine() {
  const parts = useContext(PartsContext)
  return parts && <parts.LoadedLine />
}
