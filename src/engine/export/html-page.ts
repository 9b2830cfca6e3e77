import { argsText, printed } from '../decode/arg-list.ts'
import { durationText } from '../decode/text.ts'
import { eventLineText } from '../decode/line.ts'
import { EventKind, type Seq } from '../trace/format.ts'
import { escapeHtml } from './escape.ts'
import { resultOf, wholeCallAt, type ExportSource } from './source.ts'
import { strips, svgStrip } from './svg-timeline.ts'

/** What a page of HTML is to look like. */
export interface HtmlOptions {
  /** The paper that it is laid out for; browsers on a screen show the same. */
  readonly paper: 'A4' | 'Letter'
  /** Events in one strip of the timeline. */
  readonly strip?: number
  /** Calls and stops only: no requests of tracers, no prints. */
  readonly callsOnly?: boolean
}

/** Strips of more events could not be read on paper. */
const EVENTS_A_STRIP = 60
/** A timeline of more strips would be longer than anybody turns pages; the table has the rest. */
const MOST_STRIPS = 200

const STYLE = `
:root { color-scheme: light dark; --ink: #16181d; --soft: #5b616e; --line: #d4d7dd; --paper: #fff; --file: #b7791f; --desc: #2563c9; --process: #7c3aed; --time: #0f8a6a; --random: #b8326f; --socket: #0e7490; --other: #6b7280; --bad: #c0262d; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaee; --soft: #a2a8b4; --line: #363b45; --paper: #12141a; --file: #e0a94a; --desc: #7fb0ff; --process: #bb9bff; --time: #52cfa8; --random: #f285b5; --socket: #5cc5da; --other: #a2a8b4; --bad: #ff8086; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 1100px; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 22px; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; } h2 { font-size: 16px; margin: 24px 0 8px; }
p { margin: 0 0 8px; color: var(--soft); } code, td, .strip text { font-family: ui-monospace, monospace; }
.strip { display: block; width: 100%; height: auto; margin: 0 0 12px; break-inside: avoid; }
.strip text { font-size: 11px; fill: var(--ink); } .strip .tick { fill: var(--soft); } .strip .end { text-anchor: end; }
.life { stroke: var(--line); stroke-width: 2; } .fork { stroke: var(--process); stroke-width: 1.5; } .death { stroke: var(--ink); stroke-width: 3; } .stop { fill: var(--bad); }
rect { fill: color-mix(in srgb, var(--hue) 22%, var(--paper)); stroke: var(--hue); } .skipped rect { stroke-dasharray: 3 2; fill: none; } .failed rect { stroke: var(--bad); stroke-width: 2; }
.file { --hue: var(--file); } .desc { --hue: var(--desc); } .process { --hue: var(--process); } .time { --hue: var(--time); } .random { --hue: var(--random); } .socket { --hue: var(--socket); } .other { --hue: var(--other); }
table { width: 100%; border-collapse: collapse; font-size: 13px; } th { text-align: start; color: var(--soft); font-weight: 600; } th, td { padding: 3px 8px 3px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td { overflow-wrap: anywhere; white-space: pre-wrap; } .n { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; } tr.failed td:last-child { color: var(--bad); } tr.note td { color: var(--soft); }
.notes li { margin: 0 0 8px; white-space: pre-wrap; overflow-wrap: anywhere; break-inside: avoid; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; list-style: none; margin: 0 0 12px; padding: 0; font-size: 13px; } .legend i { display: inline-block; width: 12px; height: 12px; margin-inline-end: 6px; border: 1px solid var(--hue); background: color-mix(in srgb, var(--hue) 22%, var(--paper)); }
@media print { :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --file: #8a5a12; --desc: #174a9c; --process: #5b21b6; --time: #0a6650; --random: #8f1f55; --socket: #0b5a70; --other: #444; --bad: #a01820; }
body { padding: 0; max-width: none; font-size: 10pt; } table { font-size: 8pt; } thead { display: table-header-group; } tr, .strip { break-inside: avoid; } h2 { break-after: avoid; } rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`

