import { allRows, callName, classFor } from '../decode/table.ts'
import { ArchCode, type Columns, type Seq } from '../trace/format.ts'
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
  const isForeign = (nr: number): boolean =>
    classFor(ArchCode.foreign, nr) === wanted || (wanted === 'signal' && SIGNAL_CALLS.has(callName(ArchCode.foreign, nr)))
  return {
    cost: 1,
    test: (_, c, seq) => {
      if (callAt(c, seq) === 0) return false
      const [arch, nr] = [c.arch[seq - 1] as number, c.nr[seq - 1] as number]
      return arch === ArchCode.foreign ? isForeign(nr) : inClass.has(arch * 0x1_0000 + nr)
    },
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
