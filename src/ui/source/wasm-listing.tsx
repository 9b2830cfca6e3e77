import { useEffect, useRef, useState } from 'react'
import type { Disassembly, Instruction } from '../../engine/source/disassemble.ts'
import { hexText } from '../../engine/decode/text.ts'
import { classNames } from '../widgets/class-names.ts'
import styles from './source.module.css'

/** Of a row, in CSS pixels: as the style sheet has it. */
const ROW = 20
/** Rows drawn above and below what is seen. */
const MORE = 20

interface WasmListingProps {
  readonly disassembly: Disassembly
  /** The instruction that is at hand: its code offset, or −1. */
  readonly at: number
}

/** The last instruction at or before an offset; −1 if there is none. */
export const instructionAt = (instructions: readonly Instruction[], offset: number): number => instructions.findLastIndex((each) => each.offset <= offset && offset < each.offset + each.length)

/** A function as WebAssembly text; of a long one only what is seen is in the page. */
export function WasmListing({ disassembly, at }: WasmListingProps) {
  const { name, type, locals, instructions, problem } = disassembly
  const scroller = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState({ top: 0, height: 400 })
  const current = instructionAt(instructions, at)

  useEffect(() => {
    const box = scroller.current
    if (box === null) return undefined
    const measure = (): void => setSeen({ top: box.scrollTop, height: box.clientHeight })
    const observer = new ResizeObserver(measure)
    observer.observe(box)
    box.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      box.removeEventListener('scroll', measure)
    }
  }, [])
  useEffect(() => {
    const box = scroller.current
    if (box === null) return
    const y = Math.max(0, current) * ROW
    if (current < 0) box.scrollTop = 0
    else if (y < box.scrollTop || y + ROW > box.scrollTop + box.clientHeight) box.scrollTop = y - box.clientHeight / 2
  }, [current, disassembly])

  const first = Math.max(0, Math.floor(seen.top / ROW) - MORE)
  const last = Math.min(instructions.length, Math.ceil((seen.top + seen.height) / ROW) + MORE)
  return (
    <>
      <p className={styles.about}>
        <code>{name}</code>{' '}({type.params.join(', ')}) → {type.results.length === 0 ? 'nothing' : type.results.join(', ')}; {locals.length === 1 ? '1 local' : `${locals.length} locals`},{' '}
        {instructions.length.toLocaleString('en')} instructions{problem === '' ? '' : `. ${problem}`}
      </p>
      <div className={styles.scroller} role="region" aria-label={`Instructions of ${name}`} tabIndex={0} ref={scroller}>
        <div className={styles.rows} role="table" aria-label={`Instructions of ${name}`} aria-rowcount={instructions.length} style={{ height: instructions.length * ROW }}>
          {instructions.slice(first, last).map(({ offset, depth, text, comment }, i) => {
            const index = first + i
            return (
              <div key={offset} role="row" aria-rowindex={index + 1} aria-current={index === current ? 'location' : undefined} className={classNames(styles.row, index === current && styles.at)} style={{ top: index * ROW }}>
                <span className={styles.arrow} aria-hidden="true">{index === current && '▸'}</span>
                <span role="rowheader" className={styles.offset}>{hexText(offset)}</span>
                <span role="cell"><code>{'  '.repeat(Math.min(depth, 40))}{text}</code></span>
                <span role="cell" className={styles.aside}>{comment !== '' && `;; ${comment}`}</span>
              </div>
            )
          })}
        </div>
      </div>
    </>
  )
}
