import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { JsonLinesReader } from '../import/json-lines.ts'
import { StraceReader } from '../import/strace-log.ts'
import { TraceDigest } from '../trace/digest.ts'
import { TABLES } from '../trace/format.ts'
import { TraceBuilder, ascii, sampleTrace, WASI } from '../trace/testing.ts'
import type { Trace } from '../trace/trace.ts'
import { csvCell, csvRows } from './csv.ts'
import { escapeHtml } from './escape.ts'
import { htmlPage } from './html-page.ts'
import { jsonLines } from './json-lines.ts'
import type { ExportSource } from './source.ts'
import { traceEventJson } from './trace-event.ts'

const digestOf = (trace: Trace): string => {
  const digest = new TraceDigest()
  for (const table of TABLES) digest.add(table, trace[table].slice(0))
  return digest.hex()
}
const sourceOf = (trace: Trace, title = 'hello'): ExportSource => ({ trace, title, epoch: 0n })
const imported = (): Trace => {
  const reader = new StraceReader()
  reader.add(readFileSync(new URL('../import/fixtures/file-f-ttt-T.strace', import.meta.url), 'utf8'))
  const result = reader.end()
  if ('cause' in result) throw new Error(result.cause)
  return result.trace
}
const hostile = (text: string): Trace => {
  const builder = new TraceBuilder()
  builder.birth(2, 0, text, [text])
  const entry = builder.entry(2, WASI.fd_write, [1, 0x100, 1, 0x200], { captures: [{ addr: 0x100, bytes: ascii('\u0000\u0003\u0000\u0000\u0020\u0000\u0000\u0000') }, { addr: 0x300, bytes: ascii(text.replace(/[^\u0001-\u007f]/gu, '?')) }] })
  builder.exit(entry, 0)
  builder.print(1, text)
  builder.trace.index()
  return builder.trace
}

describe('JSON lines', () => {
  const readBack = (lines: Iterable<string>) => {
    const reader = new JsonLinesReader()
    for (const line of lines) reader.add(`${line}\n`)
    return reader.end()
  }
  test('come back as the same trace, digest and all', () => {
    const trace = sampleTrace()
    const back = readBack(jsonLines({ ...sourceOf(trace), digest: digestOf(trace) }))
    if ('cause' in back) throw new Error(`${back.line}:${back.column} ${back.cause}`)
    expect(digestOf(back.trace)).toBe(digestOf(trace))
    expect(back).toMatchObject({ title: 'hello', epoch: 0n })
  })
  test('have the notes behind their events, and come back the same', () => {
    const trace = sampleTrace()
    const lines = [...jsonLines({ ...sourceOf(trace), notes: [{ at: 3, text: 'the "first"\nstop' }] })]
    const at = lines.indexOf(JSON.stringify({ kind: 'note', seq: 3, text: 'the "first"\nstop' }))
    expect(JSON.parse(lines[at - 1] ?? '{}')).toMatchObject({ seq: 3 })
    const back = readBack(lines)
    if ('cause' in back) throw new Error(back.cause)
    expect(digestOf(back.trace)).toBe(digestOf(trace))
  })
  test('come back the same from an imported log', () => {
    const trace = imported()
    const lines = [...jsonLines(sourceOf(trace))]
    const back = readBack(lines)
    if ('cause' in back) throw new Error(`${back.line}:${back.column} ${back.cause}`)
    expect([...jsonLines(sourceOf(back.trace))]).toEqual(lines)
  })
  test('begin with format and version, and end with a count', () => {
    const lines = [...jsonLines(sourceOf(sampleTrace()))].map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines[0]).toEqual({ kind: 'head', format: 'skipcall-trace', version: 1, title: 'hello', epoch: '0' })
    expect(lines.at(-1)).toEqual({ kind: 'end', events: sampleTrace().length })
  })
  const good = [...jsonLines(sourceOf(sampleTrace()))]
  test.for([
    ['another format', ['{"format":"x"}'], 1, 'does not say'],
    ['a newer version', [(good[0] as string).replace('"version":1', '"version":2')], 1, 'newer version'],
    ['what is no JSON', [good[0] as string, '{'], 2, 'no JSON'],
    ['a file that was cut off', good.slice(0, -1), good.length - 1, 'ends before'],
    ['a missing line', [...good.slice(0, 4), ...good.slice(5)], undefined, ''],
    ['lines for reading only', [...jsonLines(sourceOf(sampleTrace()), {}, true)], 2, 'for reading only'],
    ['a broken payload', [good[0] as string, '{"kind":"print","time":1,"row":{},"payload":"*"}'], 2, 'no base64url'],
    ['a link to nowhere', [good[0] as string, '{"kind":"exit","time":1,"pid":2,"row":{"link":9}}'], 2, 'not there'],
  ] as const)('refuse %s', ([, lines, line, cause]) => {
    const back = readBack(lines)
    if (!('cause' in back)) throw new Error('it was read')
    if (line !== undefined) expect(back.line).toBe(line)
    expect(back.cause).toContain(cause)
    expect(back.column).toBeGreaterThan(0)
  })
  test('nothing that somebody changes in them makes anything throw', () => {
    const text = good.join('\n')
    fc.assert(fc.property(fc.nat(text.length - 1), fc.string({ maxLength: 3 }), (at, what) => {
      const back = readBack((text.slice(0, at) + what + text.slice(at + 1)).split('\n'))
      if (!('cause' in back)) for (const row of csvRows(sourceOf(back.trace))) expect(row).toContain(',')
    }), { numRuns: 300 })
  })
})

