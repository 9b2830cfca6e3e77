import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Source } from '../../engine/source/source.ts'

/** A line where a person wants to stop, of a module by its hash. */
export interface Breakpoint {
  readonly hash: string
  /** As the line tables have it. */
  readonly file: string
  readonly line: number
}

interface BreakpointState {
  readonly breakpoints: readonly Breakpoint[]
}

const store = createStore<BreakpointState>()(() => ({ breakpoints: [] }))

const same = (a: Breakpoint, b: Breakpoint): boolean => a.hash === b.hash && a.file === b.file && a.line === b.line

/** Sets a breakpoint, or takes it away. */
export const toggleBreakpoint = (breakpoint: Breakpoint): void =>
  store.setState(({ breakpoints }) => ({
    breakpoints: breakpoints.some((one) => same(one, breakpoint)) ? breakpoints.filter((one) => !same(one, breakpoint)) : [...breakpoints, breakpoint],
  }))

/** All that are set, for whoever runs to them. */
export const breakpointsSet = (): readonly Breakpoint[] => store.getState().breakpoints

/** Where a run of this module must stop: instructions, by their offsets in its code section. */
export const breakpointOffsets = (hash: string, source: Source): readonly number[] =>
  breakpointsSet().filter((one) => one.hash === hash).flatMap(({ file, line }) => source.placesOf(file, line)?.offsets ?? [])

/** The lines of a file that have breakpoints. */
export const useBreakpoints = (hash: string, file: string): ReadonlySet<number> => {
  const breakpoints = useStore(store, (state) => state.breakpoints)
  return new Set(breakpoints.filter((one) => one.hash === hash && one.file === file).map(({ line }) => line))
}
