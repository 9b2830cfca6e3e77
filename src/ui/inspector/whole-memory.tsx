import { useMemo, useState } from 'react'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { EmptyPane } from '../widgets/pane.tsx'
import { Hexdump } from './hexdump.tsx'
import styles from './inspector.module.css'
import { endOf, stepOf, taskMemory, type Moment } from './memory.ts'
import { byteText, ROW_BYTES, type DumpRow } from './memory-region.ts'
import { SeqLink } from './seq-link.tsx'
import { useSight } from './use-sight.ts'
import { WriterLine } from './writer-line.tsx'

/** Rows shown at once. */
const ROWS = 32
const WINDOW = ROWS * ROW_BYTES

interface WholeMemoryProps {
  readonly trace: Trace
  readonly seq: Seq
  readonly length: number
  readonly moment: Moment
  /** Where to begin: what the event is about. */
  readonly first: number
  /** What is sought in all of it. */
  readonly needle: Uint8Array
}

/** All of a guest's memory as it was, which no trace has: the guest is made again up to there. */
export function WholeMemory({ trace, seq, length, moment, first, needle }: WholeMemoryProps) {
  const [asked, setAsked] = useState<number>()
  const [text, setText] = useState<string>()
  const [chosen, setChosen] = useState<number>()
  const remaking = useApp((state) => state.remaking)
  const base = Math.max(0, asked ?? first)
  const from = base - (base % ROW_BYTES)
  const end = endOf(trace, seq, moment)
  const pid = trace.event(seq)?.pid ?? 0
  const looked = useSight({ seq: end, addr: from, length: WINDOW, find: needle })
  const sight = looked.state === 'seen' && 'size' in looked.sight ? looked.sight : undefined
  const memory = useMemo(
    () => (sight === undefined ? undefined : taskMemory(trace, pid, seq, moment, undefined, sight.pieces)),
    [trace, pid, seq, moment, sight, length],
  )
  const step = useMemo(() => stepOf(trace, seq), [trace, seq, length])
  if (looked.state === 'seen' && 'sentence' in looked.sight) return <EmptyPane>{looked.sight.sentence}</EmptyPane>
  if (looked.state === 'absent') {
    return <EmptyPane>The whole memory can be seen when the guest waits or has ended: press Stop, or wait for it.</EmptyPane>
  }
  if (sight === undefined || memory === undefined) {
    return (
      <EmptyPane>
        {remaking === undefined ? 'Making the guest again…' : `Running it again to look inside: ${remaking.toLocaleString('en')} events so far…`}
      </EmptyPane>
    )
  }
  const { size, found, stackPointer } = sight
  const last = Math.max(0, size - ROW_BYTES)
  const go = (to: number) => {
    setAsked(Math.min(Math.max(0, to), last))
    setText(undefined)
  }
  const rows: DumpRow[] = []
  for (let addr = from; addr < Math.min(size, from + WINDOW); addr += ROW_BYTES) rows.push({ kind: 'bytes', addr, labels: [] })
  const fact = chosen === undefined ? undefined : memory.at(chosen)
  const next = found.find((addr) => addr > (chosen ?? from - 1)) ?? found[0]
  return (
    <>
      <div className={styles.tools}>
        <Button label="Lower" look="edge" disabled={from === 0} onClick={() => go(from - WINDOW)} />
        <Button label="Higher" look="edge" disabled={from + WINDOW >= size} onClick={() => go(from + WINDOW)} />
        <form
          onSubmit={(event) => {
            event.preventDefault()
            const to = Number.parseInt((text ?? '').replace(/^0x/i, ''), 16)
            if (Number.isSafeInteger(to)) go(to)
          }}
        >
          <input
            className={styles.address} aria-label="Address, hexadecimal" value={text ?? `0x${from.toString(16)}`} spellCheck={false} autoComplete="off"
            onChange={(change) => setText(change.target.value)}
          />
        </form>
        {stackPointer > 0 && <Button label="Stack" look="edge" onClick={() => go(stackPointer)} />}
        {needle.length > 0 && next !== undefined && (
          <Button label={`Next of ${found.length}`} look="edge" onClick={() => { setChosen(next); go(next) }} />
        )}
        {needle.length > 0 && found.length === 0 && <span className={styles.quiet} role="status">nowhere in its memory</span>}
      </div>
      <Hexdump memory={memory} rows={rows} step={step} found={found} foundLength={needle.length} chosen={chosen} onChoose={setChosen} />
      <p className={styles.byteLine} role="status">
        {chosen === undefined ? `${(size / 1024).toLocaleString('en')} KiB after event ${end}. Choose a byte to see who wrote it.` : (
          <>
            <span>{byteText(chosen, fact)}</span>
            {fact !== undefined && fact.wrote > 0 && <SeqLink seq={fact.wrote}>Go to its last write, {fact.wrote}</SeqLink>}
          </>
        )}
      </p>
      {chosen !== undefined && <WriterLine seq={end} addr={chosen} />}
    </>
  )
}