const CLASSES = [['file', 'file'], ['desc', 'descriptor'], ['process', 'process'], ['time', 'time'], ['random', 'random'], ['socket', 'network']] as const

const EVENT_ROWS: ReadonlySet<number> = new Set([EventKind.signal, EventKind.group, EventKind.birth, EventKind.death, EventKind.event])

const tableRow = ({ trace }: ExportSource, seq: Seq, callsOnly: boolean): string => {
  const event = trace.event(seq)
  if (event === undefined || (event.kind === EventKind.exit && event.link > 0 && event.link < seq)) return ''
  const whole = wholeCallAt(trace, seq)
  const front = `<td class="n">${seq}</td><td class="n">${escapeHtml(durationText(BigInt(Math.round(event.time))))}</td><td class="n">${event.pid}</td>`
  if (whole === undefined) {
    if (callsOnly && !EVENT_ROWS.has(event.kind)) return ''
    return `<tr class="note">${front}<td colspan="2">${escapeHtml(eventLineText(trace, seq))}</td></tr>\n`
  }
  const { call } = whole
  const text = `${call.name}(${argsText(printed(call.args))})`
  const result = `${resultOf(call)}${call.skipped ? ' (not run)' : ''}`
  return `<tr${call.result.kind === 'failure' ? ' class="failed"' : ''}>${front}<td>${escapeHtml(text)}</td><td>${escapeHtml(result)}</td></tr>\n`
}

/**
 * The trace as a page that stands alone: the timeline in strips, every call decoded. It has no script and loads nothing, and says so by a
 * policy; on paper it is a handout.
 */
export function* htmlPage(source: ExportSource, { paper, strip = EVENTS_A_STRIP, callsOnly = false }: HtmlOptions): Generator<string, void, undefined> {
  const { trace, title, digest, notes = [] } = source
  const name = escapeHtml(title)
  yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
  yield `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">\n`
  yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
  yield `<title>${name}: system calls</title>\n<style>@page { size: ${paper}; margin: 14mm; }${STYLE}</style>\n</head>\n<body>\n`
  yield `<h1>${name}</h1>\n<p>${trace.length.toString().replace(/\B(?=(\d{3})+$)/g, ',')} events of ${trace.births.length} ${trace.births.length === 1 ? 'task' : 'tasks'}, recorded by Skipcall.`
  yield digest === undefined ? '</p>\n' : ` The digest of the trace is <code>${escapeHtml(digest)}</code>.</p>\n`
  yield `<h2>Timeline</h2>\n<p>One column for each event, one row for each task. A call reaches from its entry to its exit.</p>\n<ul class="legend">`
  for (const [cls, word] of CLASSES) yield `<li class="${cls}"><i></i>${word}</li>`
  yield '<li class="other">▲ signal or stop</li></ul>\n'
  const cut = strips(trace.length, strip)
  for (const stretch of cut.slice(0, MOST_STRIPS)) yield `${svgStrip(trace, stretch, Math.min(strip, trace.length))}\n`
  if (cut.length > MOST_STRIPS) yield `<p>The timeline shows the first ${MOST_STRIPS * strip} events; the table has them all.</p>\n`
  if (notes.length > 0) yield '<h2>Notes</h2>\n<ol class="notes">\n'
  for (const { at, text } of notes) yield `<li value="${at}">${escapeHtml(text)}</li>\n`
  if (notes.length > 0) yield '</ol>\n'
  yield '<h2>Calls</h2>\n<table>\n<thead><tr><th class="n">#</th><th class="n">Time</th><th class="n">Task</th><th>Call</th><th>Result</th></tr></thead>\n<tbody>\n'
  for (let seq = 1; seq <= trace.length; seq++) {
    const row = tableRow(source, seq, callsOnly)
    if (row !== '') yield row
  }
  yield '</tbody>\n</table>\n</body>\n</html>\n'
}
