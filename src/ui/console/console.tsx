import { lazy, memo, Suspense, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { Seq } from '../../engine/trace/format.ts'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { classNames } from '../widgets/class-names.ts'
import { EmptyPane } from '../widgets/pane.tsx'
import styles from './console.module.css'
import { FailureCard } from './failure-card.tsx'
import { InputLine } from './input-line.tsx'
import { ConsoleLines, pictures, type ConsoleLine } from './lines.ts'
import type { Picked } from './pick.ts'

/** Few guests compute without end. */
const SpinNotes = lazy(async () => ({ default: (await import('./spin-note.tsx')).SpinNotes }))

/** What somebody asks about the output comes when they ask. */
const OriginPanel = lazy(async () => ({ default: (await import('./origin-panel.tsx')).OriginPanel }))

/** Lines in the document at first, and how many more come with each press. */
const SHOWN = 1000
/** Characters of a line that are shown before one asks for the rest. */
const LONG = 2000

interface ConsoleProps {
  /** What a person typed, with its newline. */
  readonly onInput: (text: string) => void
  readonly onEndOfInput: () => void
  /** Shows a line of the script in the editor. */
  readonly onGoToLine?: ((line: number, column?: number) => void) | undefined
}

/** The guest's terminal and the script's prints, as text; what came after the cursor is dimmed. */
export function Console({ onInput, onEndOfInput, onGoToLine }: ConsoleProps) {
  const trace = useApp((s) => s.trace)
  const length = useApp((s) => s.traceLength)
  const phase = useApp((s) => s.phase)
  const cursor = useApp((s) => s.cursor)
  const hover = useApp((s) => s.hover)
  const failure = useApp((s) => s.failure)
  const end = useApp((s) => s.end)
  const recipe = useApp((s) => s.recipe)
  const spins = useApp((s) => s.spins.length > 0)
  const [shown, setShown] = useState(SHOWN)
  const [picked, setPicked] = useState<Picked>()
  const scroller = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)

  const reader = useMemo(() => ({ of: trace, lines: new ConsoleLines() }), [trace])
  // Output may follow the last event: the phase and the end of the run also say that there is more.
  const count = useMemo(() => {
    reader.lines.follow(reader.of)
    return reader.lines.lines.length
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the trace grows in place
  }, [reader, length, phase, end])
  const lines = reader.lines.lines
  const first = Math.max(0, lines.length - shown)
  /** The last line that had been begun at the cursor. */
  const present = useMemo(() => lines.findLastIndex((line) => line.seq <= cursor), [lines, count, cursor])
  const decides = useApp((state) => state.decisionAt !== undefined)
  const running = phase === 'running' || phase === 'waiting'

  useEffect(() => {
    setShown(SHOWN)
    setPicked(undefined)
  }, [trace])
  useLayoutEffect(() => {
    const box = scroller.current
    if (box === null) return
    if (failure !== undefined || spins) box.scrollTop = 0
    else if (running && atEnd.current) box.scrollTop = box.scrollHeight
  }, [count, failure, running, spins])
  useEffect(() => {
    if (running || failure !== undefined) return
    const box = scroller.current
    const line = box?.querySelector<HTMLElement>('[data-present]')
    if (line !== null && line !== undefined) line.scrollIntoView({ block: 'nearest' })
    else if (box !== null) box.scrollTop = 0
  }, [cursor, running, failure, count])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    if (event.target !== event.currentTarget) return
    event.preventDefault()
    const next = event.key === 'ArrowDown'
      ? lines.find((line) => line.seq > cursor)
      : lines.findLast((line) => line.seq < cursor && line.seq > 0)
    if (next !== undefined) app.getState().moveTo(next.seq)
  }
  const program = recipe?.programs[0]?.name ?? 'the guest'
  const last = end?.kind === 'exited' ? 'all tasks have exited' : end?.kind === 'stopped' ? 'stopped by you' : undefined
  const nothing = count === 0 && last === undefined && failure === undefined

  return (
    <div className={styles.console}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="log"
        aria-label="Output"
        aria-live="off"
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerLeave={() => app.getState().setHover(0)}
        onScroll={(event) => {
          const box = event.currentTarget
          atEnd.current = box.scrollTop + box.clientHeight >= box.scrollHeight - 8
        }}
      >
        {failure !== undefined && <div className={styles.card}><FailureCard failure={failure} onGoToLine={onGoToLine} /></div>}
        {spins && <Suspense><SpinNotes /></Suspense>}
        {nothing && (
          <EmptyPane>{running ? 'Nothing has been written yet.' : 'What the guest writes and what the script prints appears here.'}</EmptyPane>
        )}
        {first > 0 && (
          <div className={styles.earlier}>
            <span>{first.toLocaleString('en')} earlier lines</span>
            <Button look="edge" onClick={() => setShown(shown + SHOWN)}>Show {Math.min(SHOWN, first).toLocaleString('en')} more</Button>
            {first > SHOWN && <Button look="edge" onClick={() => setShown(Infinity)}>Show all</Button>}
          </div>
        )}
        <ol className={styles.lines}>
          {lines.slice(first).map((line, i) => (
            <Line
              key={first + i}
              line={line}
              seq={line.seq}
              pieces={line.pieces.length}
              present={presentOf(line, cursor)}
              current={line.seq === cursor}
              latest={first + i === present}
              linked={hover !== 0 && line.seq === hover}
              onPick={recipe === undefined ? undefined : setPicked}
            />
          ))}
          {last !== undefined && (
            <li className={classNames(styles.line, cursor < length && styles.later)}>
              <button type="button" tabIndex={-1} className={styles.seq} onClick={() => app.getState().moveTo(length)}>{length}</button>
              <span className={styles.stream}>engine</span>
              <span className={styles.text}>{last}</span>
            </li>
          )}
        </ol>
      </div>
      {picked !== undefined && <Suspense><OriginPanel trace={trace} picked={picked} onClose={() => setPicked(undefined)} /></Suspense>}
      {running && recipe?.tty === true && !decides && (
        <InputLine program={program} waiting={phase === 'waiting'} onInput={onInput} onEndOfInput={onEndOfInput} />
      )}
    </div>
  )
}

