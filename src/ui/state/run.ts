import type { StateCreator } from 'zustand'
import type { Counts, Failure, FromMachine, RunEnd, Spin } from '../../engine/protocol.ts'
import type { Recording } from '../../engine/link/recording.ts'
import type { Recipe } from '../../engine/recipe.ts'
import type { Seq } from '../../engine/trace/format.ts'
import { Trace } from '../../engine/trace/trace.ts'
import { FRESH_HAND } from './hand.ts'
import type { AppState } from './store.ts'

/** A piece of the trace. */
export type ChunkMessage = Extract<FromMachine, { type: 'chunk' }>

/** Where a run stands. */
export type RunPhase = 'idle' | 'loading' | 'running' | 'waiting' | 'ended'

/** Where a trace that is no run of ours is from. */
export interface ShownLog {
  readonly name: string
  /** The real clock when it began, in nanoseconds since 1970, where the file tells. */
  readonly epoch: bigint | undefined
}

/** The run that is shown: its recipe, its trace as far as it has arrived, how it ended. */
export interface RunSlice {
  readonly phase: RunPhase
  /** What is being done while it loads, for the progress line. */
  readonly progress: string
  /** By hand: the stop that waits for a decision. */
  readonly decisionAt: { readonly pid: number; readonly seq: Seq } | undefined
  readonly recipe: Recipe | undefined
  /** Grows in place: `length` says how far, and changes with every chunk. Never read it without `traceLength`. */
  readonly trace: Trace
  readonly traceLength: number
  readonly end: RunEnd | undefined
  readonly failure: Failure | undefined
  readonly digest: string | undefined
  readonly counts: Counts | undefined
  /** Guests that computed without end, and where. */
  readonly spins: readonly Spin[]
  /** What is shown was recorded elsewhere: a log of strace, a file of JSON lines. Then there is no recipe. */
  readonly log: ShownLog | undefined
  /** A new run begins: an empty trace, the cursor at 0. */
  beginRun(recipe: Recipe): void
  /** Takes a message of the machine. */
  receive(message: Exclude<FromMachine, ChunkMessage>): void
  /** Takes what the trace has grown by. */
  grow(chunks: readonly ChunkMessage[]): void
  /** A finished run that was recorded elsewhere is shown. */
  showRecording(recording: Recording): void
  /** A trace that was recorded elsewhere is shown. */
  showLog(log: ShownLog & { readonly trace: Trace }): void
  /** The page itself ended the machine, or could not start it. */
  failRun(failure: Failure): void
}

/** The same one every time: nobody is told of a change. */
const NO_SPINS: readonly Spin[] = []

export const runSlice: StateCreator<AppState, [], [], RunSlice> = (set, get) => ({
  phase: 'idle',
  progress: '',
  decisionAt: undefined,
  recipe: undefined,
  trace: new Trace(),
  traceLength: 0,
  end: undefined,
  failure: undefined,
  digest: undefined,
  counts: undefined,
  spins: NO_SPINS,
  log: undefined,
  beginRun: (recipe) =>
    set({
      phase: 'loading', progress: 'Starting the machine', recipe, trace: new Trace(), traceLength: 0, end: undefined,
      failure: undefined, digest: undefined, counts: undefined, spins: NO_SPINS, log: undefined, cursor: 0, range: undefined, hover: 0, decisionAt: undefined, ...FRESH_HAND,
    }),
  receive: (message) => {
    const { recipe } = get()
    switch (message.type) {
      case 'progress':
        set({ phase: message.what === 'running' || message.what === 'rebuilding' ? 'running' : 'loading', progress: `${message.what} ${message.name}` })
        break
      case 'waiting':
        set({ phase: 'waiting', decisionAt: message.for === 'decision' ? { pid: message.pid, seq: message.seq } : undefined })
        break
      case 'decided':
        if (recipe !== undefined) set({ recipe: { ...recipe, hand: [...(recipe.hand ?? []), message.decision] } })
        break
      case 'took': {
        const { at, text, end } = message
        const taken = { at, ...(text === undefined ? {} : { text }), ...(end === undefined ? {} : { end }) }
        set({ phase: 'running', ...(recipe === undefined ? {} : { recipe: { ...recipe, input: [...recipe.input, taken] } }) })
        break
      }
      case 'ended': {
        const { end, digest, counts, spins = NO_SPINS } = message
        const stopped = end.kind === 'stopped' && recipe !== undefined ? { recipe: { ...recipe, stopAt: end.at } } : {}
        set({ phase: 'ended', decisionAt: undefined, end, digest, counts, spins, failure: end.kind === 'failed' ? end.failure : undefined, ...stopped })
        break
      }
      case 'ready':
      case 'alive':
      case 'inspected':
      case 'listing':
      case 'file':
    }
  },
  grow: (chunks) => {
    const { trace } = get()
    for (const { table, chunk } of chunks) trace.append(table, chunk)
    set({ traceLength: trace.length })
  },
  showRecording: ({ recipe, trace, end, digest, counts, cursor }) =>
    set({
      phase: 'ended', progress: '', recipe, trace, traceLength: trace.length, end, digest, counts, spins: NO_SPINS, log: undefined,
      failure: end.kind === 'failed' ? end.failure : undefined, cursor, range: undefined, hover: 0, decisionAt: undefined, ...FRESH_HAND,
    }),
  showLog: ({ name, epoch, trace }) =>
    set({
      phase: 'ended', progress: '', recipe: undefined, trace, traceLength: trace.length, end: undefined, digest: undefined, counts: undefined, spins: NO_SPINS,
      failure: undefined, log: { name, epoch }, cursor: Math.min(1, trace.length), range: undefined, hover: 0, decisionAt: undefined, ...FRESH_HAND,
    }),
  failRun: (failure) => set({ phase: 'ended', decisionAt: undefined, failure, end: { kind: 'failed', failure } }),
})
