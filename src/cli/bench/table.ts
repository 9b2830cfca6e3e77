import type { Figure } from './figure.ts'

const number = (value: number | undefined): string => {
  if (value === undefined) return 'n/a'
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

const HEAD = ['', 'ours', 'theirs', 'unit', 'ratio', 'aim', 'met', ''] as const
/** Columns of numbers. */
const RIGHT: ReadonlySet<number> = new Set([1, 2, 4])

const cells = ({ name, ours, theirs, unit, ratio, aim, ok, note }: Figure): readonly string[] => [
  name, number(ours), theirs === undefined ? '' : number(theirs), unit, ratio === undefined ? '' : `${number(ratio)}×`, aim,
  ok === undefined ? '' : ok ? 'yes' : 'NO', note ?? '',
]

/** The rows as a table of text. */
export const benchTable = (figures: readonly Figure[]): string => {
  const rows = [HEAD, ...figures.map(cells)]
  const widths = HEAD.map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)))
  return rows
    .map((row) => row.map((cell, i) => (RIGHT.has(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join('  ').trimEnd())
    .join('\n')
}
