import { useMemo, useState } from 'react'
import type { Standing } from '../../engine/decision/effect.ts'
import { callOf, peekOf, tracedCall } from '../../engine/decode/call.ts'
import type { Region } from '../../engine/decode/value.ts'
import { hexText, plural } from '../../engine/decode/text.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Segments } from '../widgets/segments.tsx'
import { bytesText, parseBytes } from './choice.ts'
import styles from './hand.module.css'

/** So many bytes are put into the field to be edited. */
const SHOWN = 4096

/** The memory that the arguments point to, outputs included: that is where a tracer answers for a call it skips. */
const regionsOf = (trace: Trace, { seq, kind }: Standing): readonly Region[] => {
  const call = tracedCall(trace, seq, kind === 'exit' ? 'after' : 'before')
  const found = (call?.args ?? []).flatMap((arg) =>
    arg.regions.length > 0 || arg.dir === 'value' || arg.raw === 0n ? arg.regions : [{ label: arg.name, addr: Number(arg.raw), length: 0 }])
  return found.filter(({ addr }, i) => found.findIndex((other) => other.addr === addr) === i)
}

/** Writes bytes or text into a region that an argument names, before the call goes on. */
export function MemoryFields({ stop }: { readonly stop: Standing }) {
  const trace = useApp((state) => state.trace)
  const memory = useApp((state) => state.edits.memory)
  const regions = useMemo(() => regionsOf(trace, stop), [trace, stop])
  const peek = useMemo(() => peekOf(trace, callOf(trace, stop.seq), stop.kind === 'exit' ? 'after' : 'before'), [trace, stop])
  const [chosen, setChosen] = useState(() => Math.max(0, regions.findIndex(({ label }) => label.includes('.buf') || label.includes('path'))))
  const [as, setAs] = useState<'text' | 'hex'>('text')
  const [typed, setTyped] = useState<string>()
  const region = regions[chosen]
  if (region === undefined) return <p className={styles.panel}>The arguments of {stop.call} point nowhere.</p>
  const { addr, length } = region
  const edited = memory.find((one) => one.addr === addr)
  const held = edited === undefined ? peek(addr, Math.min(length, SHOWN)) : Uint8Array.from(edited.bytes)
  const text = typed ?? (held === undefined ? '' : bytesText(held, as))
  const bytes = parseBytes(text, as)

  const put = (next: string): void => {
    setTyped(next)
    const found = parseBytes(next, as)
    if (found === undefined || found.length === 0) return
    const { edits, prepare } = app.getState()
    prepare({ edits: { ...edits, memory: [...edits.memory.filter((one) => one.addr !== addr), { addr, bytes: [...found] }] } })
  }
  const undo = (): void => {
    setTyped(undefined)
    const { edits, prepare } = app.getState()
    prepare({ edits: { ...edits, memory: edits.memory.filter((one) => one.addr !== addr) } })
  }
  const size = length === 0 ? '' : ` of ${plural(length, 'byte')}`
  return (
    <div className={styles.panel} role="group" aria-label="Memory to write">
      <div className={styles.row}>
        <label className={styles.field}>
          <span>At</span>
          <select value={chosen} onChange={(event) => { setChosen(Number(event.target.value)); setTyped(undefined) }}>
            {regions.map(({ label, addr: at }, i) => <option key={label} value={i}>{label}, {hexText(at)}</option>)}
          </select>
        </label>
        <Segments
          label="Bytes as" value={as} options={[{ id: 'text', title: 'Text' }, { id: 'hex', title: 'Hex' }]}
          onChange={(next) => { setAs(next); setTyped(bytes === undefined ? undefined : bytesText(bytes, next)) }}
        />
        <span className={styles.meaning}>
          {bytes === undefined ? 'These are no pairs of hex digits.' : `${plural(bytes.length, 'byte')}${size}${length > 0 && bytes.length > length ? ': more than there is room for' : ''}`}
        </span>
        {edited !== undefined && <Button label="As it was" small look="edge" onClick={undo} />}
      </div>
      <textarea
        className={styles.bytes} data-hand-field="memory" rows={2} value={text} aria-label={`Bytes at ${region.label}`} aria-invalid={bytes === undefined}
        spellCheck={false} autoComplete="off" autoCapitalize="off" onChange={(event) => put(event.target.value)}
      />
    </div>
  )
}
