import { SECONDS_2006, type Measured, type Measurement, type Way } from './way.ts'

type Table = Readonly<Partial<Record<Way, Measurement>>>

const count = (value: number, one: string): string => `${value.toLocaleString('en')} ${one}${value === 1 ? '' : 's'}`

/** How many times as much: two digits are all that such a figure is worth. */
export const timesOf = (value: number, base: number): string => {
  if (base <= 0) return '–'
  const ratio = value / base
  return `${ratio >= 10 ? Math.round(ratio).toLocaleString('en') : ratio.toFixed(1)}×`
}

const measured = (table: Table, way: Way): Measured | undefined => {
  const one = table[way]
  return one?.kind === 'measured' ? one.measured : undefined
}

/** What each way saves, in sentences, as far as it has been measured. */
export const savings = (table: Table): readonly string[] => {
  const [native, plain, multi, skipExit, sysemu, skipCall] = (['native', 'syscall', 'multi', 'skipexit', 'sysemu', 'skipcall'] as const)
    .map((way) => measured(table, way))
  const sentences: string[] = []
  if (plain !== undefined && multi !== undefined) {
    const saved = plain.counts.requests - multi.counts.requests
    sentences.push(saved > 0
      ? `MULTI sees the same with ${count(multi.counts.requests, 'request')} instead of ${plain.counts.requests.toLocaleString('en')}: one moves a buffer, not a word of four bytes, and the resume goes along.`
      : 'MULTI saves no request here: this guest passes its calls nothing in memory that is longer than a word or two.')
  }
  if (multi !== undefined && skipExit !== undefined) {
    const saved = multi.counts.stops - skipExit.counts.stops
    sentences.push(saved > 0
      ? `SKIPEXIT saves ${count(saved, 'stop')} of ${multi.counts.stops.toLocaleString('en')}: calls run, and nobody stops to be told how they ended.`
      : 'SKIPEXIT saves no stop here: no call of this guest returned.')
  }
  if (sysemu !== undefined && skipCall !== undefined) {
    sentences.push(sysemu.counts.stops === skipCall.counts.stops
      ? `SYSEMU and SKIPCALL make ${count(skipCall.counts.stops, 'stop')} alike, and no call runs. SYSEMU has decided that before anyone knows which call comes; SKIPCALL decides in the stop, and may let the next one run.`
      : `SYSEMU makes ${count(sysemu.counts.stops, 'stop')}, SKIPCALL ${skipCall.counts.stops.toLocaleString('en')}; no call runs under either.`)
  }
  if (native !== undefined && plain !== undefined && skipExit !== undefined) {
    const { native: base = 1, syscall = 0, skipexit = 0 } = SECONDS_2006
    sentences.push(
      `Word by word, watching makes this guest ${timesOf(plain.time, native.time)} as slow; with MULTI and SKIPEXIT ${timesOf(skipExit.time, native.time)}. In 2006 it was ${timesOf(syscall, base)} and ${timesOf(skipexit, base)}.`,
    )
  }
  return sentences
}
