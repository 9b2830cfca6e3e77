import { COMMANDS, runCommand } from '../commands/commands.ts'
import { app, useApp } from '../state/store.ts'
import { LoadedItem, LoadedLine, LoadedMenu } from '../widgets/menu-parts.tsx'
import { zoomToEvents } from './navigate.ts'

interface ContextMenuProps {
  /** Where it was asked for, in CSS pixels of the window. */
  readonly x: number
  readonly y: number
  readonly onClose: () => void
}

/** Commands that concern an event, as far as they would do anything. */
const ABOUT_EVENTS: ReadonlySet<string> = new Set(['what-if', 'note', 'entry', 'exit'])

/** What can be done about the event under the cursor and its task: the menu of the right button, a long press, or the menu key. */
export function ContextMenu({ x, y, onClose }: ContextMenuProps) {
  const cursor = useApp((state) => state.cursor)
  const range = useApp((state) => state.range)
  const filter = useApp((state) => state.filter)
  const pid = useApp((state) => state.trace.events.columns.pid[state.cursor - 1] ?? 0)
  const show = useApp((state) => state.show)
  const alone = `pid:${pid}`
  const commands = COMMANDS.filter(({ id, when }) => ABOUT_EVENTS.has(id) && when?.(app.getState()) !== false)
  return (
    <LoadedMenu
      open align="start" container={document.querySelector('main')} onOpen={(open) => { if (!open) onClose() }}
      trigger={<span role="presentation" style={{ position: 'fixed', left: x, top: y, width: 0, height: 0 }} />}
    >
      {commands.map(({ id, title, keys }) => <LoadedItem key={id} title={id === 'what-if' ? `What if … at event ${cursor.toLocaleString('en')}` : title} keys={keys[0]} onSelect={() => runCommand(id)} />)}
      <LoadedLine />
      <LoadedItem title="Mark this task’s events, dim the others" onSelect={() => show({ filter: alone, unmatched: 'dim' })} />
      <LoadedItem title="Show this task alone" onSelect={() => show({ filter: alone, unmatched: 'hide' })} />
      {filter !== '' && <LoadedItem title="Show all tasks again" onSelect={() => show({ filter: '', unmatched: 'dim' })} />}
      <LoadedLine />
      {range !== undefined && <LoadedItem title={`Zoom to ${range.from.toLocaleString('en')}–${range.to.toLocaleString('en')}`} onSelect={() => zoomToEvents(app, range.from, range.to)} />}
      <LoadedItem title="Fit all" keys="0" onSelect={() => runCommand('fit')} />
    </LoadedMenu>
  )
}
