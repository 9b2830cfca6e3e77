import { tasksOf } from '../decode/task-index.ts'
import { classFor } from '../decode/table.ts'
import { eventLineText } from '../decode/line.ts'
import { EventKind, Flag, type Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { escapeHtml } from './escape.ts'
import { wholeCallAt } from './source.ts'

/** Measures in user units: a strip is as wide as a page's text, so that paper needs no scrolling. */
const WIDTH = 960
const LABEL = 120
const TRACK = 26
const BAR = 16
const TOP = 18

/** The first and the last event of a strip. */
export interface Stretch {
  readonly from: Seq
  readonly to: Seq
}

/** A trace cut into strips, as a line of music is, of about so many events each. */
export const strips = (length: number, events: number): readonly Stretch[] =>
  Array.from({ length: Math.ceil(length / events) }, (_, i) => ({ from: i * events + 1, to: Math.min(length, (i + 1) * events) }))

const round = (value: number): string => String(Math.round(value * 10) / 10)

/** One strip of the timeline, a column for each event and a row for each task that has a part in it. No script, nothing from outside. */
export const svgStrip = (trace: Trace, { from, to }: Stretch, columns = to - from + 1): string => {
  const tasks = tasksOf(trace)
  const c = trace.events.columns
  const there = new Set<number>()
  for (let seq = from; seq <= to; seq++) there.add(c.pid[seq - 1] as number)
  const pids = [...new Set(tasks.lives.map(({ pid }) => pid))].filter((pid) => there.has(pid))
  for (const pid of there) if (!pids.includes(pid)) pids.push(pid)
  const rows = new Map(pids.map((pid, i) => [pid, TOP + i * TRACK]))
  const step = (WIDTH - LABEL) / columns
  const x = (seq: Seq): number => LABEL + (seq - from) * step
  const height = TOP + pids.length * TRACK + 4
  const parts: string[] = [
    `<svg class="strip" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Events ${from} to ${to}">`,
    `<text class="tick" x="${LABEL}" y="11">#${from}</text><text class="tick end" x="${WIDTH}" y="11">#${to}</text>`,
  ]
  for (const pid of pids) {
    const y = rows.get(pid) as number
    const life = tasks.at(pid, to)
    const name = life?.images.findLast((image) => image.seq <= to)?.name ?? ''
    const begin = x(Math.max(from, life?.born ?? from))
    const end = life !== undefined && life.end > 0 && life.end < to ? x(life.end) : WIDTH
    parts.push(
      `<text class="who" x="0" y="${y + BAR - 4}">${escapeHtml(`${pid} ${name}`.slice(0, 18))}</text>`,
      `<line class="life" x1="${round(begin)}" x2="${round(end)}" y1="${y + BAR / 2}" y2="${y + BAR / 2}"/>`,
    )
  }
  // A call that began on an earlier strip goes on here.
  const open = new Map<number, Seq>()
  for (let seq = Math.max(1, from - 2000); seq < from; seq++) {
    const pid = c.pid[seq - 1] as number
    if (c.kind[seq - 1] === EventKind.entry) open.set(pid, seq)
    else if (c.kind[seq - 1] === EventKind.exit || c.kind[seq - 1] === EventKind.death) open.delete(pid)
  }
  const begun = [...open.values()].filter((seq) => (trace.outcome(seq)?.exit ?? 0) >= from)
  for (const seq of [...begun, ...Array.from({ length: to - from + 1 }, (_, i) => from + i)]) parts.push(mark(trace, seq, { from, to }, x, step, rows))
  parts.push('</svg>')
  return parts.join('')
}

const mark = (trace: Trace, seq: Seq, { from, to }: Stretch, x: (seq: Seq) => number, step: number, rows: ReadonlyMap<number, number>): string => {
  const event = trace.event(seq)
  const y = rows.get(event?.pid ?? -1)
  if (event === undefined || y === undefined) return ''
  const whole = wholeCallAt(trace, seq)
  const left = x(Math.max(seq, from))
  if (whole !== undefined) {
    const { call } = whole
    const exit = call.exit > seq ? Math.min(call.exit, to + 1) : seq
    const width = Math.max(1.5, (exit === seq ? step * 0.8 : x(exit) - left + (exit > to ? 0 : step * 0.8)))
    const cls = [classFor(event.arch, event.nr) ?? 'other', ...(call.skipped ? ['skipped'] : []), ...(call.result.kind === 'failure' ? ['failed'] : [])].join(' ')
    const title = `<title>#${seq} ${escapeHtml(`${call.name} = ${call.result.brief}`.slice(0, 120))}</title>`
    const label = width > 7 * call.name.length + 6 ? `<text class="call" x="${round(left + 3)}" y="${y + BAR - 4}">${escapeHtml(call.name)}</text>` : ''
    return `<g class="${cls}"><rect x="${round(left)}" y="${y}" width="${round(width)}" height="${BAR}" rx="2">${title}</rect>${label}</g>`
  }
  switch (event.kind) {
    case EventKind.signal:
    case EventKind.group:
    case EventKind.event: {
      const at = round(left + step / 2)
      const title = `<title>#${seq} ${escapeHtml(eventLineText(trace, seq, 'brief').slice(0, 120))}</title>`
      return `<path class="stop" d="M${at} ${y - 3}l5 8h-10z">${title}</path>`
    }
    case EventKind.birth: {
      const parent = rows.get(trace.births.find((birth) => birth.seq === seq)?.parent ?? -1)
      return parent === undefined || (event.flags & Flag.exec) !== 0 ? ''
        : `<line class="fork" x1="${round(left)}" x2="${round(left)}" y1="${parent + BAR / 2}" y2="${y + BAR / 2}"/>`
    }
    case EventKind.death:
      return `<line class="death" x1="${round(left)}" x2="${round(left)}" y1="${y}" y2="${y + BAR}"/>`
    default:
      return ''
  }
}
