import { CommandButton } from '../commands/command-button.tsx'
import { TracerSwitch } from '../hand/tracer-switch.tsx'
import { useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Menu, MenuItem, MenuLine } from '../widgets/menu.tsx'
import { HostChoice } from './host-menu.tsx'
import { ExampleMenu, GuestMenu, ThemeChoice } from './menu-bar.tsx'
import { Mode } from './mode.tsx'
import styles from './phone-bar.module.css'

/** The transport of a phone: fixed above the pane, 44 px targets, the rest behind one button. */
export function PhoneBar() {
  const cursor = useApp((state) => state.cursor)
  const length = useApp((state) => state.traceLength)
  const live = useApp((state) => state.phase === 'loading' || state.phase === 'running' || state.phase === 'waiting')
  return (
    <div className={styles.bar} role="toolbar" aria-label="Transport">
      <CommandButton id="first" icon="first" />
      <CommandButton id="back" icon="back" />
      <span className={styles.count}><b>{cursor.toLocaleString('en')}</b> of {length.toLocaleString('en')}</span>
      {live && <CommandButton id="stop" icon="stop" />}
      <CommandButton id="step" icon="step" look="primary" />
      <CommandButton id="last" icon="last" />
      <Menu align="end" trigger={<Button label="More" icon="more" bare />}><MoreItems /></Menu>
    </div>
  )
}

/** What runs, and how: the second line of a phone, above its code. */
export function PhoneChoice() {
  return (
    <>
      <div className={styles.choice}><ExampleMenu /><GuestMenu /></div>
      <div className={styles.choice}><TracerSwitch /><span className={styles.grow} /><Mode /></div>
    </>
  )
}

function MoreItems() {
  const show = useApp((state) => state.show)
  return (
    <>
      <MenuItem title="Exercises" onSelect={() => show({ dialog: 'course' })} />
      <MenuItem title="Share this run" onSelect={() => show({ dialog: 'share' })} />
      <MenuItem title="Export or print" onSelect={() => show({ dialog: 'export' })} />
      <MenuItem title="Files of the guest" onSelect={() => show({ dialog: 'files' })} />
      <MenuItem title="Arguments, input and seed" onSelect={() => show({ dialog: 'guest' })} />
      <MenuItem title="What it costs" onSelect={() => show({ dialog: 'cost' })} />
      <MenuItem title="All commands" onSelect={() => show({ dialog: 'palette' })} />
      <MenuItem title="Help and keys" onSelect={() => show({ dialog: 'help' })} />
      <MenuLine />
      <HostChoice />
      <MenuLine />
      <ThemeChoice />
    </>
  )
}
