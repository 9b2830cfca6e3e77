import { allRows } from '../decode/table.ts'
import type { Columns, Seq } from '../trace/format.ts'
import { CLASSES, SIGNAL_CALLS } from './field.ts'
import { callAt, nameAt, nameKey, type Subject } from './subject.ts'

/** A compiled part with its price: 1 reads columns, 2 an index, 4 a payload, 8 decodes. */
export interface Part {
  readonly cost: number
  test(subject: Subject, c: Readonly<Columns>, seq: Seq): boolean
}

/** Calls of a class. */
export const classPart = (name: string): Part => {
  const wanted = (CLASSES as Readonly<Record<string, string>>)[name]
  const inClass = new Set(
    allRows()
      .filter(({ row }) => row.class === wanted || row.also.some((one) => one === wanted) || (wanted === 'signal' && SIGNAL_CALLS.has(row.name)))
      .map(({ arch, row }) => arch * 0x1_0000 + row.nr),
  )
  return {
    cost: 1,
    test: (_, c, seq) =>
      callAt(c, seq) > 0 && inClass.has((c.arch[seq - 1] as number) * 0x1_0000 + (c.nr[seq - 1] as number)),
  }
}

/** Names are few: each is judged once. */
export const namePart = (judge: (name: string) => boolean, callsOnly = false): Part => {
  const judged = new Map<number, boolean>()
  return {
    cost: 1,
    test: (_, c, seq) => {
      if (callsOnly && callAt(c, seq) === 0) return false
      const key = nameKey(c, seq)
      const known = judged.get(key)
      if (known !== undefined) return known
      const verdict = judge(nameAt(c, seq))
      if (judged.size < 10_000) judged.set(key, verdict)
      return verdict
    },
  }
}
