import { straceLines, type StraceOptions, type StraceTimes } from '../../engine/decode/strace.ts'
import { csvRows } from '../../engine/export/csv.ts'
import { htmlPage } from '../../engine/export/html-page.ts'
import { jsonLines } from '../../engine/export/json-lines.ts'
import type { ExportSource } from '../../engine/export/source.ts'
import { traceEventJson } from '../../engine/export/trace-event.ts'

/** What a person can choose; each format looks at its own. */
export interface ExportOptions {
  readonly who: NonNullable<StraceOptions['who']>
  readonly times: StraceTimes
  readonly durations: boolean
  readonly paths: boolean
  /** JSON lines without what an import needs. */
  readonly readable: boolean
  readonly paper: 'A4' | 'Letter'
  readonly callsOnly: boolean
}

export const FIRST_OPTIONS: ExportOptions = {
  who: 'terminal', times: 'none', durations: false, paths: false, readable: false, paper: 'A4', callsOnly: true,
}

export type FormatId = 'strace' | 'json' | 'perfetto' | 'csv' | 'html'

/** A way to write a trace out. */
export interface Format {
  readonly id: FormatId
  readonly title: string
  readonly sentence: string
  readonly extension: string
  readonly type: string
  /** The text in pieces, made as they are asked for. */
  write(source: ExportSource, options: ExportOptions): Iterable<string>
}

function* ended(lines: Iterable<string>): Generator<string, void, undefined> {
  for (const line of lines) yield `${line}\n`
}

export const FORMATS: readonly Format[] = [
  {
    id: 'strace', title: 'strace text', sentence: 'As strace would have written it, column for column.', extension: 'strace', type: 'text/plain',
    write: ({ trace, epoch }, { who, times, durations, paths }) => ended(straceLines(trace, { who, times, durations, paths, epoch: epoch ?? 0n })),
  },
  {
    id: 'json', title: 'JSON lines', sentence: 'One event a line, for programs. Open it here again and it is the same trace.', extension: 'jsonl', type: 'application/x-ndjson',
    write: (source, { readable }) => ended(jsonLines(source, {}, readable)),
  },
  {
    id: 'perfetto', title: 'Chrome trace', sentence: 'For Perfetto (ui.perfetto.dev) and chrome://tracing: a track for each task.', extension: 'trace.json', type: 'application/json',
    write: (source) => traceEventJson(source),
  },
  {
    id: 'csv', title: 'CSV', sentence: 'One row a call, for spreadsheets. Nothing in it is taken for a formula.', extension: 'csv', type: 'text/csv',
    write: (source) => csvRows(source),
  },
  {
    id: 'html', title: 'Page or handout', sentence: 'One HTML file with timeline and decoded calls: for a browser, or printed for a class.', extension: 'html', type: 'text/html',
    write: (source, { paper, callsOnly }) => htmlPage(source, { paper, callsOnly }),
  },
]
