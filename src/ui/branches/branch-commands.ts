import { TRUNK } from '../../engine/branch.ts'
import type { Command } from '../commands/command.ts'
import type { AppState } from '../state/store.ts'

const hasTrace = ({ traceLength, recipe }: AppState): boolean => traceLength > 0 && recipe !== undefined

/** Compares the lane that is shown with the one that it leaves; in the trunk, with the newest branch. */
const compare = ({ branches, lane, branch, show }: AppState): void => {
  const shown = branches[lane]
  branch({ compared: shown === undefined ? [TRUNK, branches.length - 1] : [shown.parent, lane] })
  show({ dialog: 'diff' })
}

/** Opens a lane once what does it is here. */
const toLane = (by: 1 | -1) => ({ branches, lane }: AppState): void => {
  const next = ((lane + 1 + by + branches.length + 1) % (branches.length + 1)) - 1
  void import('./lanes.ts').then(({ openLane }) => openLane(next))
}

/** What concerns other futures of a run. */
export const BRANCH_COMMANDS: readonly Command[] = [
  { id: 'what-if', group: 'Run', title: 'What if … (branch here)', keys: ['b'], when: hasTrace, run: (s) => s.show({ dialog: 'what-if' }) },
  { id: 'next-branch', group: 'Run', title: 'Next branch', keys: [], when: (s) => s.branches.length > 0, run: toLane(1) },
  { id: 'previous-branch', group: 'Run', title: 'Previous branch', keys: [], when: (s) => s.branches.length > 0, run: toLane(-1) },
  { id: 'diff', group: 'Run', title: 'Compare two runs', keys: [], when: hasTrace, run: compare },
  { id: 'faults', group: 'Run', title: 'Fault explorer', keys: [], when: hasTrace, run: (s) => s.show({ dialog: 'faults' }) },
  { id: 'schedules', group: 'Run', title: 'Try 100 schedules', keys: [], when: hasTrace, run: (s) => s.show({ dialog: 'schedules' }) },
]
