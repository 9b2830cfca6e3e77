import { straceLines } from '../engine/decode/strace.ts'
import { csvRows } from '../engine/export/csv.ts'
import { htmlPage } from '../engine/export/html-page.ts'
import { jsonLines } from '../engine/export/json-lines.ts'
import { traceEventJson } from '../engine/export/trace-event.ts'
import { BOOT_TIME } from '../engine/kernel/clock.ts'
import type { Finished } from './headless.ts'
import type { ExportFormat, TraceOptions } from './trace-options.ts'

function* ended(lines: Iterable<string>): Generator<string, void, undefined> {
  for (const line of lines) yield `${line}\n`
}

/** A finished run in one of the formats, in pieces. */
export const written = (format: ExportFormat, { trace, digest, end, counts }: Finished, { lines }: TraceOptions, title: string): Iterable<string> => {
  const source = { trace, digest, title, epoch: BOOT_TIME }
  switch (format) {
    case 'strace-text':
      return ended(straceLines(trace, { ...lines, epoch: BOOT_TIME }))
    case 'json':
      return ended(jsonLines(source, { end, counts }))
    case 'perfetto':
      return traceEventJson(source)
    case 'csv':
      return csvRows(source)
    case 'html':
      return htmlPage(source, { paper: 'A4' })
  }
}
