import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { app } from '../state/store.ts'
import { classNames } from '../widgets/class-names.ts'
import { Dialog } from '../widgets/dialog.tsx'
import { Kbd } from '../widgets/kbd.tsx'
import { COMMANDS, runCommand } from './commands.ts'
import styles from './palette.module.css'

/** Commands whose title has every word that was typed; those that begin with it first. */
const search = (query: string) => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const state = app.getState()
  return COMMANDS
    .filter(({ id, title, when }) => {
      const text = title.toLowerCase()
      return id !== 'palette' && (when === undefined || when(state)) && words.every((word) => text.includes(word))
    })
    .sort((a, b) => Number(b.title.toLowerCase().startsWith(query.toLowerCase())) - Number(a.title.toLowerCase().startsWith(query.toLowerCase())))
}

/** All commands, found by typing: Mod+Shift+P. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const found = useMemo(() => search(query), [query])
  const at = Math.min(chosen, found.length - 1)

  useEffect(() => list.current?.children[at]?.scrollIntoView({ block: 'nearest' }), [at])

  const perform = (id: string | undefined): void => {
    if (id === undefined) return
    // Gone at once, so that it has given the focus back when the command looks for the focused pane.
    flushSync(onClose)
    setTimeout(() => runCommand(id))
  }
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setChosen((at + 1) % Math.max(1, found.length))
    else if (event.key === 'ArrowUp') setChosen((at - 1 + found.length) % Math.max(1, found.length))
    else if (event.key === 'Enter') perform(found[at]?.id)
    else return
    event.preventDefault()
  }

  return (
    <Dialog title="All commands" onClose={onClose} headless>
      <input
        className={styles.query} value={query} autoFocus placeholder="Type a command" aria-label="Command" role="combobox" aria-expanded
        aria-controls="palette-list" aria-activedescendant={found[at] === undefined ? undefined : `palette-${found[at].id}`}
        onChange={(event) => { setQuery(event.target.value); setChosen(0) }} onKeyDown={press}
      />
      <ul className={styles.list} id="palette-list" role="listbox" aria-label="Commands" ref={list}>
        {found.map(({ id, title, group, keys }, i) => (
          <li
            key={id} id={`palette-${id}`} role="option" aria-selected={i === at} className={classNames(styles.item, i === at && styles.chosen)}
            onClick={() => perform(id)} onPointerMove={() => setChosen(i)}
          >
            <span className={styles.group}>{group}</span>
            <span className={styles.title}>{title}</span>
            {keys[0] !== undefined && <Kbd keys={keys[0]} />}
          </li>
        ))}
        {found.length === 0 && <li className={styles.none}>No command has these words.</li>}
      </ul>
    </Dialog>
  )
}
