import { useMemo } from 'react'
import { standingAt, type Standing } from '../../engine/decision/effect.ts'
import { tracedCall } from '../../engine/decode/call.ts'
import type { Seq } from '../../engine/trace/format.ts'
import { useApp } from '../state/store.ts'

/** The stop at `seq` of the run that is shown. */
export const useStanding = (seq: Seq): Standing | undefined => {
  const trace = useApp((state) => state.trace)
  const length = useApp((state) => state.traceLength)
  return useMemo(() => (seq > length ? undefined : standingAt(trace, seq)), [trace, length, seq])
}

/** Names of a call's arguments by their register. */
export const useArgName = (seq: Seq): ((index: number) => string) => {
  const trace = useApp((state) => state.trace)
  return useMemo(() => {
    const args = tracedCall(trace, seq, 'before')?.args
    return (index) => args?.find((arg) => arg.index === index)?.name ?? `args[${index}]`
  }, [trace, seq])
}
