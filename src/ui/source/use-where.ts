import { useEffect, useState } from 'react'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { useApp } from '../state/store.ts'
import { findWhere, whereKnown, type Where } from './where.ts'

/** Walking through a trace passes many events: a guest is made again for those where one stays, in milliseconds. */
const STAYS = 80

/** Where the task of an event stands; undefined while that is being found out. */
export const useWhere = (trace: Trace, seq: Seq): Where | undefined => {
  const phase = useApp((state) => state.phase)
  const [told, setTold] = useState<{ readonly trace: Trace; readonly seq: Seq; readonly where: Where }>()
  useEffect(() => {
    let wanted = true
    const timer = setTimeout(() => {
      void findWhere(trace, seq).then((where) => wanted && setTold({ trace, seq, where }))
    }, STAYS)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [trace, seq, phase])
  return told?.trace === trace && told.seq === seq ? told.where : whereKnown(trace, seq)
}
