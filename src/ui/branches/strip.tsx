import { useRef, useState, type KeyboardEvent } from 'react'
import { TRUNK } from '../../engine/branch.ts'
import { deathText } from '../../engine/decode/stop.ts'
import { laneKey, laneName, type LaneRun } from '../state/branches.ts'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Menu, MenuItem } from '../widgets/menu.tsx'
import styles from './branches.module.css'
import { isWaiting, openLane, removeBranch, renameBranch } from './lanes.ts'

/** How a lane ended, beside its trunk. */
const fateOf = (run: LaneRun | undefined, trunk: LaneRun | undefined, grows: boolean): string => {
  if (grows) return 'running …'
  if (run === undefined) return 'not run yet'
  const { end, status, stdout, stderr, files } = run.ending
  const ended = end.kind === 'failed' ? end.failure.title : end.kind === 'stopped' ? 'stopped' : status === undefined ? 'over' : deathText(status)
  if (trunk === undefined || run === trunk) return ended
  const usual = trunk.ending
  const same = stdout === usual.stdout && stderr === usual.stderr
  const otherFiles = files !== undefined && usual.files !== undefined && files !== usual.files
  return `${same ? 'same output' : 'other output'}${otherFiles ? ', other files' : ''}, ${ended}`
}

/** A menu that closes gives the focus back to its button, a moment later: a field that came before would lose it. In milliseconds. */
const MENU_CLOSES = 50

interface NameFieldProps {
  readonly lane: number
  readonly name: string
  readonly onDone: () => void
}

/** The name of a branch while it is written: Enter and leaving it keep what is there, Escape does not. */
function NameField({ lane, name, onDone }: NameFieldProps) {
  const over = useRef(false)
  const leave = (field: HTMLInputElement, keeps: boolean): void => {
    if (over.current) return
    over.current = true
    const back = field.closest('li')?.querySelector('button')
    onDone()
    if (keeps) renameBranch(lane, field.value)
    if (document.activeElement === field) back?.focus()
  }
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    leave(event.currentTarget, event.key === 'Enter')
  }
  return (
    <input
      className={styles.rename} aria-label={`Name of ${name}`} defaultValue={name} maxLength={60} autoFocus spellCheck={false}
      onFocus={(event) => event.target.select()} onKeyDown={press} onBlur={(event) => leave(event.target, true)}
    />
  )
}

/** A lane for the run and for each branch of it. */
export function BranchStrip() {
  const trunk = useApp((state) => state.trunk)
  const branches = useApp((state) => state.branches)
  if (trunk === undefined || branches.length === 0) return null
  return (
    <ul className={styles.strip} aria-label="Branches">
      {[TRUNK, ...branches.keys()].map((lane) => <Lane key={lane} lane={lane} />)}
    </ul>
  )
}

function Lane({ lane }: { readonly lane: number }) {
  const branches = useApp((state) => state.branches)
  const runs = useApp((state) => state.laneRuns)
  const grows = useApp((state) => state.growing.has(laneKey(state.branches, lane)) || (state.lane === lane && state.phase !== 'ended'))
  const shown = useApp((state) => state.lane)
  const branch = branches[lane]
  const name = laneName(branches, lane)
  const run = runs.get(laneKey(branches, lane))
  const trunkRun = runs.get('trunk')
  const fate = !grows && isWaiting(branch, run) ? 'waits for you' : fateOf(run, trunkRun, grows)
  const [renaming, setRenaming] = useState(false)
  const whole = Math.max(1, ...[...runs.values()].map(({ trace }) => trace.length))
  const leaves = branch === undefined ? '' : `leaves ${laneName(branches, branch.parent)} at #${branch.at.toLocaleString('en')}`
  const compare = (other: number): void => {
    app.getState().branch({ compared: [other, lane] })
    app.getState().show({ dialog: 'diff' })
  }
  return (
    <li className={styles.lane} data-shown={lane === shown || undefined}>
      {renaming && <NameField lane={lane} name={name} onDone={() => setRenaming(false)} />}
      <button
        type="button" className={styles.open} aria-current={lane === shown ? 'true' : undefined}
        title={branch === undefined ? 'Show the run' : `Show ${name}: ${leaves}`} onClick={() => void openLane(lane)}
      >
        <span className={styles.name}>{renaming ? '' : name}</span>
        <span className={styles.fate}>
          <span className={styles.bar} aria-hidden="true">
            <i style={{ left: `${(100 * (branch?.at ?? 0)) / whole}%`, right: `${100 - (100 * Math.max(branch?.at ?? 0, run?.trace.length ?? whole)) / whole}%` }} />
            {branch !== undefined && <u style={{ left: `${(100 * branch.at) / whole}%` }} />}
          </span>
          <span>{leaves === '' ? fate : `${leaves}: ${fate}`}</span>
        </span>
      </button>
      <span className={styles.tools}>
        {branch !== undefined && <Button small label="Compare" aria-label={`Compare ${name} with ${laneName(branches, branch.parent)}`} onClick={() => compare(branch.parent)} />}
        {branch !== undefined && (
          <Menu align="end" trigger={<Button small bare icon="more" label={`More of ${name}`} />}>
            {shown !== lane && shown !== branch.parent && <MenuItem title={`Compare with ${laneName(branches, shown)}`} onSelect={() => compare(shown)} />}
            <MenuItem title="Rename …" onSelect={() => setTimeout(() => setRenaming(true), MENU_CLOSES)} />
            <MenuItem title="Take away" onSelect={() => void removeBranch(lane)} />
          </Menu>
        )}
      </span>
    </li>
  )
}
