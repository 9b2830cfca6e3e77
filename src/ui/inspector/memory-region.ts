import { tracedCall } from '../../engine/decode/call.ts'
import { hexText } from '../../engine/decode/text.ts'
import type { Region } from '../../engine/decode/value.ts'
import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import type { ByteFact, TaskMemory, Writer } from './memory.ts'

/** Bytes of a row of the dump. */
export const ROW_BYTES = 16

/** The stretches of memory that an event is about, named after the arguments that point to them. */
export const regionsAt = (trace: Trace, seq: Seq): readonly Region[] => {
  const event = trace.event(seq)
  if (event === undefined) return []
  if (event.kind === EventKind.request) {
    const poked = trace.request(seq).poked
    const named = event.link > 0 && event.link < seq ? regionsAt(trace, event.link) : []
    if (poked === undefined) return named
    return named.some(({ addr, length }) => addr <= poked.addr && poked.addr < addr + length)
      ? named : [...named, { label: 'poked', addr: poked.addr, length: poked.is.length }]
  }
  const regions = (tracedCall(trace, seq, 'after')?.args ?? []).flatMap((arg) => arg.regions)
  return regions.filter(({ length }) => length > 0)
}

/** A row of the dump, or a stretch of rows that is left out. */
export type DumpRow =
  | { readonly kind: 'bytes'; readonly addr: number; readonly labels: readonly string[] }
  | { readonly kind: 'gap'; readonly addr: number; readonly rows: number }

/** Rows that show the regions, each at most `most` rows of it, in order of address and without repetition. */
export const regionRows = (regions: readonly Region[], most: number): readonly DumpRow[] => {
  const rows = new Map<number, string[]>()
  const gaps = new Map<number, number>()
  for (const { addr, length, label } of regions) {
    const first = addr - (addr % ROW_BYTES)
    const end = addr + length
    const all = Math.ceil((end - first) / ROW_BYTES)
    for (let row = 0; row < Math.min(all, most); row++) {
      const at = first + row * ROW_BYTES
      const labels = rows.get(at) ?? []
      if (row === 0) labels.push(`${label}, ${length} ${length === 1 ? 'byte' : 'bytes'}`)
      rows.set(at, labels)
    }
    if (all > most) gaps.set(first + most * ROW_BYTES, all - most)
  }
  return ordered(rows, gaps)
}

/** Rows of everything that is known, with the regions' names where they begin; at most `most`. */
export const knownRows = (memory: TaskMemory, regions: readonly Region[], most: number): readonly DumpRow[] => {
  const known = memory.rows()
  const rows = new Map<number, string[]>(known.slice(0, most).map((addr) => [addr, []]))
  for (const { addr, length, label } of regions) rows.get(addr - (addr % ROW_BYTES))?.push(`${label}, ${length} ${length === 1 ? 'byte' : 'bytes'}`)
  const gaps = new Map<number, number>()
  if (known.length > most) gaps.set(known[most] as number, known.length - most)
  return ordered(rows, gaps)
}

const ordered = (rows: ReadonlyMap<number, readonly string[]>, gaps: ReadonlyMap<number, number>): readonly DumpRow[] => {
  const all: DumpRow[] = [...rows].map(([addr, labels]) => ({ kind: 'bytes', addr, labels }))
  for (const [addr, count] of gaps) if (!rows.has(addr)) all.push({ kind: 'gap', addr, rows: count })
  return all.sort((a, b) => a.addr - b.addr)
}

/** Who wrote a byte in this step; undefined for what was so before it. */
export const markOf = (fact: ByteFact | undefined, step: { readonly from: Seq; readonly to: Seq }): Writer | undefined =>
  fact !== undefined && fact.writer !== undefined && fact.wrote >= step.from && fact.wrote <= step.to ? fact.writer : undefined

const byteHex = (value: number): string => value.toString(16).padStart(2, '0')

const WRITERS: Readonly<Record<Writer, string>> = {
  call: 'written by the call at', tracer: 'written by the tracer at', guest: 'changed by the guest’s own code before',
}

/** A byte in words: where it is, who wrote it, what it was. */
export const byteText = (addr: number, fact: ByteFact | undefined): string => {
  if (fact === undefined) return `${hexText(addr)}: not in the trace`
  const writer = fact.writer === undefined ? `so since it was first seen at ${fact.since}` : `${WRITERS[fact.writer]} ${fact.wrote}`
  const was = fact.was === -1 ? '' : `; was ${byteHex(fact.was)}${fact.wasSeen === fact.wrote ? '' : ` at ${fact.wasSeen}`}`
  return `${hexText(addr)}: ${byteHex(fact.value)}, ${writer}${was}`
}
