import { flushSync } from 'react-dom'
import type { Command } from '../commands/command.ts'
import { decidingAt, type Choice, type HandPanel } from '../state/hand.ts'
import type { AppState } from '../state/store.ts'
import { ANSWERS, CHOICES, nextTitle } from './choice.ts'
import { answer, canTake, chooseTracer, decideAgain, decidingStop, take, undoableAt, writeTracer } from './decide.ts'

const isAsking = (s: AppState): boolean => s.question !== undefined
const isDeciding = (s: AppState): boolean => decidingAt(s) > 0 && !isAsking(s)
const isInCall = (s: AppState): boolean => {
  const kind = isDeciding(s) ? decidingStop(s)?.kind : undefined
  return kind === 'entry' || kind === 'exit'
}

/** Puts the focus on a field of the decision bar, when it is there. */
const focusHand = (name: string): void => document.querySelector<HTMLElement>(`[data-hand-field="${name}"]`)?.focus()

const toggle = (panel: Exclude<HandPanel, 'none'>) => (s: AppState): void => {
  // At once: what is typed next belongs into the field already.
  flushSync(() => s.prepare({ panel: s.panel === panel ? 'none' : panel }))
  focusHand(panel)
}

const decisions = (Object.keys(CHOICES) as Choice[]).map((choice): Command => ({
  id: choice, group: 'By hand', title: CHOICES[choice].help, keys: [CHOICES[choice].keys], when: (s) => canTake(s, choice), run: () => take(choice),
}))

const answers = ANSWERS.map((next, i): Command => ({
  id: `answer-${next}`, group: 'By hand', title: `Quiz: ${nextTitle(next, { call: '' }).toLowerCase()}`, keys: [`${i + 1}`], when: isAsking, run: () => answer(next),
}))

/** Stepping by hand. Their keys act only at the stop that waits, where those of moving have nowhere to go. */
export const HAND_COMMANDS: readonly Command[] = [
  ...decisions,
  { id: 'set-result', group: 'By hand', title: 'By hand: set the result', keys: ['r'], when: isInCall, run: () => focusHand('result') },
  { id: 'edit-arguments', group: 'By hand', title: 'By hand: edit the arguments', keys: ['i'], when: (s) => isDeciding(s) && decidingStop(s)?.kind === 'entry', run: toggle('arguments') },
  { id: 'edit-memory', group: 'By hand', title: 'By hand: write memory', keys: ['w'], when: isInCall, run: toggle('memory') },
  { id: 'give-signal', group: 'By hand', title: 'By hand: give a signal', keys: ['l'], when: isDeciding, run: toggle('signal') },
  ...answers,
  { id: 'cancel-question', group: 'By hand', title: 'Quiz: decide otherwise', keys: ['Escape'], when: isAsking, run: (s) => s.prepare({ question: undefined }) },
  { id: 'close-panel', group: 'By hand', title: 'By hand: close the fields', keys: ['Escape'], when: (s) => s.panel !== 'none', run: (s) => s.prepare({ panel: 'none' }) },
  {
    id: 'decide-again', group: 'By hand', title: 'By hand: decide again from here', keys: ['a'],
    when: (s) => undoableAt(s) !== undefined, run: (s) => decideAgain(undoableAt(s)?.at ?? 0),
  },
  {
    id: 'to-waiting', group: 'By hand', title: 'By hand: go to the stop that waits', keys: ['.'],
    when: (s) => s.decisionAt !== undefined && s.decisionAt.seq !== s.cursor, run: (s) => s.moveTo(s.decisionAt?.seq ?? s.cursor),
  },
  { id: 'quiz', group: 'By hand', title: 'Quiz: guess the next stop first', keys: ['q'], when: (s) => s.recipe?.hand !== undefined, run: (s) => s.prepare({ quiz: !s.quiz, question: undefined }) },
  { id: 'vm-table', group: 'By hand', title: 'The table of PTRACE_VM', keys: ['h'], when: (s) => s.tracer === 'hand', run: (s) => s.prepare({ tableOpen: !s.tableOpen }) },
  { id: 'write-tracer', group: 'By hand', title: 'Write this as a tracer', keys: [], when: (s) => s.recipe?.hand !== undefined && s.traceLength > 0, run: () => void writeTracer() },
  { id: 'by-hand', group: 'By hand', title: 'Step by hand', keys: [], when: (s) => s.tracer !== 'hand', run: () => chooseTracer('hand') },
  { id: 'by-script', group: 'By hand', title: 'Trace with the script', keys: [], when: (s) => s.tracer !== 'script', run: () => chooseTracer('script') },
]