describe('the Trace Event Format', () => {
  // From the format's own document: which fields each phase has. Nothing here is shared with what writes it.
  const common = { name: v.pipe(v.string(), v.minLength(1)), pid: v.pipe(v.number(), v.integer()), tid: v.pipe(v.number(), v.integer()) }
  const timed = { ...common, cat: v.string(), ts: v.pipe(v.number(), v.finite(), v.minValue(0)) }
  const record = v.variant('ph', [
    v.strictObject({ ph: v.literal('M'), ...common, name: v.picklist(['process_name', 'thread_name', 'process_sort_index']), args: v.union([v.strictObject({ name: v.string() }), v.strictObject({ sort_index: v.number() })]) }),
    v.strictObject({ ph: v.literal('X'), ...timed, dur: v.pipe(v.number(), v.finite(), v.minValue(0)), args: v.record(v.string(), v.unknown()) }),
    v.strictObject({ ph: v.literal('i'), ...timed, s: v.picklist(['g', 'p', 't']), args: v.record(v.string(), v.unknown()) }),
    v.strictObject({ ph: v.literal('s'), ...timed, id: v.number() }),
    v.strictObject({ ph: v.literal('f'), ...timed, id: v.number(), bp: v.literal('e') }),
  ])
  const file = v.strictObject({ displayTimeUnit: v.picklist(['ms', 'ns']), otherData: v.record(v.string(), v.string()), traceEvents: v.array(record) })
  const parsed = (trace: Trace) => v.parse(file, JSON.parse([...traceEventJson(sourceOf(trace))].join('')))

  test.for([['a run', sampleTrace], ['an imported log', imported], ['hostile names', () => hostile('</script>"\\\u0000')]] as const)('%s has the form that its document asks for', ([, make]) => {
    const { traceEvents } = parsed(make())
    expect(traceEvents.some(({ ph }) => ph === 'X')).toBe(true)
    const ends = new Map(traceEvents.flatMap((one) => (one.ph === 'f' ? [[one.id, one.ts] as const] : [])))
    for (const one of traceEvents) if (one.ph === 's') expect(ends.get(one.id)).toBeGreaterThanOrEqual(one.ts)
  })
  test('slices of one task follow each other or lie within each other', () => {
    const { traceEvents } = parsed(imported())
    const until = new Map<number, number>()
    for (const one of traceEvents) {
      if (one.ph !== 'X') continue
      // A microsecond's fraction may round.
      expect(one.ts).toBeGreaterThanOrEqual((until.get(one.tid) ?? 0) - 1e-6)
      until.set(one.tid, one.ts + one.dur)
    }
  })
  test('a child’s birth is an arrow from its parent', () => {
    const { traceEvents } = parsed(imported())
    const [from, to] = [traceEvents.find(({ ph }) => ph === 's'), traceEvents.find(({ ph }) => ph === 'f')]
    expect([from?.tid, to?.tid]).toEqual([16517, 16518])
  })
})

