import { useEffect, useState } from 'react'
import type { Seq } from '../../engine/trace/format.ts'

/** An answer that is fetched when somebody asks, and forgotten when the cursor moves on. */
export const useAsked = <T>(seq: Seq, question: string): { readonly answer: T | undefined; readonly asking: boolean; readonly absent: boolean; readonly ask: (fetch: () => Promise<T | undefined>) => void } => {
  const [state, setState] = useState<{ readonly of: string; readonly answer?: T | undefined; readonly asking: boolean }>({ of: '', asking: false })
  const of = `${seq} ${question}`
  useEffect(() => () => setState({ of: '', asking: false }), [of])
  const mine = state.of === of
  return {
    answer: mine ? state.answer : undefined,
    asking: mine && state.asking,
    absent: mine && !state.asking && state.answer === undefined,
    ask: (fetch) => {
      setState({ of, asking: true })
      void fetch().then((answer) => setState((now) => (now.of === of ? { of, answer, asking: false } : now)))
    },
  }
}
