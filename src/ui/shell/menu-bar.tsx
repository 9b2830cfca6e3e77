import { CommandButton } from '../commands/command-button.tsx'
import { loadExamples } from '../session/examples.ts'
import { loadManifest } from '../session/manifest.ts'
import { chooseGuest, openExample } from '../session/open-example.ts'
import { useApp } from '../state/store.ts'
import type { Theme } from '../state/view.ts'
import { Button } from '../widgets/button.tsx'
import { Menu, MenuChoice, MenuItem, MenuLine } from '../widgets/menu.tsx'
import { Logo } from './logo.tsx'
import styles from './menu-bar.module.css'
import { Mode } from './mode.tsx'
import { useLoaded } from './use-loaded.ts'

/** Which example, which guest, live or replay, and what concerns the whole page. */
export function MenuBar() {
  return (
    <header className={styles.bar}>
      <Logo />
      <span className={styles.line} />
      <ExampleMenu />
      <GuestMenu />
      <span className={styles.grow} />
      <Mode />
      <span className={styles.line} />
      <CommandButton id="share" word="Share" icon="share" />
      <CommandButton id="help" icon="help" />
      <Menu align="end" trigger={<Button label="Theme" icon="theme" bare />}><ThemeChoice /></Menu>
    </header>
  )
}

export function ExampleMenu() {
  const { value: examples = [], problem } = useLoaded(loadExamples)
  const current = useApp((state) => state.example)
  const title = examples.find((one) => one.id === current)?.title ?? 'No example'
  return (
    <Menu trigger={<Button caret label={title} aria-label={`Example: ${title}`} />}>
      {problem !== undefined && <p className={styles.problem}>{problem}</p>}
      <MenuChoice
        label="Examples, each a script that runs as it is"
        value={current}
        options={examples.map(({ id, title: name, sentence, guest }) => ({ value: id, title: name, sentence, note: guest }))}
        onChange={(id) => {
          const example = examples.find((one) => one.id === id)
          if (example !== undefined) void openExample(example)
        }}
      />
    </Menu>
  )
}

export function GuestMenu() {
  const { value: manifest, problem } = useLoaded(loadManifest)
  const guest = useApp((state) => state.guest)
  const show = useApp((state) => state.show)
  const guests = Object.entries(manifest?.guests ?? {})
  return (
    <Menu trigger={<Button caret mono label={manifest?.guests[guest]?.source ?? guest} aria-label={`Guest: ${guest}`} />}>
      {problem !== undefined && <p className={styles.problem}>{problem}</p>}
      <MenuChoice
        label="Guests, each a C program"
        value={guest}
        options={guests.map(([name, { title, sentence }]) => ({ value: name, title, sentence, note: name }))}
        onChange={(name) => void chooseGuest(name)}
      />
      <MenuLine />
      <MenuItem title="Arguments, input and seed …" onSelect={() => show({ dialog: 'guest' })} />
    </Menu>
  )
}

const THEMES: readonly { readonly value: Theme; readonly title: string }[] = [
  { value: 'system', title: 'As the system' },
  { value: 'light', title: 'Light' },
  { value: 'dark', title: 'Dark' },
]

export function ThemeChoice() {
  const theme = useApp((state) => state.theme)
  const show = useApp((state) => state.show)
  return <MenuChoice label="Theme" value={theme} options={THEMES} onChange={(next) => show({ theme: next })} />
}
