import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react'
import type { Seq } from '../../engine/trace/format.ts'
import { highlight, type Ink } from '../editor/highlight.ts'
import { classNames } from '../widgets/class-names.ts'
import styles from './source.module.css'

interface CListingProps {
  readonly label: string
  readonly code: string
  /** Lines that instructions come from: only there a breakpoint can be. */
  readonly withCode: ReadonlySet<number>
  readonly breakpoints: ReadonlySet<number>
  readonly onToggle: (line: number) => void
  /** Where the guest stands, and where its caller does that is looked at; 0 for nowhere. */
  readonly at: number
  /** Events that stand at a line. */
  readonly events: ReadonlyMap<number, readonly Seq[]>
  readonly cursor: Seq
  readonly onEvents: (line: number) => void
  /** The line that "run to" means. */
  readonly chosen: number
  readonly onChoose: (line: number) => void
}

const INKS: Readonly<Record<Ink, string | undefined>> = {
  plain: undefined, key: styles.key, text: styles.text, number: styles.num, call: styles.call, comment: styles.comment,
}

/** C with the line at which a guest stands. Arrows move over the lines that have code, Enter sets a breakpoint. */
export function CListing({ label, code, withCode, breakpoints, onToggle, at, events, cursor, onEvents, chosen, onChoose }: CListingProps) {
  const lines = useMemo(() => highlight(code, 'c'), [code])
  const list = useRef<HTMLDivElement>(null)
  const stops = useMemo(() => [...withCode].filter((line) => line <= lines.length).sort((a, b) => a - b), [withCode, lines])

  // What stands around the listing comes and goes with the event: the line stays in sight when it gets less room.
  useEffect(() => {
    const lines = list.current
    const box = lines?.parentElement
    if (at === 0 || lines === null || box === null || box === undefined) return undefined
    const show = (): void => {
      const row = lines.querySelector(`[data-line="${at}"]`)?.getBoundingClientRect()
      const { top, bottom, height } = box.getBoundingClientRect()
      if (row !== undefined && (row.top < top || row.bottom > bottom)) box.scrollTop += row.top - top - (height - row.height) / 2
    }
    const observer = new ResizeObserver(show)
    observer.observe(box)
    return () => observer.disconnect()
  }, [at, code])

  const focusLine = (line: number, on: 'mark' | 'events'): void => {
    onChoose(line)
    const row = list.current?.querySelector(`[data-line="${line}"]`)
    const target = row?.querySelector<HTMLElement>(on === 'events' ? '[data-events]' : '[role="switch"]') ?? row?.querySelector<HTMLElement>('[role="switch"]')
    target?.focus()
  }
  const onKey = (event: KeyboardEvent): void => {
    const here = stops.indexOf(Number((event.target as HTMLElement).closest('[data-line]')?.getAttribute('data-line')))
    if (here < 0 || event.altKey || event.ctrlKey || event.metaKey) return
    const to: Partial<Record<string, number>> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: stops.length - 1, ArrowRight: here, ArrowLeft: here }
    const next = to[event.key]
    if (next === undefined) return
    event.preventDefault()
    const line = stops[Math.min(Math.max(next, 0), stops.length - 1)]
    if (line !== undefined) focusLine(line, event.key === 'ArrowRight' ? 'events' : 'mark')
  }
  // One line of the listing is in the order of Tab, and arrows lead to the others.
  const inOrder = withCode.has(chosen) ? chosen : withCode.has(at) ? at : stops[0] ?? 0

  return (
    <div className={styles.scroller} role="region" aria-label={label} tabIndex={0}>
      <div className={styles.code} ref={list} role="grid" tabIndex={-1} aria-label="Lines" onKeyDown={onKey}>
        {lines.map((pieces, i) => {
          const number = i + 1
          const here = events.get(number)
          return (
            <div
              key={number} data-line={number} role="row" aria-current={number === at ? 'location' : undefined}
              className={classNames(styles.line, number === at ? styles.at : here !== undefined && styles.calling, withCode.has(number) && styles.hasCode, number === chosen && styles.chosen)}
            >
              <span role="gridcell">
                {withCode.has(number) && (
                  <button
                    type="button" role="switch" aria-checked={breakpoints.has(number)} aria-label={`Breakpoint at line ${number}`} tabIndex={number === inOrder ? 0 : -1}
                    className={styles.mark} onClick={() => { onChoose(number); onToggle(number) }}
                  ><span className={styles.dot} /></button>
                )}
              </span>
              <span className={styles.number} role="rowheader">{number}</span>
              <span className={styles.arrow} aria-hidden="true">{number === at && <Arrow />}</span>
              <span role="gridcell"><code>{pieces.map(({ ink, text }, k) => (ink === 'plain' ? text : <span key={k} className={INKS[ink]}>{text}</span>))}{'\n'}</code></span>
              <span role="gridcell">
                {here !== undefined && (
                  <button type="button" data-events tabIndex={-1} className={styles.events} title={`Go to the next event of line ${number}`} onClick={() => { onChoose(number); onEvents(number) }}>
                    {eventsText(here, cursor)}
                  </button>
                )}
              </span>
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** `event 12`, or how many there are and which one is looked at. */
const eventsText = (events: readonly Seq[], cursor: Seq): string => {
  const [only] = events
  if (events.length === 1 && only !== undefined) return `event ${only.toLocaleString('en')}`
  const here = events.indexOf(cursor)
  return here < 0 ? `${events.length.toLocaleString('en')} events` : `event ${here + 1} of ${events.length.toLocaleString('en')}`
}

function Arrow() {
  return <svg viewBox="0 0 10 10" width="10" height="10"><path d="M1 1.5 9 5 1 8.5z" fill="currentColor" /></svg>
}
