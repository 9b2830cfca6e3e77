import type { PaneName } from '../state/shell.ts'
import { useApp } from '../state/store.ts'
import { Icon, type IconName } from '../widgets/icon.tsx'

const NAMES: Readonly<Record<PaneName, { readonly title: string; readonly icon: IconName }>> = {
  exercise: { title: 'Exercise', icon: 'exercise' },
  editor: { title: 'Code', icon: 'code' },
  timeline: { title: 'Timeline', icon: 'timeline' },
  events: { title: 'Events', icon: 'list' },
  inspector: { title: 'Call', icon: 'call' },
  console: { title: 'Console', icon: 'console' },
}

interface FrontTabsProps {
  readonly panes: readonly PaneName[]
  readonly value: PaneName
  readonly className: string | undefined
}

/** Which pane is in front, where not all have room. */
export function FrontTabs({ panes, value, className }: FrontTabsProps) {
  const arrange = useApp((state) => state.arrange)
  return (
    <nav className={className} aria-label="Panes">
      {panes.map((pane) => (
        <button key={pane} type="button" aria-current={pane === value ? 'page' : undefined} onClick={() => arrange({ front: pane, maximised: undefined })}>
          <Icon name={NAMES[pane].icon} />
          {NAMES[pane].title}
        </button>
      ))}
    </nav>
  )
}