/** How many pieces of the line were written up to the cursor. */
const presentOf = (line: ConsoleLine, cursor: Seq): number => {
  if (line.seq > cursor) return 0
  let count = line.pieces.length
  while (count > 0 && (line.pieces[count - 1]?.seq ?? 0) > cursor) count--
  return Math.max(count, 1)
}

interface LineProps {
  readonly line: ConsoleLine
  /** Its event: told again, since the line changes in place when its call comes. */
  readonly seq: Seq
  /** Their number, since an open line grows in place. */
  readonly pieces: number
  readonly present: number
  readonly current: boolean
  /** The console scrolls to it. */
  readonly latest: boolean
  readonly linked: boolean
  /** Somebody asks where a stretch of it came from; undefined where nobody could tell. */
  readonly onPick: ((picked: Picked) => void) | undefined
}

const Line = memo(function Line({ line, seq, present, current, latest, linked, onPick }: LineProps) {
  const [whole, setWhole] = useState(false)
  const text = useRef<HTMLSpanElement>(null)
  const { pid, stream, failed } = line
  const now = line.pieces.slice(0, present).map((piece) => piece.text).join('')
  const later = line.pieces.slice(present).map((piece) => piece.text).join('')
  const cut = !whole && now.length + later.length > LONG
  const go = () => app.getState().moveTo(seq)
  const pick = async (): Promise<void> => {
    const { pickOf, selectedIn } = await import('./pick.ts')
    const chosen = pickOf(line, text.current === null ? undefined : selectedIn(text.current))
    if (chosen !== undefined) onPick?.(chosen)
  }
  return (
    <li
      className={classNames(
        styles.line, current && styles.current, linked && styles.linked, present === 0 && styles.later,
        (failed || stream === 'stderr') && styles.wrong, stream === 'echo' && styles.echo,
      )}
      aria-current={current || undefined}
      data-present={latest || undefined}
      onClick={go}
      onPointerEnter={() => app.getState().setHover(seq)}
    >
      <button type="button" tabIndex={-1} className={styles.seq} aria-label={`Go to event ${seq}`}>{seq}</button>
      <span className={styles.stream}>{stream}{pid > 0 && stream !== 'script' ? ` ${pid}` : ''}</span>
      <span className={styles.text}>
        <span ref={text} dir="auto">
          {pictures(cut ? now.slice(0, LONG) : now)}
          {later !== '' && <span className={styles.later}>{pictures(cut ? later.slice(0, Math.max(0, LONG - now.length)) : later)}</span>}
        </span>
        {cut && (
          <button
            type="button"
            className={styles.rest}
            onClick={(event) => {
              event.stopPropagation()
              setWhole(true)
            }}
          >
            … {(now.length + later.length - LONG).toLocaleString('en')} more characters
          </button>
        )}
        {current && onPick !== undefined && (stream === 'stdout' || stream === 'stderr') && (
          <button
            type="button" className={styles.from} tabIndex={latest ? 0 : -1} title="Where did this come from? Select a part of it to ask about that alone"
            // What is selected stays selected.
            onPointerDown={(event) => event.preventDefault()}
            onClick={(event) => {
              event.stopPropagation()
              void pick()
            }}
          >
            Where from?
          </button>
        )}
      </span>
    </li>
  )
})
