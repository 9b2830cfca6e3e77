import type { Trace } from '../trace/trace.ts'

/** Something derived from a trace that is brought up to date when it is asked for. */
export interface Derived {
  /** Takes in the rows that have come since. */
  update(): void
}

/** One `T` per trace, made when first asked for and brought up to date each time; it goes when the trace goes. */
export const derivedFrom = <T extends Derived>(make: (trace: Trace) => T): ((trace: Trace) => T) => {
  const known = new WeakMap<Trace, T>()
  return (trace) => {
    let derived = known.get(trace)
    if (derived === undefined) known.set(trace, (derived = make(trace)))
    derived.update()
    return derived
  }
}
