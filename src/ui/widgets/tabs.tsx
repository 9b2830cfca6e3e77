import { Tabs } from 'radix-ui'
import type { ReactNode } from 'react'
import styles from './tabs.module.css'

export interface Tab<Id extends string> {
  readonly id: Id
  readonly title: string
  /** A count or a chip behind the title. */
  readonly badge?: ReactNode
  readonly panel: ReactNode
  /** Stays in the document while another tab is shown: an editor keeps its state. */
  readonly keep?: boolean
}

interface TabbedPaneProps<Id extends string> {
  /** What the pane is called by screen readers and by F6. */
  readonly label: string
  readonly tabs: readonly Tab<Id>[]
  readonly value: Id
  readonly onChange: (id: Id) => void
  /** Tools and chips at the right end of the strip. */
  readonly children?: ReactNode
  /** Double click on the strip. */
  readonly onMaximise?: (() => void) | undefined
}

/** A pane whose head is a strip of tabs: arrow keys choose, the panel below follows. */
export function TabbedPane<Id extends string>({ label, tabs, value, onChange, children, onMaximise }: TabbedPaneProps<Id>) {
  return (
    <Tabs.Root
      asChild
      value={value}
      onValueChange={(next) => {
        const tab = tabs.find((each) => each.id === next)
        if (tab !== undefined) onChange(tab.id)
      }}
    >
      <section className={styles.pane} aria-label={label} tabIndex={-1} data-pane={label}>
        <header className={styles.head} onDoubleClick={onMaximise}>
          <h2 className={styles.said}>{label}</h2>
          <Tabs.List className={styles.list} aria-label={label}>
            {tabs.map((tab) => (
              <Tabs.Trigger key={tab.id} value={tab.id} className={styles.tab}>
                {/* The hidden copy in bold keeps the strip still when the selection moves. */}
                <span className={styles.title} data-title={tab.title}>{tab.title}</span>
                {tab.badge}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          {children !== undefined && <div className={styles.tools}>{children}</div>}
        </header>
        {tabs.map((tab) => (
          <Tabs.Content
            key={tab.id}
            value={tab.id}
            className={styles.panel}
            {...(tab.keep === true ? { forceMount: true as const, hidden: tab.id !== value } : {})}
          >
            {tab.panel}
          </Tabs.Content>
        ))}
      </section>
    </Tabs.Root>
  )
}
