import { seekNote } from '../../engine/link/note.ts'
import type { Command } from '../commands/command.ts'
import { seekStop } from '../commands/walk.ts'
import type { AppState } from '../state/store.ts'
import { shownNotes } from './shown.ts'

const hasNotes = (s: AppState): boolean => shownNotes(s).length > 0
const presents = (s: AppState): boolean => s.projector

const toNote = (s: AppState, by: 1 | -1): void => {
  const note = seekNote(shownNotes(s), s.cursor, by)
  if (note !== undefined) s.moveTo(note.at)
}

/** A clicker goes from note to note; where there is none, from stop to stop. */
const click = (s: AppState, by: 1 | -1): void => {
  if (s.blank) s.arrange({ blank: false })
  else if (hasNotes(s)) toNote(s, by)
  else if (s.traceLength > 0) s.moveTo(seekStop(s.trace, s.cursor, by) || s.cursor)
}

/** Notes at events, and a projector's screen. */
export const NOTE_COMMANDS: readonly Command[] = [
  { id: 'blank', group: 'Page', title: 'Projector: blank the screen, or show it again', keys: ['b'], when: presents, run: (s) => s.arrange({ blank: !s.blank }) },
  { id: 'present-next', group: 'Move', title: 'Projector: next note, or next stop', keys: ['PageDown'], when: presents, run: (s) => click(s, 1) },
  { id: 'present-previous', group: 'Move', title: 'Projector: note or stop before', keys: ['PageUp'], when: presents, run: (s) => click(s, -1) },
  { id: 'next-note', group: 'Move', title: 'Next note', keys: ['.'], when: hasNotes, run: (s) => toNote(s, 1) },
  { id: 'previous-note', group: 'Move', title: 'Note before', keys: [','], when: hasNotes, run: (s) => toNote(s, -1) },
  { id: 'play-notes', group: 'Move', title: 'Play the notes one after the other, or stop', keys: [], when: hasNotes, run: (s) => s.arrange({ playing: !s.playing }) },
  {
    id: 'note', group: 'Page', title: 'Note at this event: write or change it', keys: ['m'], when: (s) => s.cursor > 0 && s.log === undefined,
    run: (s) => s.show({ dialog: 'note' }),
  },
  { id: 'projector', group: 'Page', title: 'Projector mode on or off', keys: [], run: (s) => s.arrange({ projector: !s.projector, blank: false }) },
]
