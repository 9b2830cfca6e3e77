import { EventKind, Flag } from '../../engine/trace/format.ts'
import { runChecked } from '../editor/check.ts'
import { stopRun } from '../session/run.ts'
import { PANES, type PaneName } from '../state/shell.ts'
import { app, type AppState } from '../state/store.ts'
import { seekMatch, seekMatchAround } from '../filter/seek.ts'
import type { Command } from './command.ts'
import { BRANCH_COMMANDS } from '../branches/branch-commands.ts'
import { EXPORT_COMMANDS } from '../export/export-commands.ts'
import { FILE_COMMANDS } from '../files/file-commands.ts'
import { HAND_COMMANDS } from '../hand/hand-commands.ts'
import { YOURS_COMMANDS } from '../yours/yours-commands.ts'
import { NOTE_COMMANDS } from '../notes/note-commands.ts'
import { callEntry, callExit, seek, seekOnTrack, seekStop, seekTrack } from './walk.ts'
import { modelOf } from '../timeline/models.ts'
import { toggleAxis } from '../timeline/navigate.ts'
import { centre, fit, pan, zoom } from './window.ts'

const hasTrace = (s: AppState): boolean => s.traceLength > 0
const isLive = (s: AppState): boolean => s.phase === 'loading' || s.phase === 'running' || s.phase === 'waiting'

/** Moves if there is somewhere to move to. */
const go = (s: AppState, seq: number): void => {
  if (seq > 0) s.moveTo(seq)
}

/** The pane that has the focus, or had it last. */
const focusedPane = (): PaneName | undefined => {
  const slot = document.activeElement?.closest<HTMLElement>('[data-slot]')?.dataset['slot']
  return PANES.find((pane) => pane === slot)
}

/** Puts the focus on a pane, or on the first thing in it that takes it. */
export const focusPane = (name: PaneName): void =>
  document.querySelector<HTMLElement>(`[data-slot="${name}"] [data-pane]`)?.focus({ preventScroll: true })

const nextPane = (by: 1 | -1): void => {
  const there = PANES.filter((name) => {
    const slot = document.querySelector<HTMLElement>(`[data-slot="${name}"]`)
    return slot !== null && slot.offsetParent !== null && slot.offsetWidth > 0
  })
  const at = focusedPane()
  const from = at === undefined ? (by > 0 ? -1 : 0) : there.indexOf(at)
  const next = there[(from + by + there.length) % there.length]
  if (next !== undefined) focusPane(next)
}

const toggleMaximised = (s: AppState): void =>
  s.arrange({ maximised: s.maximised === undefined ? (focusedPane() ?? 'timeline') : undefined })

const toggleCollapsed = (s: AppState): void => {
  const pane = focusedPane() ?? s.collapsed.at(-1)
  if (pane === undefined) return
  s.arrange({ collapsed: s.collapsed.includes(pane) ? s.collapsed.filter((one) => one !== pane) : [...s.collapsed, pane] })
}

const escape = (s: AppState): void => {
  const at = document.activeElement
  if (at instanceof HTMLElement && at.matches('input, textarea')) at.blur()
  else if (s.maximised !== undefined) s.arrange({ maximised: undefined })
  else s.setRange(undefined)
}

/** `f` centres; pressed again within half a second it fits the selection. */
let centredAt = -Infinity
const centreOrFit = (s: AppState): void => {
  const now = performance.now()
  if (now - centredAt > 500) centre(s)
  else if (s.range !== undefined) fit(s, s.range.from, s.range.to)
  else {
    const entry = callEntry(s.trace, s.cursor) || s.cursor
    fit(s, entry, callExit(s.trace, s.cursor) || s.cursor)
  }
  centredAt = now
}

const toMatch = (s: AppState, by: 1 | -1): void => {
  const found = seekMatch(s, by)
  s.moveTo(found > 0 ? found : by > 0 ? s.traceLength : 1)
}

/** Up or down over the tracks as the timeline stacks them: children below their parents. */
const toTrack = (s: AppState, by: 1 | -1): void =>
  go(s, seekTrack(s.trace, modelOf(s.trace).tracks.map((track) => track.pid), s.cursor, by))

const focusField = (name: 'seq' | 'filter'): void => {
  const field = document.querySelector<HTMLInputElement>(name === 'seq' ? '[data-field="seq"]' : '[data-field="filter"], [aria-label="Filter"]')
  field?.focus()
  field?.select()
}

