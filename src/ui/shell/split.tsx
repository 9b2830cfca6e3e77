import { useEffect, type ReactNode } from 'react'
import { Group, Panel, Separator, usePanelRef } from 'react-resizable-panels'
import { keepLayout, layoutOf } from '../session/layouts.ts'
import type { PaneName } from '../state/shell.ts'
import { app, useApp } from '../state/store.ts'
import styles from './split.module.css'

interface SplitProps {
  /** Under this name its sizes are kept. */
  readonly id: string
  readonly orientation: 'horizontal' | 'vertical'
  readonly children: ReactNode
  /** A person has moved a separator. */
  readonly onResized?: () => void
}

/** Panels beside or above one another, whose sizes are kept. */
export function Split({ id, orientation, children, onResized }: SplitProps) {
  return (
    <Group
      id={id} orientation={orientation} className={styles.group} defaultLayout={layoutOf(id)}
      resizeTargetMinimumSize={{ coarse: 24, fine: 8 }}
      onLayoutChanged={(layout, meta) => {
        if (!meta.isUserInteraction) return
        keepLayout(id, layout)
        onResized?.()
      }}
    >
      {children}
    </Group>
  )
}

/** The line between two panels: dragged, or moved with arrow keys. */
export function Divider({ label }: { readonly label: string }) {
  return <Separator className={styles.divider} aria-label={label} />
}

interface SplitPanelProps {
  readonly id: string
  /** Pixels, or percent as a text. */
  readonly size?: number | string
  readonly min?: number
  /** The pane that folds with it, and to how many pixels. */
  readonly pane?: PaneName
  readonly folded?: number
  /** Keeps its pixels when the window grows. */
  readonly rigid?: boolean
  readonly children: ReactNode
}

/** A panel of a split; folds when its pane is collapsed. */
export function SplitPanel({ id, size, min = 120, pane, folded = 32, rigid, children }: SplitPanelProps) {
  const panel = usePanelRef()
  const collapsed = useApp((state) => pane !== undefined && state.collapsed.includes(pane))

  useEffect(() => {
    if (pane === undefined || panel.current === null) return
    if (collapsed && !panel.current.isCollapsed()) panel.current.collapse()
    if (!collapsed && panel.current.isCollapsed()) panel.current.expand()
  }, [pane, panel, collapsed])

  // Dragging a separator to the edge folds as well, and the state has to know.
  const resized = (): void => {
    if (pane === undefined || panel.current === null) return
    const { collapsed: names, arrange } = app.getState()
    const now = panel.current.isCollapsed()
    if (now === names.includes(pane)) return
    arrange({ collapsed: now ? [...names, pane] : names.filter((name) => name !== pane) })
  }

  return (
    <Panel
      id={id} panelRef={panel} className={styles.panel} minSize={min} onResize={resized}
      {...(size === undefined ? {} : { defaultSize: size })}
      {...(rigid === true ? { groupResizeBehavior: 'preserve-pixel-size' as const } : {})}
      {...(pane === undefined ? {} : { collapsible: true, collapsedSize: folded })}
    >
      {children}
    </Panel>
  )
}
