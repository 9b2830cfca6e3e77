import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { app } from '../state/store.ts'
import { Scan } from './scan.ts'

export interface Matches {
  readonly marks: Uint8Array | undefined
  readonly found: Uint32Array | undefined
}
export const matches = createStore<Matches>()(() => ({ marks: undefined, found: undefined }))
export const useMatches = () => useStore(matches, (s) => s.marks)
export const useFound = () => useStore(matches, (s) => s.found)
void [app, Scan] as unknown as [Trace, Seq]