/** RFC 4180 as its grammar reads, to check what was written. */
const parseCsv = (text: string): string[][] => {
  const rows: string[][] = []
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  let row: string[] = []
  let at = 0
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    at = pattern.lastIndex
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    if (found[3] !== ',') {
      rows.push(row)
      row = []
    }
    if (at === text.length) break
  }
  if (at !== text.length) throw new Error(`not RFC 4180 at ${at}`)
  return rows
}

describe('CSV', () => {
  test('every row has as many cells as the head, by the grammar of RFC 4180', () => {
    for (const trace of [sampleTrace(), imported(), hostile('a,"b"\r\nc')]) {
      const rows = parseCsv([...csvRows(sourceOf(trace))].join(''))
      for (const row of rows) expect(row).toHaveLength(rows[0]?.length ?? 0)
    }
  })
  test('no cell is a formula', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      const [[cell = ''] = []] = parseCsv(`${csvCell(text)}\r\n`)
      expect(cell.replace(/^'/, '') === text || cell === text).toBe(true)
      if (!/^-?\d+$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
    }))
    expect(csvCell('=HYPERLINK("x")')).toBe(`"'=HYPERLINK(""x"")"`)
    expect(csvCell('-1')).toBe('-1')
    expect(csvCell('-1+cmd')).toBe("'-1+cmd")
  })
})

describe('the page of HTML', () => {
  const page = (trace: Trace, title = 'hello'): string => [...htmlPage(sourceOf(trace, title), { paper: 'A4' })].join('')
  test('has no script, loads nothing, and says so by a policy', () => {
    for (const trace of [sampleTrace(), imported()]) {
      const html = page(trace)
      expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
      expect(html).not.toMatch(/<(script|link|iframe|img|object|embed|base|form)\b|\bon\w+=|@import|url\(|javascript:/i)
    }
  })
  test('takes nothing that a guest or a title says for markup', () => {
    const evil = '<img src=x onerror=alert(1)>"\'&\u202e</title><script>'
    const html = page(hostile(evil), evil)
    expect(html).not.toContain('<img')
    expect(html).not.toContain('<script')
    expect(html).not.toContain('\u202e')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
  })
  test('has the notes as they were written, and takes nothing in them for markup', () => {
    const source = { ...sourceOf(sampleTrace()), notes: [{ at: 3, text: '**It** <script>alert(1)</script>\nwrites' }] }
    expect([...htmlPage(source, { paper: 'A4' })].join('')).toContain('<li value="3">**It** &lt;script&gt;alert(1)&lt;/script&gt;\nwrites</li>')
  })
  test('is well-formed in its tags', () => {
    const open: string[] = []
    for (const [, slash, name = '', self] of page(imported()).replace(/<style>.*?<\/style>/s, '').matchAll(/<(\/?)([a-z]\w*)[^>]*?(\/?)>/g)) {
      if (name === 'meta' || self === '/') continue
      if (slash === '/') expect(open.pop()).toBe(name)
      else open.push(name)
    }
    expect(open).toEqual([])
  })
  test('escapes whatever it is given', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escapeHtml(text)).not.toMatch(/[<>"'\u0000]/)
    }))
  })
  test('is laid out for the paper that was asked for', () => {
    expect([...htmlPage(sourceOf(sampleTrace()), { paper: 'Letter' })].join('')).toContain('@page { size: Letter;')
  })
})
