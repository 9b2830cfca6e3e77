import { useSyncExternalStore } from 'react'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'

type Announce = (trace: Trace, seq: Seq) => string

/** Until the sentences have come: what is certain. */
const byNumber: Announce = (_, seq) => (seq === 0 ? 'No events yet.' : `Event ${seq}.`)

let announce = byNumber
const waiting = new Set<() => void>()

/** All the words that there are for events are as much as the rest of the decoder, and are first asked for when one is at rest. */
const load = async (): Promise<void> => {
  announce = (await import('../../engine/decode/describe.ts')).announce
  for (const told of waiting) told()
}

const subscribe = (told: () => void): (() => void) => {
  waiting.add(told)
  if (announce === byNumber) void load()
  return () => waiting.delete(told)
}

/** Says in a sentence what an event was. */
export const useAnnounce = (): Announce => useSyncExternalStore(subscribe, () => announce)
