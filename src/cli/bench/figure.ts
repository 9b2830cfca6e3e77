/** A row of the benchmark. */
export interface Figure {
  readonly name: string
  /** Undefined: could not be measured here; `note` says why. */
  readonly ours: number | undefined
  /** Undefined: nobody to compare with, or they are not there. */
  readonly theirs: number | undefined
  readonly unit: string
  /** theirs / ours: above 1 we are ahead. */
  readonly ratio: number | undefined
  /** Empty: none. */
  readonly aim: string
  /** Is the aim met? Undefined where that could not be told. */
  readonly ok: boolean | undefined
  readonly note?: string
}

/** What is aimed at: a ratio of more than so much, or a value of less. */
export type Aim = { readonly ratioAbove: number } | { readonly below: number }

interface Measured {
  readonly name: string
  readonly unit: string
  readonly ours: number | undefined
  readonly theirs?: number | undefined
  readonly aim?: Aim
  readonly note?: string | undefined
}

export const makeFigure = ({ name, unit, ours, theirs, aim, note }: Measured): Figure => {
  const ratio = ours === undefined || theirs === undefined ? undefined : theirs / ours
  return {
    name, ours, theirs, unit, ratio,
    aim: aim === undefined ? '' : 'ratioAbove' in aim ? `ratio > ${aim.ratioAbove}` : `< ${aim.below} ${unit}`,
    ok: aim === undefined ? undefined : isMet(aim, ours, ratio),
    ...(note === undefined ? {} : { note }),
  }
}

const isMet = (aim: Aim, ours: number | undefined, ratio: number | undefined): boolean | undefined => {
  if ('below' in aim) return ours === undefined ? undefined : ours < aim.below
  return ratio === undefined ? undefined : ratio > aim.ratioAbove
}

/** The middle one; of an even number, the mean of the two in the middle. NaN of nothing. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const high = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2
}

export const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
