import { argsText, printed } from '../decode/arg-list.ts'
import { eventLineText } from '../decode/line.ts'
import { EventKind } from '../trace/format.ts'
import { kindWord, resultOf, wholeCallAt, type ExportSource } from './source.ts'

const HEAD = ['seq', 'time_ns', 'pid', 'by', 'kind', 'name', 'arguments', 'result', 'errno', 'duration_ns', 'text'] as const

/**
 * One cell. RFC 4180: quoted where it holds a comma, a quote or a line's end. A text that a spreadsheet would take for a formula gets
 * an apostrophe in front, which is how it says "this is text" (OWASP, "CSV Injection"); numbers stay numbers.
 */
export const csvCell = (value: string | number): string => {
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r\n]/.test(value) && !/^-?\d{1,15}$/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const row = (cells: readonly (string | number)[]): string => `${cells.map(csvCell).join(',')}\r\n`

/** The trace as comma-separated values: a call is one row, told at its entry; anything else is one row too. Ends of lines are in it. */
export function* csvRows({ trace }: ExportSource): Generator<string, void, undefined> {
  yield row(HEAD)
  for (let seq = 1; seq <= trace.length; seq++) {
    const event = trace.event(seq)
    if (event === undefined || (event.kind === EventKind.exit && event.link > 0 && event.link < seq)) continue
    const { time, pid, by, kind } = event
    const whole = wholeCallAt(trace, seq)
    if (whole === undefined) {
      yield row([seq, time, pid, by, kindWord(kind), '', '', '', '', '', eventLineText(trace, seq)])
      continue
    }
    const { call, end } = whole
    const inside = argsText(printed(call.args))
    yield row([
      seq, time, pid, by, kindWord(kind), call.name, inside, resultOf(call), call.result.errno ?? '',
      end === undefined ? '' : end - time, `${call.name}(${inside}) = ${resultOf(call)}`,
    ])
  }
}
