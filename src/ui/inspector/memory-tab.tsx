import { useMemo, useState } from 'react'
import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { EmptyPane } from '../widgets/pane.tsx'
import { Segments } from '../widgets/segments.tsx'
import { Hexdump } from './hexdump.tsx'
import styles from './inspector.module.css'
import { endOf, searchBytes, stepOf, taskMemory, type Moment } from './memory.ts'
import { byteText, knownRows, regionRows, regionsAt, ROW_BYTES } from './memory-region.ts'
import { SeqLink } from './seq-link.tsx'
import { WholeMemory } from './whole-memory.tsx'
import { WriterLine } from './writer-line.tsx'

/** Rows of a region, or of all that is known, before one asks for more. */
const SHOWN = 16
/** Events that the glance under a call reads back: it is made at every step. */
const PEEKED = 200

interface MemoryTabProps {
  readonly trace: Trace
  readonly seq: Seq
  /** The trace grows in place: its length says when to look again. */
  readonly length: number
}

/** The memory of a task as far as the trace knows it. */
export function MemoryTab({ trace, seq, length }: MemoryTabProps) {
  const [moment, setMoment] = useState<Moment>('after')
  const [scope, setScope] = useState<'call' | 'all' | 'whole'>('call')
  const [most, setMost] = useState(SHOWN)
  const [sought, setSought] = useState('')
  const [chosen, setChosen] = useState<number | undefined>()
  const event = trace.event(seq)
  const pid = event?.pid ?? 0
  const atEntry = event?.kind === EventKind.entry
  const memory = useMemo(() => taskMemory(trace, pid, seq, moment), [trace, pid, seq, moment, length])
  const regions = useMemo(() => regionsAt(trace, seq), [trace, seq, length])
  const step = useMemo(() => (moment === 'stop' && atEntry ? { from: seq, to: seq } : stepOf(trace, seq)), [trace, seq, moment, atEntry, length])
  const needle = useMemo(() => searchBytes(sought), [sought])
  const found = useMemo(() => memory.find(needle), [memory, needle])
  const searching = needle.length > 0
  const whole = scope === 'whole'
  const all = scope === 'all' || regions.length === 0 || searching
  const rows = useMemo(() => {
    if (!all) return regionRows(regions, most)
    if (!searching) return knownRows(memory, regions, most * 16)
    return regionRows(found.slice(0, most).map((addr) => ({ label: `found at 0x${addr.toString(16)}`, addr, length: needle.length })), SHOWN)
  }, [all, searching, memory, regions, most, found, needle])

  const fact = chosen === undefined ? undefined : memory.at(chosen)
  const jump = (by: 1 | -1) => {
    const next = by === 1 ? found.find((addr) => addr > (chosen ?? -1)) : found.findLast((addr) => addr < (chosen ?? Infinity))
    setChosen(next ?? (by === 1 ? found[0] : found.at(-1)))
  }
  const name = trace.birthOf(pid, seq)?.name ?? ''
  const isEmpty = rows.length === 0 && !searching && !whole
  return (
    <div className={styles.memory}>
      <div className={styles.tools}>
        {atEntry && (
          <Segments
            label="Moment" value={moment} onChange={setMoment}
            options={[{ id: 'stop', title: 'At the stop' }, { id: 'after', title: 'After the call' }]}
          />
        )}
        <Segments
          label="What is shown" value={whole ? 'whole' : all ? 'all' : 'call'} onChange={setScope}
          options={[{ id: 'call', title: 'This call', disabled: regions.length === 0 }, { id: 'all', title: 'In the trace' }, { id: 'whole', title: 'All of it' }]}
        />
        <span className={styles.seek}>
          <input
            className={styles.seekField} type="search" aria-label="Find bytes or text in the memory" placeholder="Find: 68 65 6c or text"
            value={sought} spellCheck={false} autoComplete="off"
            onChange={(change) => {
              setSought(change.target.value)
              setMost(SHOWN)
            }}
            onKeyDown={(key) => {
              if (key.key === 'Enter') jump(key.shiftKey ? -1 : 1)
            }}
          />
          {searching && !whole && <span className={styles.quiet} role="status">{found.length === 0 ? 'not found' : found.length >= 1000 ? '1000+' : `${found.length} found`}</span>}
        </span>
      </div>
      <div className={styles.legend} aria-hidden="true">
        <span><i className={styles.byCall}>guest</i> written by the call</span>
        <span><i className={styles.byTracer}>tracer</i> poked</span>
      </div>
      {whole && <WholeMemory trace={trace} seq={seq} length={length} moment={moment} first={regions[0]?.addr ?? 0} needle={needle} />}
      {isEmpty && (
        <EmptyPane>
          Nothing of the memory of task {pid} {name} is in the trace up to here: it shows what calls point to and what tracers write. “All of it” makes the guest again.
        </EmptyPane>
      )}
      {!whole && !isEmpty && (
        <>
          <Hexdump
            memory={memory} rows={rows} step={step} found={searching ? found : []} foundLength={needle.length}
            chosen={chosen} onChoose={setChosen} onMore={() => setMost(most * 8)}
          />
          <p className={styles.byteLine} role="status">
            {chosen === undefined
              ? 'Choose a byte to see who wrote it.'
              : (
                <>
                  <span>{byteText(chosen, fact)}</span>
                  {fact !== undefined && fact.wrote > 0 && <SeqLink seq={fact.wrote}>Go to its last write, {fact.wrote}</SeqLink>}
                </>
              )}
          </p>
          {chosen !== undefined && <WriterLine seq={endOf(trace, seq, moment)} addr={chosen} />}
        </>
      )}
      {!memory.complete && !whole && <p className={styles.quiet}>Only what was seen since event {memory.oldest}: the trace before that is too long to read at once.</p>}
    </div>
  )
}

/** The first rows of what a call is about, under the call itself. */
export function MemoryPeek({ trace, seq, length, onMore }: MemoryTabProps & { readonly onMore: () => void }) {
  const pid = trace.event(seq)?.pid ?? 0
  const regions = useMemo(() => regionsAt(trace, seq), [trace, seq, length])
  const memory = useMemo(() => (regions.length === 0 ? undefined : taskMemory(trace, pid, seq, 'after', PEEKED)), [trace, pid, seq, length, regions])
  if (memory === undefined) return null
  const rows = regionRows(regions, 4)
    .filter((row) => row.kind === 'gap' || Array.from({ length: ROW_BYTES }, (_, i) => row.addr + i).some((addr) => memory.at(addr) !== undefined))
    .slice(0, 12)
  if (rows.length === 0) return null
  return (
    <section className={styles.section} aria-label="Memory">
      <div className={styles.line}>
        <h3 className={styles.heading}>Memory</h3>
        <div className={styles.legend} aria-hidden="true">
          <span><i className={styles.byCall}>guest</i></span>
          <span><i className={styles.byTracer}>tracer</i></span>
        </div>
      </div>
      <Hexdump memory={memory} rows={rows} step={stepOf(trace, seq)} onMore={onMore} />
    </section>
  )
}
