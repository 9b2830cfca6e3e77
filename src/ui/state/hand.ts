import type { StateCreator } from 'zustand'
import type { Next } from '../../engine/decision/effect.ts'
import type { Decision } from '../../engine/recipe.ts'
import type { Seq } from '../../engine/trace/format.ts'
import type { AppState } from './store.ts'

/** What was changed at the stop that waits, and is sent with the decision. */
export interface Edits {
  /** What was typed as the result register; read when it is sent. */
  readonly result: string
  /** Argument registers by index, as typed. */
  readonly args: Readonly<Record<number, string>>
  readonly memory: readonly { readonly addr: number; readonly bytes: readonly number[] }[]
  /** The signal to give, instead of the usual one; undefined: the usual one. */
  readonly signal: number | undefined
}

export const NO_EDITS: Edits = { result: '', args: {}, memory: [], signal: undefined }

/** What there is to decide; which of them, is told by the stop. */
export type Choice = 'continue' | 'skip-call' | 'skip-exit' | 'deliver' | 'suppress' | 'sysemu' | 'free' | 'detach' | 'kill'

/** The parts of the decision bar that open. */
export type HandPanel = 'none' | 'arguments' | 'memory' | 'signal'

/** A guess of the next stop, asked before the decision is carried out. */
export interface Guess {
  readonly decision: Decision
  readonly next: Next
}

export interface Verdict extends Guess {
  /** What came. */
  readonly actual: Next
  readonly isRight: boolean
}

/** Stepping by hand: what is being prepared, and the quiz. */
export interface HandSlice {
  readonly edits: Edits
  readonly panel: HandPanel
  /** The choice whose consequence is told: the one under the focus or the pointer. */
  readonly pointed: Choice | undefined
  readonly quiz: boolean
  /** The decision that waits for a guess. */
  readonly question: Decision | undefined
  readonly guess: Guess | undefined
  readonly verdict: Verdict | undefined
  readonly score: { readonly right: number; readonly asked: number }
  readonly tableOpen: boolean
  prepare(change: Partial<Pick<HandSlice, 'edits' | 'panel' | 'pointed' | 'quiz' | 'question' | 'guess' | 'tableOpen'>>): void
  /** The machine has the decision: nothing is being prepared any more. */
  carried(): void
  /** The next stop has come, or none will: was the guess right? */
  judge(actual: Next): void
}

export const handSlice: StateCreator<AppState, [], [], HandSlice> = (set, get) => ({
  edits: NO_EDITS,
  panel: 'none',
  pointed: undefined,
  quiz: false,
  question: undefined,
  guess: undefined,
  verdict: undefined,
  score: { right: 0, asked: 0 },
  tableOpen: false,
  prepare: (change) => set(change),
  carried: () => set({ edits: NO_EDITS, panel: 'none', question: undefined, decisionAt: undefined, phase: 'running', verdict: undefined }),
  judge: (actual) => {
    const { guess, score } = get()
    if (guess === undefined) return
    const isRight = guess.next === actual
    set({ guess: undefined, verdict: { ...guess, actual, isRight }, score: { right: score.right + Number(isRight), asked: score.asked + 1 } })
  },
})

/** What a stop leaves behind when the run is begun anew; the score stays for the session. */
export const FRESH_HAND = {
  edits: NO_EDITS, panel: 'none', pointed: undefined, question: undefined, guess: undefined, verdict: undefined,
} as const satisfies Partial<HandSlice>

/** The stop that is being decided: it waits, and it is what the page shows. */
export const decidingAt = ({ decisionAt, cursor }: AppState): Seq => (decisionAt !== undefined && decisionAt.seq === cursor ? cursor : 0)
