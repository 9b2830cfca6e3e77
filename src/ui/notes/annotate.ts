import { MOST_NOTES, withNote } from '../../engine/link/note.ts'
import type { Seq } from '../../engine/trace/format.ts'
import { app, type AppState } from '../state/store.ts'
import { noteAt } from './shown.ts'

/** The branch that an event of the shown lane is of: what lies before a branch leaves is what it leaves. */
const branchOf = ({ branches, lane }: AppState, seq: Seq): string | undefined => {
  for (let at = lane; ; ) {
    const branch = branches[at]
    if (branch === undefined || seq > branch.at || branch.parent >= at) return branch?.name
    at = branch.parent
  }
}

/** Whether there is room for another note at an event. */
export const hasRoom = (state: AppState, seq: Seq): boolean => state.annotations.length < MOST_NOTES || noteAt(state, seq) !== undefined

/** Writes the note at an event of the run that is shown; empty words take it away. */
export const annotate = (seq: Seq, text: string): void => {
  const state = app.getState()
  if (!hasRoom(state, seq)) return
  const branch = noteAt(state, seq)?.branch ?? branchOf(state, seq)
  state.edit({ annotations: withNote(state.annotations, { at: seq, text, ...(branch === undefined ? {} : { branch }) }) })
}

/** A branch has another name, or is no more: its notes go with it. */
export const moveNotes = (branch: string, to: string | undefined): void => {
  const { annotations, edit } = app.getState()
  if (!annotations.some((note) => note.branch === branch)) return
  edit({ annotations: annotations.flatMap((note) => (note.branch !== branch ? [note] : to === undefined ? [] : [{ ...note, branch: to }])) })
}
