import { useEffect, useState } from 'react'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { useApp } from '../state/store.ts'
import { findWhere, findWithin, whereKnown, type Where } from './where.ts'

/** Walking through a trace passes many events: a guest is made again for those where one stays, in milliseconds. */
const STAYS = 80

/** Where the task of an event stands, or is so many instructions behind it; undefined while that is being found out. */
export const useWhere = (trace: Trace, seq: Seq, steps: number): Where | undefined => {
  const phase = useApp((state) => state.phase)
  const [told, setTold] = useState<{ readonly trace: Trace; readonly seq: Seq; readonly steps: number; readonly where: Where }>()
  useEffect(() => {
    let wanted = true
    const timer = setTimeout(() => {
      void (steps === 0 ? findWhere(trace, seq) : findWithin(seq, steps)).then((where) => wanted && setTold({ trace, seq, steps, where }))
    }, steps === 0 ? STAYS : 0)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [trace, seq, steps, phase])
  if (told?.trace !== trace || told.seq !== seq) return steps === 0 ? whereKnown(trace, seq) : undefined
  // From one instruction to the next what was there before stays until the new place is known.
  return told.steps === steps || steps > 0 ? told.where : whereKnown(trace, seq) ?? told.where
}
