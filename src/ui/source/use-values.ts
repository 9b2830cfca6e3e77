import { useEffect, useState } from 'react'
import type { Sight } from '../../engine/protocol.ts'
import type { FrameState } from '../../engine/source/expression.ts'
import type { Source } from '../../engine/source/source.ts'
import type { Value } from '../../engine/source/value.ts'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { lookAt } from '../session/past.ts'
import { bitsOf, type Fetch, readValues } from './read-values.ts'
import { placeOf } from './where.ts'

/** What a function's variables hold, and those outside of functions. */
export interface Values {
  readonly locals: readonly Value[]
  readonly globals: readonly Value[]
}

const NONE: Values = { locals: [], globals: [] }

/** The innermost function's registers, which a step shows. */
const stateOf = (sight: Sight | undefined, source: Source): Omit<FrameState, 'memory'> => {
  if (sight === undefined || 'sentence' in sight || sight.locals === undefined) return { locals: [], globals: [] }
  const locals: (bigint | undefined)[] = []
  for (const local of sight.locals) locals[local.index] = bitsOf(local)
  // The shadow stack's pointer: by its name, or the first global, which it is with every C compiler.
  const named = [...source.names.globals].find(([, name]) => name === '__stack_pointer')?.[0] ?? 0
  const globals: (bigint | undefined)[] = []
  globals[named] = BigInt(sight.stackPointer)
  return { locals, globals }
}

/**
 * Variables at a code offset, as they are at an event, or so many instructions behind it. Where the function has been stepped to, and is the innermost, all
 * that the compiler kept; otherwise those whose places are known without the function's own registers.
 */
export const useValues = (trace: Trace, seq: Seq, steps: number, source: Source | undefined, offset: number | undefined, innermost: boolean): Values => {
  const [told, setTold] = useState<{ readonly seq: Seq; readonly offset: number; readonly values: Values }>()
  useEffect(() => {
    const place = steps > 0 ? seq : placeOf(trace, seq)
    const within = steps > 0 ? { steps } : {}
    if (source === undefined || offset === undefined || place === 0) return undefined
    let wanted = true
    const fetch: Fetch = async (ranges) => {
      const sight = await lookAt({ seq: place, ...within, ranges })
      return sight === undefined || 'sentence' in sight ? undefined : sight.pieces
    }
    void (async () => {
      const sight = innermost ? await lookAt({ seq: place, ...within, ranges: [] }) : undefined
      const state = stateOf(sight, source)
      const globals = await readValues(source.globalsAt(offset), state, fetch)
      const locals = await readValues(source.variablesAt(offset), state, fetch)
      if (wanted) setTold({ seq, offset, values: { locals, globals } })
    })()
    return () => {
      wanted = false
    }
  }, [trace, seq, steps, source, offset, innermost])
  return told?.seq === seq && told.offset === offset ? told.values : NONE
}
