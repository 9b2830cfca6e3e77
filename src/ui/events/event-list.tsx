import { useCallback, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { noteTitle } from '../../engine/link/note.ts'
import type { Seq } from '../../engine/trace/format.ts'
import { useFound, useMatches } from '../filter/matches.ts'
import { lowerBound } from '../filter/scan.ts'
import { shownNotes } from '../notes/shown.ts'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { EmptyPane, Pane, PaneHead } from '../widgets/pane.tsx'
import { EventRow, seqAtTarget, type RowState } from './event-row.tsx'
import styles from './event-list.module.css'
import { isRelated, relatedTo } from './related.ts'
import {
  drawnRows, NONE_DRAWN, pageRows, rowsAt, scrollerHeight, scrollToCentre, scrollToShow, slotOf, type DrawnRows, type RowList,
} from './rows.ts'

/** The grid's head, which stays above the rows, in CSS pixels. */
const HEAD = 20

interface EventListProps {
  readonly onMaximise?: (() => void) | undefined
}

/** Every event, one strace line each: a grid of rows of which only those in view are in the document. */
export function EventList({ onMaximise }: EventListProps) {
  const trace = useApp((s) => s.trace)
  const length = useApp((s) => s.traceLength)
  const cursor = useApp((s) => s.cursor)
  const hover = useApp((s) => s.hover)
  const unmatched = useApp((s) => s.unmatched)
  const notes = useApp(shownNotes)
  const titles = useMemo(() => new Map(notes.map(({ at, text }) => [at, noteTitle(text)])), [notes])
  const matches = useMatches()
  const found = useFound()
  const hidden = unmatched === 'hide' && found !== undefined ? found : undefined
  const count = hidden?.length ?? length

  const scroller = useRef<HTMLDivElement>(null)
  const [scrollTop, setScrollTop] = useState(0)
  const [view, setView] = useState(480)
  const list: RowList = { count, view }
  const seqAt = (row: number): Seq => (hidden === undefined ? row + 1 : (hidden[row] ?? 0))
  const rowOf = (seq: Seq): number => (hidden === undefined ? seq - 1 : lowerBound(hidden, seq))
  const related = useMemo(() => relatedTo(trace, cursor), [trace, cursor, length])

  useLayoutEffect(() => {
    const box = scroller.current
    if (box === null) return undefined
    const measure = () => setView(box.clientHeight - HEAD)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(box)
    return () => observer.disconnect()
  }, [])

  // Only what moves the cursor or changes the rows scrolls the list; scrolling by hand is left alone.
  useLayoutEffect(() => {
    const box = scroller.current
    if (box === null || cursor === 0 || count === 0) return
    const row = Math.min(rowOf(cursor), count - 1)
    const shown = scrollToShow(list, box.scrollTop, row)
    if (shown === box.scrollTop) return
    const far = Math.abs(shown - box.scrollTop) > view
    box.scrollTop = far ? scrollToCentre(list, row) : shown
    setScrollTop(box.scrollTop)
  }, [cursor, hidden === undefined ? 0 : hidden.length, view, trace])

  const moveTo = useCallback((seq: Seq) => app.getState().moveTo(seq), [])
  const point = (target: EventTarget): void => {
    const seq = seqAtTarget(target)
    if (seq !== app.getState().hover) app.getState().setHover(seq)
  }
  const choose = (target: EventTarget): void => {
    const seq = seqAtTarget(target)
    if (seq !== 0) moveTo(seq)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || count === 0) return
    const row = rowOf(cursor)
    // Where the cursor's own row is hidden, `row` is the first one behind it.
    const on = seqAt(row) === cursor
    const target = {
      ArrowDown: on ? row + 1 : row, ArrowUp: row - 1, PageDown: row + pageRows(list), PageUp: row - pageRows(list), Home: 0, End: count - 1,
    }[event.key]
    if (target === undefined) return
    event.preventDefault()
    event.stopPropagation()
    moveTo(seqAt(Math.min(Math.max(target, 0), count - 1)))
  }

  const { first, end, top } = rowsAt(list, scrollTop)
  const drawn = useRef<DrawnRows>(NONE_DRAWN)
  drawn.current = drawnRows(drawn.current, list, first, end)
  const rows = []
  for (let row = first; row < end; row++) {
    const seq = seqAt(row)
    if (seq === 0 || seq > length) continue
    const near = isRelated(trace, seq, related)
    const state: RowState = seq === cursor ? 'cursor' : near ? 'related' : matches !== undefined && matches[seq - 1] === 0 ? 'dimmed' : 'rest'
    rows.push(
      <EventRow
        key={slotOf(drawn.current, row)} trace={trace} seq={seq} state={state} hovered={hover === seq} index={row + 2}
        ended={trace.hasEnded(seq)} note={titles.get(seq)}
      />,
    )
  }
  const cursorShown = rows.some((row) => row.props.seq === cursor)
  const title = matches === undefined ? 'call' : hidden === undefined ? 'call (dimmed: not matched)' : 'call (only what matches)'

  return (
    <Pane label="Events">
      <PaneHead
        title="Events"
        note={hidden === undefined ? length.toLocaleString('en') : `${count.toLocaleString('en')} of ${length.toLocaleString('en')}`}
        onMaximise={onMaximise}
      />
      <div
        ref={scroller}
        className={styles.grid}
        role="grid"
        aria-label="Events"
        aria-rowcount={count + 1}
        aria-colcount={3}
        aria-activedescendant={cursorShown ? `event-${cursor}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={({ target }) => choose(target)}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        onPointerMove={({ target }) => point(target)}
        onPointerLeave={() => app.getState().setHover(0)}
        style={{ '--digits': Math.max(4, String(length).length), '--pids': Math.max(1, String(trace.births.at(-1)?.pid ?? 1).length) }}
      >
        <div className={styles.head} role="row" aria-rowindex={1}>
          <span role="columnheader">seq</span>
          <span role="columnheader">task</span>
          <span role="columnheader">{title}</span>
        </div>
        <div role="rowgroup">
          {length === 0 && <EmptyPane>Run the script: every stop, and every request made at it, becomes a line here.</EmptyPane>}
          {length > 0 && count === 0 && (
            <div className={styles.none}>
              <EmptyPane>No event matches the filter.</EmptyPane>
              <Button look="edge" onClick={() => app.getState().show({ unmatched: 'dim' })}>Show all, dimmed</Button>
            </div>
          )}
          <div className={styles.content} role="presentation" style={{ height: scrollerHeight(list) }}>
            <div className={styles.rows} role="presentation" style={{ transform: `translateY(${top}px)` }}>{rows}</div>
          </div>
        </div>
      </div>
    </Pane>
  )
}
