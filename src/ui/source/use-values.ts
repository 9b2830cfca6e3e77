import { useEffect, useState } from 'react'
import type { Source } from '../../engine/source/source.ts'
import type { Value } from '../../engine/source/value.ts'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { lookAt } from '../session/past.ts'
import { type Fetch, readValues } from './read-values.ts'
import { placeOf } from './where.ts'

/** What a function's variables hold, and those outside of functions. */
export interface Values {
  readonly locals: readonly Value[]
  readonly globals: readonly Value[]
}

const NONE: Values = { locals: [], globals: [] }

/** Variables at a code offset, as they are at an event: those whose places are known without the function's own registers. */
export const useValues = (trace: Trace, seq: Seq, source: Source | undefined, offset: number | undefined): Values => {
  const [told, setTold] = useState<{ readonly seq: Seq; readonly offset: number; readonly values: Values }>()
  useEffect(() => {
    const place = placeOf(trace, seq)
    if (source === undefined || offset === undefined || place === 0) return undefined
    let wanted = true
    const fetch: Fetch = async (ranges) => {
      const sight = await lookAt({ seq: place, ranges })
      return sight === undefined || 'sentence' in sight ? undefined : sight.pieces
    }
    const state = { locals: [], globals: [] }
    void (async () => {
      const globals = await readValues(source.globalsAt(offset), state, fetch)
      const locals = await readValues(source.variablesAt(offset), state, fetch)
      if (wanted) setTold({ seq, offset, values: { locals, globals } })
    })()
    return () => {
      wanted = false
    }
  }, [trace, seq, source, offset])
  return told?.seq === seq && told.offset === offset ? told.values : NONE
}
