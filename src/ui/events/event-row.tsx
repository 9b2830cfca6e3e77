import { memo, type ReactElement } from 'react'
import { eventLine } from '../../engine/decode/line.ts'
import { classFor } from '../../engine/decode/table.ts'
import type { CallClass } from '../../engine/syscall/row.ts'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { CallGlyph } from '../widgets/call-glyph.tsx'
import { classNames } from '../widgets/class-names.ts'
import { glyphShape, type GlyphShape } from '../widgets/glyph-shape.ts'
import { Icon } from '../widgets/icon.tsx'
import { Spans } from '../widgets/spans.tsx'
import styles from './event-list.module.css'

export type RowState = 'rest' | 'cursor' | 'related' | 'dimmed'

interface EventRowProps {
  readonly trace: Trace
  readonly seq: Seq
  readonly state: RowState
  /** Another pane's pointer is on it. */
  readonly hovered: boolean
  /** Its place in the grid, from 1, the head counted. */
  readonly index: number
  /** The call's end has become known: the same row then reads differently. */
  readonly ended: boolean
  /** What somebody has written about it, in a few words. */
  readonly note: string | undefined
}

/** There are few different ones, and React passes by an element that is the same as before. */
const glyphs = new Map<string, ReactElement>()

const glyphOf = (shape: GlyphShape, hue: CallClass | undefined, faint: boolean): ReactElement => {
  const key = [...Object.values(shape), hue, faint].join(' ')
  const known = glyphs.get(key)
  if (known !== undefined) return known
  const glyph = <CallGlyph shape={shape} hue={hue} faint={faint} />
  glyphs.set(key, glyph)
  return glyph
}

/** One event: number, task, glyph, line. The list hears of clicks and pointers for all of them (seqAtTarget). */
export const EventRow = memo(function EventRow({ trace, seq, state, hovered, index, note }: EventRowProps) {
  const shape = glyphShape(trace, seq)
  const { pid, by, arch, nr, kind } = trace.events.columns
  const at = seq - 1
  const task = shape?.kind === 'resume' || shape?.kind === 'poke' || shape?.kind === 'look' ? by[at] : pid[at]
  const quiet = shape?.kind === 'resume' || shape?.kind === 'poke' || shape?.kind === 'look'
  return (
    <div
      id={`event-${seq}`}
      className={classNames(styles.row, styles[state], hovered && styles.hovered, quiet && styles.request)}
      role="row"
      aria-rowindex={index}
      aria-selected={state === 'cursor'}
      data-seq={seq}
      data-kind={kind[at]}
    >
      <span className={styles.seq} role="gridcell">{seq}</span>
      <span className={styles.task} role="gridcell">{task}</span>
      {shape !== undefined && glyphOf(shape, classFor(arch[at] ?? 0, nr[at] ?? 0), state === 'dimmed')}
      <span className={styles.text} role="gridcell">
        {note !== undefined && <span className={styles.note} title={note}><Icon name="note" /><span className={styles.said}>Note: {note}. </span></span>}
        <Spans spans={eventLine(trace, seq, 'brief')} />
      </span>
    </div>
  )
})

/** The event whose row an element is in; 0 if it is in none. */
export const seqAtTarget = (target: EventTarget): Seq =>
  target instanceof Element ? Number(target.closest<HTMLElement>('[data-seq]')?.dataset['seq'] ?? 0) : 0
