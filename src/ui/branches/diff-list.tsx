import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { rowAt, Side, type TraceDiff } from '../../engine/diff/diff.ts'
import { itemText } from '../../engine/diff/sentence.ts'
import { compareStates } from '../../engine/diff/state.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { Button } from '../widgets/button.tsx'
import styles from './branches.module.css'

/** Rows that are drawn at a time. */
const DRAWN = 60
/** Browsers end elements near this height, in pixels: beyond it a pixel of scrolling is more than one of rows. */
const TALLEST = 8_000_000

const MARKS: Readonly<Record<Side, string>> = { [Side.equal]: '', [Side.changed]: '≠', [Side.left]: '−', [Side.right]: '+' }
const WORDS: Readonly<Record<Side, string>> = {
  [Side.equal]: 'alike', [Side.changed]: 'changed', [Side.left]: 'only on the left', [Side.right]: 'only on the right',
}

interface DiffListProps {
  readonly diff: TraceDiff
  readonly left: Trace
  readonly right: Trace
  readonly names: readonly [string, string]
  /** Which sides can be opened. */
  readonly lanes: readonly [boolean, boolean]
  readonly onOpen: (side: 0 | 1, seq: number) => void
}

/** The two runs, call beside call; below, the state at the pair that is selected. */
export function DiffList({ diff, left, right, names, lanes, onOpen }: DiffListProps) {
  const [selected, setSelected] = useState(diff.differences[0] ?? 0)
  const [top, setTop] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  const height = window.matchMedia('(max-width: 640px)').matches ? 48 : 24
  const whole = diff.length * height
  const scale = Math.min(1, TALLEST / Math.max(1, whole))
  const first = Math.max(0, Math.min(diff.length - DRAWN, Math.floor(top / scale / height) - 10))

  const select = (row: number): void => {
    const to = Math.max(0, Math.min(diff.length - 1, row))
    setSelected(to)
    const at = to * height * scale
    const view = box.current
    if (view !== null && (at < view.scrollTop || at + height > view.scrollTop + view.clientHeight)) view.scrollTop = Math.max(0, at - view.clientHeight / 2)
  }
  const jump = (by: 1 | -1): void => {
    const next = by > 0 ? diff.differences.find((row) => row > selected) : diff.differences.findLast((row) => row < selected)
    if (next !== undefined) select(next)
  }
  const press = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => select(selected + 1), ArrowUp: () => select(selected - 1), PageDown: () => select(selected + 15), PageUp: () => select(selected - 15),
      Home: () => select(0), End: () => select(diff.length - 1), n: () => jump(1), p: () => jump(-1),
    }
    const move = moves[event.key]
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    move()
  }
  const rows = Array.from({ length: Math.max(0, Math.min(DRAWN, diff.length - first)) }, (_, i) => first + i)
  const pair = rowAt(diff, selected)
  return (
    <>
      <div className={styles.line}>
        <div className={styles.buttons}>
          <Button label="Previous difference" look="edge" keys="p" disabled={!diff.differences.some((row) => row < selected)} onClick={() => jump(-1)} />
          <Button label="Next difference" look="edge" keys="n" disabled={!diff.differences.some((row) => row > selected)} onClick={() => jump(1)} />
        </div>
        <div className={styles.buttons}>
          {lanes[0] && (pair?.left ?? 0) > 0 && <Button label={`Go there in ${names[0]}`} onClick={() => onOpen(0, pair?.left ?? 0)} />}
          {lanes[1] && (pair?.right ?? 0) > 0 && <Button label={`Go there in ${names[1]}`} onClick={() => onOpen(1, pair?.right ?? 0)} />}
        </div>
      </div>
      <div
        ref={box} className={styles.diff} role="listbox" tabIndex={0} aria-label={`Calls of ${names[0]} beside those of ${names[1]}`}
        aria-activedescendant={`diff-${selected}`} onKeyDown={press} onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      >
        <div className={styles.tall} role="presentation" style={{ height: Math.min(TALLEST, whole) }}>
          {rows.map((row) => {
            const one = rowAt(diff, row)
            if (one === undefined) return null
            const [a, b] = [one.left > 0 ? itemText(left, one.left) : '', one.right > 0 ? itemText(right, one.right) : '']
            return (
              <div
                key={row} id={`diff-${row}`} role="option" tabIndex={-1} aria-selected={row === selected} aria-posinset={row + 1} aria-setsize={diff.length}
                aria-label={one.side === Side.equal ? `#${one.left}, alike: ${a}` : `${WORDS[one.side]}: ${[a, b].filter((text) => text !== '').join(' – ')}`}
                className={styles.row} data-side={one.side} data-first={row === diff.differences[0] || undefined}
                style={{ top: (row - first) * height + Math.min(first * height * scale, Math.max(0, Math.min(TALLEST, whole) - rows.length * height)) }}
                onClick={() => select(row)}
              >
                <span aria-hidden="true">{MARKS[one.side]}</span>
                <span title={a}>{one.left > 0 && <u>{one.left}</u>}{a}</span>
                <span title={b}>{one.right > 0 && <u>{one.right}</u>}{b}</span>
              </div>
            )
          })}
        </div>
      </div>
      {pair !== undefined && <States left={{ trace: left, seq: pair.left }} right={{ trace: right, seq: pair.right }} names={names} />}
    </>
  )
}

interface StatesProps {
  readonly left: { readonly trace: Trace; readonly seq: number }
  readonly right: { readonly trace: Trace; readonly seq: number }
  readonly names: readonly [string, string]
}

function States({ left, right, names }: StatesProps) {
  const rows = useMemo(() => compareStates(left, right), [left, right])
  const side = (seq: number): string => (seq > 0 ? ` #${seq.toLocaleString('en')}` : ': nothing here')
  return (
    <div className={styles.scroll} role="region" aria-label="State beside state" tabIndex={0}>
      <table className={styles.state}>
        <thead><tr><th scope="col">state</th><th scope="col">{names[0]}{side(left.seq)}</th><th scope="col">{names[1]}{side(right.seq)}</th></tr></thead>
        <tbody>
          {rows.map(({ part, name, left: a, right: b, differs }) => (
            <tr key={`${part} ${name}`} data-differs={differs || undefined}>
              <th scope="row">{name}{differs && <span className={styles.said}>, differs</span>}</th>
              <td>{a ?? '–'}</td>
              <td>{b ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