const seekError = (s: AppState): number => {
  const { kind, flags } = s.trace.events.columns
  return seek(s.trace, s.cursor, 1, (row) =>
    kind[row] === EventKind.entry
      ? ((s.trace.outcome(row + 1)?.flags ?? 0) & Flag.error) !== 0
      : kind[row] === EventKind.call && ((flags[row] as number) & Flag.error) !== 0)
}

/** Every command, in the order of the help page. Keys, palette, tooltips and help all come from here. */
export const COMMANDS: readonly Command[] = [
  ...HAND_COMMANDS,
  ...NOTE_COMMANDS,
  { id: 'step', group: 'Move', title: 'Step to the next stop', keys: ['s'], when: hasTrace, run: (s) => go(s, seekStop(s.trace, s.cursor, 1)) },
  { id: 'back', group: 'Move', title: 'Step back to the stop before', keys: ['Shift+S'], when: hasTrace, run: (s) => go(s, seekStop(s.trace, s.cursor, -1)) },
  { id: 'next', group: 'Move', title: 'Next event', keys: ['n'], when: hasTrace, run: (s) => s.moveTo(s.cursor + 1) },
  { id: 'previous', group: 'Move', title: 'Previous event', keys: ['p'], when: hasTrace, run: (s) => s.moveTo(s.cursor - 1) },
  { id: 'next-same', group: 'Move', title: 'Next event of the same task', keys: ['Shift+N'], when: hasTrace, run: (s) => go(s, seekOnTrack(s.trace, s.cursor, 1)) },
  { id: 'previous-same', group: 'Move', title: 'Previous event of the same task', keys: ['Shift+P'], when: hasTrace, run: (s) => go(s, seekOnTrack(s.trace, s.cursor, -1)) },
  { id: 'entry', group: 'Move', title: 'Entry of this call', keys: ['['], when: hasTrace, run: (s) => go(s, callEntry(s.trace, s.cursor)) },
  { id: 'exit', group: 'Move', title: 'Exit of this call', keys: [']'], when: hasTrace, run: (s) => go(s, callExit(s.trace, s.cursor)) },
  { id: 'next-track', group: 'Move', title: 'Next track', keys: ['j'], when: hasTrace, run: (s) => toTrack(s, 1) },
  { id: 'previous-track', group: 'Move', title: 'Previous track', keys: ['k'], when: hasTrace, run: (s) => toTrack(s, -1) },
  { id: 'forward', group: 'Move', title: 'Continue to the next match, or the end', keys: ['c'], when: hasTrace, run: (s) => toMatch(s, 1) },
  { id: 'reverse', group: 'Move', title: 'Back to the match before, or the beginning', keys: ['Shift+C'], when: hasTrace, run: (s) => toMatch(s, -1) },
  { id: 'first', group: 'Move', title: 'First event', keys: ['Home'], when: hasTrace, run: (s) => s.moveTo(1) },
  { id: 'last', group: 'Move', title: 'Last event', keys: ['End'], when: hasTrace, run: (s) => s.moveTo(s.traceLength) },
  { id: 'next-error', group: 'Move', title: 'Next call that failed', keys: [], when: hasTrace, run: (s) => go(s, seekError(s)) },
  { id: 'goto', group: 'Move', title: 'Go to event', keys: ['g'], when: hasTrace, run: () => focusField('seq') },
  { id: 'filter', group: 'Look', title: 'Filter', keys: ['/'], run: () => focusField('filter') },
  { id: 'next-match', group: 'Look', title: 'Next match of the filter', keys: ['Enter'], when: (s) => hasTrace(s) && s.filter !== '', run: (s) => go(s, seekMatchAround(s, 1)) },
  { id: 'unmatched', group: 'Look', title: 'Dim or hide what does not match', keys: [], run: (s) => s.show({ unmatched: s.unmatched === 'dim' ? 'hide' : 'dim' }) },
  { id: 'zoom-in', group: 'Look', title: 'Zoom in', keys: ['+', '='], when: hasTrace, run: (s) => zoom(s, 0.5) },
  { id: 'zoom-out', group: 'Look', title: 'Zoom out', keys: ['-'], when: hasTrace, run: (s) => zoom(s, 2) },
  { id: 'pan-left', group: 'Look', title: 'Pan left', keys: ['ArrowLeft'], when: hasTrace, run: (s) => pan(s, -0.25) },
  { id: 'pan-right', group: 'Look', title: 'Pan right', keys: ['ArrowRight'], when: hasTrace, run: (s) => pan(s, 0.25) },
  { id: 'centre', group: 'Look', title: 'Centre the cursor; twice: fit the selection', keys: ['f'], when: hasTrace, run: centreOrFit },
  { id: 'fit', group: 'Look', title: 'Fit all', keys: ['0'], when: hasTrace, run: (s) => s.show({ window: undefined }) },
  { id: 'axis', group: 'Look', title: 'Axis by event or by virtual time', keys: ['t'], run: () => toggleAxis(app) },
  { id: 'memory', group: 'Look', title: 'Memory or call in the inspector', keys: ['v'], run: (s) => s.show({ inspectorTab: s.inspectorTab === 'memory' ? 'call' : 'memory' }) },
  { id: 'tasks', group: 'Look', title: 'Tasks or call in the inspector', keys: ['w'], run: (s) => s.show({ inspectorTab: s.inspectorTab === 'task' ? 'call' : 'task' }) },
  { id: 'maximise', group: 'Look', title: 'Maximise this pane, or all panes again', keys: ['z'], run: toggleMaximised },
  { id: 'collapse', group: 'Look', title: 'Collapse this pane, or open it', keys: ['Shift+Z'], run: toggleCollapsed },
  { id: 'run', group: 'Run', title: 'Run the script', keys: ['Mod+Enter'], run: () => runChecked() },
  { id: 'run-anyway', group: 'Run', title: 'Run in spite of type errors', keys: [], when: (s) => s.problems.length > 0, run: () => runChecked({ anyway: true }) },
  { id: 'stop', group: 'Run', title: 'Stop the run', keys: ['Mod+.'], when: isLive, run: () => stopRun() },
  { id: 'guest', group: 'Run', title: 'Arguments, input and seed', keys: [], run: (s) => s.show({ dialog: 'guest' }) },
  ...FILE_COMMANDS,
  ...BRANCH_COMMANDS,
  { id: 'cost', group: 'Run', title: 'What it costs', keys: [], when: hasTrace, run: (s) => s.show({ dialog: 'cost' }) },
  { id: 'exercises', group: 'Page', title: 'Exercises: the course', keys: [], run: (s) => s.show({ dialog: 'course' }) },
  { id: 'share', group: 'Page', title: 'Share this run', keys: [], run: (s) => s.show({ dialog: 'share' }) },
  ...EXPORT_COMMANDS,
  ...YOURS_COMMANDS,
  { id: 'palette', group: 'Page', title: 'All commands', keys: ['Mod+Shift+P'], run: (s) => s.show({ dialog: 'palette' }) },
  { id: 'help', group: 'Page', title: 'Help and keys', keys: ['?'], run: (s) => s.show({ dialog: 'help' }) },
  { id: 'light', group: 'Page', title: 'Light theme', keys: [], run: (s) => s.show({ theme: 'light' }) },
  { id: 'dark', group: 'Page', title: 'Dark theme', keys: [], run: (s) => s.show({ theme: 'dark' }) },
  { id: 'system', group: 'Page', title: 'Theme of the system', keys: [], run: (s) => s.show({ theme: 'system' }) },
  { id: 'single-keys', group: 'Page', title: 'Single keys on or off', keys: [], run: (s) => s.arrange({ singleKeys: !s.singleKeys }) },
  { id: 'next-pane', group: 'Page', title: 'Next pane', keys: ['F6'], run: () => nextPane(1) },
  { id: 'previous-pane', group: 'Page', title: 'Previous pane', keys: ['Shift+F6'], run: () => nextPane(-1) },
  { id: 'escape', group: 'Page', title: 'Leave the field; all panes again; clear the range', keys: ['Escape'], run: escape },
]

const byId = new Map(COMMANDS.map((command) => [command.id, command]))

/** The command of that name. Throws if there is none: a button without a command is our own mistake. */
export const command = (id: string): Command => {
  const found = byId.get(id)
  if (found === undefined) throw new Error(`no command ${id}`)
  return found
}

/** Does what a command does, if it would do anything now. */
export const runCommand = (id: string): void => {
  const { when, run } = command(id)
  const state = app.getState()
  if (when === undefined || when(state)) run(state)
}
