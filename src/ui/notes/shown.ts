import { notesOfLane, type Note } from '../../engine/link/note.ts'
import type { Seq } from '../../engine/trace/format.ts'
import type { AppState } from '../state/store.ts'

type Of = Pick<AppState, 'annotations' | 'branches' | 'lane' | 'log'>

const NONE: readonly Note[] = []
let last: { readonly of: Of; readonly notes: readonly Note[]; readonly bySeq: ReadonlyMap<Seq, Note> } | undefined

const known = ({ annotations, branches, lane, log }: Of) => {
  const of = last?.of
  if (last === undefined || of?.annotations !== annotations || of.branches !== branches || of.lane !== lane || of.log !== log) {
    // What was recorded elsewhere has none: they are another run's.
    const notes = log === undefined ? notesOfLane(annotations, branches, lane) : NONE
    last = { of: { annotations, branches, lane, log }, notes, bySeq: new Map(notes.map((note) => [note.at, note])) }
  }
  return last
}

/** The notes of the run that is shown, in the order of its events. The same array as long as nothing has changed. */
export const shownNotes = (state: Of): readonly Note[] => (state.annotations.length === 0 ? NONE : known(state).notes)

/** The note at an event of the run that is shown. */
export const noteAt = (state: Of, seq: Seq): Note | undefined => (state.annotations.length === 0 ? undefined : known(state).bySeq.get(seq))
