import { CommandButton } from '../commands/command-button.tsx'
import { runCommand } from '../commands/commands.ts'
import { loadExamples } from '../session/examples.ts'
import { TracerSwitch } from '../hand/tracer-switch.tsx'
import { loadManifest } from '../session/manifest.ts'
import { chooseGuest, openExample } from '../session/open-example.ts'
import { chooseOwn } from '../session/own-guests.ts'
import { sizeText } from '../share/size-text.ts'
import { useApp } from '../state/store.ts'
import type { Theme } from '../state/view.ts'
import { Button } from '../widgets/button.tsx'
import { Menu, MenuChoice, MenuItem, MenuLine } from '../widgets/menu.tsx'
import { HostMenu } from './host-menu.tsx'
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
      <CommandButton id="exercises" word="Exercises" icon="exercise" />
      <ExampleMenu />
      <GuestMenu />
      <HostMenu />
      <TracerSwitch />
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
  const module = useApp((state) => state.module)
  const yours = useApp((state) => state.yours)
  const files = useApp((state) => state.files.length)
  const show = useApp((state) => state.show)
  const guests = Object.entries(manifest?.guests ?? {})
  return (
    <Menu trigger={<Button caret mono label={module === undefined ? manifest?.guests[guest]?.source ?? guest : guest} aria-label={`Guest: ${guest}`} />}>
      {problem !== undefined && <p className={styles.problem}>{problem}</p>}
      {yours.length > 0 && (
        <MenuChoice
          label="Yours, kept in this browser"
          value={module}
          options={yours.map(({ hash, name, size }) => ({ value: hash, title: name, note: sizeText(size) }))}
          onChange={(hash) => {
            const own = yours.find((one) => one.hash === hash)
            if (own !== undefined) chooseOwn(own)
          }}
        />
      )}
      <MenuItem title="Add a guest of your own (.wasm) …" onSelect={() => runCommand('add-guest')} />
      <MenuLine />
      <MenuItem title={files === 0 ? 'Files …' : `Files, ${files} of them yours …`} onSelect={() => show({ dialog: 'files' })} />
      <MenuItem title="Arguments, input and seed …" onSelect={() => show({ dialog: 'guest' })} />
      <MenuItem title="Try 100 schedules …" onSelect={() => runCommand('schedules')} />
      <MenuLine />
      <MenuChoice
        label="Guests, each a C program"
        value={module === undefined ? guest : undefined}
        options={guests.map(([name, { title, sentence }]) => ({ value: name, title, sentence, note: name }))}
        onChange={(name) => void chooseGuest(name)}
      />
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
  const projector = useApp((state) => state.projector)
  return (
    <>
      <MenuChoice label="Theme" value={theme} options={THEMES} onChange={(next) => show({ theme: next })} />
      <MenuLine />
      <MenuItem title={projector ? 'Leave projector mode' : 'Projector mode: large type, high contrast'} onSelect={() => runCommand('projector')} />
    </>
  )
}
