import { memo, type KeyboardEvent, type PointerEvent } from 'react'
import type { Seq } from '../../engine/trace/format.ts'
import { classNames } from '../widgets/class-names.ts'
import styles from './hexdump.module.css'
import type { TaskMemory } from './memory.ts'
import { byteText, markOf, ROW_BYTES, type DumpRow } from './memory-region.ts'

interface HexdumpProps {
  readonly memory: TaskMemory
  readonly rows: readonly DumpRow[]
  /** What was written in these events is marked. */
  readonly step: { readonly from: Seq; readonly to: Seq }
  /** Addresses that a search found, and the length of what was sought. */
  readonly found?: readonly number[]
  readonly foundLength?: number
  /** The byte that the line below tells of. */
  readonly chosen?: number | undefined
  readonly onChoose?: (addr: number) => void
  /** Shows the rows of a gap. */
  readonly onMore?: () => void
}

const KEYS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -ROW_BYTES, ArrowDown: ROW_BYTES }

/** Memory, 16 bytes a row: address, bytes, text. What was written in this step is washed and underlined. */
export function Hexdump({ memory, rows, step, found = [], foundLength = 0, chosen, onChoose, onMore }: HexdumpProps) {
  const addressOf = (event: PointerEvent): number | undefined => {
    const addr = (event.target as HTMLElement).closest<HTMLElement>('[data-addr]')?.dataset['addr']
    return addr === undefined ? undefined : Number(addr)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = KEYS[event.key]
    const first = rows.find((row) => row.kind === 'bytes')
    if (by === undefined || onChoose === undefined || first === undefined) return
    event.preventDefault()
    event.stopPropagation()
    if (chosen === undefined) return onChoose(first.addr)
    // Rows that are not shown are jumped over.
    let next = chosen + by
    if (!rows.some((row) => row.kind === 'bytes' && row.addr === next - (next % ROW_BYTES))) {
      const order = rows.filter((row) => row.kind === 'bytes').map((row) => row.addr)
      const at = order.indexOf(chosen - (chosen % ROW_BYTES))
      const row = order[at + Math.sign(by)]
      if (row === undefined) return
      next = Math.abs(by) === 1 ? row + (by > 0 ? 0 : ROW_BYTES - 1) : row + (chosen % ROW_BYTES)
    }
    onChoose(next)
  }
  const digits = Math.max(5, ...rows.map((row) => row.addr.toString(16).length))
  return (
    <div
      className={styles.dump}
      role="group"
      aria-label="Memory, 16 bytes a row"
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const addr = addressOf(event as unknown as PointerEvent)
        if (addr !== undefined) onChoose?.(addr)
      }}
    >
      {rows.map((row) =>
        row.kind === 'gap'
          ? (
            <div key={`gap ${row.addr}`} className={styles.gap}>
              {onMore === undefined
                ? <>⋯ {row.rows.toLocaleString('en')} more rows</>
                : <button type="button" className={styles.more} onClick={onMore}>Show {row.rows.toLocaleString('en')} more rows</button>}
            </div>
          )
          : (
            <Row
              key={row.addr} memory={memory} addr={row.addr} labels={row.labels} step={step} digits={digits}
              found={found} foundLength={foundLength}
              chosen={chosen !== undefined && chosen >= row.addr && chosen < row.addr + ROW_BYTES ? chosen : -1}
            />
          ))}
    </div>
  )
}

interface RowProps extends Required<Pick<HexdumpProps, 'memory' | 'step' | 'found' | 'foundLength'>> {
  readonly addr: number
  readonly labels: readonly string[]
  readonly digits: number
  readonly chosen: number
}

const Row = memo(function Row({ memory, addr, labels, step, digits, found, foundLength, chosen }: RowProps) {
  const bytes = []
  const text = []
  for (let i = 0; i < ROW_BYTES; i++) {
    const at = addr + i
    const fact = memory.at(at)
    const mark = markOf(fact, step)
    const style = classNames(
      mark !== undefined && styles[mark], fact === undefined && styles.unknown, fact?.value === 0 && mark === undefined && styles.zero,
      found.some((from) => at >= from && at < from + foundLength) && styles.found, at === chosen && styles.chosen,
    )
    const title = byteText(at, fact)
    const value = fact?.value ?? -1
    bytes.push(
      <span key={i} className={classNames(styles.byte, style)} data-addr={at} title={title}>
        {value === -1 ? '··' : value.toString(16).padStart(2, '0')}
      </span>,
    )
    text.push(<span key={i} className={style} data-addr={at}>{value > 0x1f && value < 0x7f ? String.fromCharCode(value) : value === -1 ? ' ' : '·'}</span>)
  }
  return (
    <>
      {labels.length > 0 && <div className={styles.label}>{labels.join(' · ')}</div>}
      <div className={styles.row}>
        <span className={styles.address}>{addr.toString(16).padStart(digits, '0')}</span>
        <span className={styles.bytes}>{bytes}</span>
        <span className={styles.text}>{text}</span>
      </div>
    </>
  )
})
