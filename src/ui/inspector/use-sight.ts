import { useEffect, useState } from 'react'
import type { Sight } from '../../engine/protocol.ts'
import type { Seq } from '../../engine/trace/format.ts'
import { lookAt } from '../session/past.ts'
import { useApp } from '../state/store.ts'

/** Stepping through a trace passes many events: a guest is made again for those where one stays, in milliseconds. */
const STAYS = 80

/** What a look has come to. */
export type Looked =
  | { readonly state: 'looking' }
  /** There is no past to look at now: the run goes on, or its programs are not here. */
  | { readonly state: 'absent' }
  | { readonly state: 'seen'; readonly sight: Sight }

interface Wanted {
  readonly seq: Seq
  readonly addr: number
  readonly length: number
  readonly find: Uint8Array
}

/** The memory of an event's guest, a stretch of it, as it was there: the guest is made again. */
export const useSight = ({ seq, addr, length, find }: Wanted): Looked => {
  const [looked, setLooked] = useState<Looked>({ state: 'looking' })
  const phase = useApp((state) => state.phase)
  const recipe = useApp((state) => state.recipe)
  useEffect(() => {
    let wanted = true
    const timer = setTimeout(() => {
      void lookAt({ seq, ranges: [{ addr, length }], ...(find.length === 0 ? {} : { find }) }).then((sight) => {
        if (wanted) setLooked(sight === undefined ? { state: 'absent' } : { state: 'seen', sight })
      })
    }, STAYS)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [seq, addr, length, find, phase, recipe])
  return looked
}
