/** The filter's matches in the trace that is shown: found in the background, read by the list and the timeline. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { FilterError } from '../../engine/filter/parse.ts'
import { app } from '../state/store.ts'
import { filterLanguage, loadFilterLanguage } from './language.ts'
import { Scan } from './scan.ts'

/** Milliseconds of work before the page gets its turn: less than a frame, so that typing stays smooth. */
const SLICE = 6

export interface FilterState {
  /** By seq − 1: 1 if the event matches, or has not been looked at yet. Undefined without a filter. */
  readonly marks: Uint8Array | undefined
  /** The seqs that match, in order, as far as they are known. Undefined without a filter. */
  readonly found: Uint32Array | undefined
  readonly calls: { readonly all: number; readonly found: number }
  /** Every event has been looked at. */
  readonly complete: boolean
  /** What is wrong with the text; nothing is then filtered. */
  readonly error: FilterError | undefined
}

const NOTHING: FilterState = { marks: undefined, found: undefined, calls: { all: 0, found: 0 }, complete: true, error: undefined }

/** The page went offline before anybody filtered. */
const UNREACHABLE: FilterError = { column: 1, message: 'The filter could not be fetched.', cure: 'Reload the page to try again.' }

export const filterState = createStore<FilterState>()(() => NOTHING)

let scan: Scan | undefined
let scanned = ''
let waiting = false

const publish = (from: Scan): void =>
  filterState.setState({ marks: from.marks, found: from.found, calls: from.calls, complete: from.complete, error: undefined }, true)

/** Looks at events for one slice, and asks for another turn if there are more. */
const work = (): void => {
  if (scan === undefined) return
  const until = performance.now() + SLICE
  scan.step(() => performance.now() > until)
  publish(scan)
  if (!scan.complete && !waiting) {
    waiting = true
    setTimeout(() => {
      waiting = false
      work()
    })
  }
}

const follow = (): void => {
  const { filter, trace } = app.getState()
  if (scan === undefined || scanned !== filter || scan.trace !== trace) {
    scan = undefined
    scanned = filter
    if (filter.trim() === '') return filterState.setState(NOTHING, true)
    const language = filterLanguage()
    if (language === undefined) {
      loadFilterLanguage().then(follow, () => filterState.setState({ ...NOTHING, error: UNREACHABLE }, true))
      return
    }
    const parsed = language.parseFilter(filter)
    if (!parsed.ok) return filterState.setState({ ...NOTHING, error: parsed.error }, true)
    const match = language.compileFilter(parsed.query)
    scan = new Scan(trace, (seq) => match(trace, seq))
    work()
  } else if (!scan.complete && !waiting) work()
}

app.subscribe((state, before) => {
  if (state.filter !== before.filter || state.trace !== before.trace || state.traceLength !== before.traceLength) follow()
  // An outcome may come after the last event; the end of the run is the last occasion to look again.
  else if (state.phase !== before.phase && state.phase === 'ended' && scan !== undefined) {
    scan = undefined
    follow()
  }
})

/** Milliseconds that a command may look ahead of the background before it makes do with what is known. */
const PATIENCE = 250

/** What the filter matches, looked at as far as `enough` says, or as patience allows; undefined without a filter. */
export const foundUntil = (enough: (scan: Scan) => boolean): Uint32Array | undefined => {
  follow()
  const current = scan
  if (current === undefined) return undefined
  if (!current.complete && !enough(current)) {
    const until = performance.now() + PATIENCE
    current.step(() => enough(current) || performance.now() > until)
    publish(current)
  }
  return current.found
}

/** By seq − 1: 1 if the event matches, or is not known not to; undefined without a filter. A new view when it changes. */
export const useMatches = (): Uint8Array | undefined => useStore(filterState, (s) => s.marks)
/** The seqs that match, in order, as far as they are known; undefined without a filter. */
export const useFound = (): Uint32Array | undefined => useStore(filterState, (s) => s.found)
export const useFilterState = (): FilterState => useStore(filterState)
