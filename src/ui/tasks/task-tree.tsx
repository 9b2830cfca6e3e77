import { useLayoutEffect, useRef, type CSSProperties } from 'react'
import { stateText, taskTree, type TaskNode } from '../../engine/decode/task.ts'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { app } from '../state/store.ts'
import { lowerBound } from '../timeline/growing.ts'
import { modelOf } from '../timeline/models.ts'
import { taskRows } from './task-rows.ts'
import styles from './tasks.module.css'

/** Deeper families are not indented further. */
const DEEPEST = 6

/** The latest event of a task up to `seq`, or its birth. */
const latestOf = (trace: Trace, { pid, born }: TaskNode, seq: Seq): Seq => {
  const seqs = modelOf(trace).trackOfPid(pid)?.seqs
  if (seqs === undefined) return born
  return seqs.values[lowerBound(seqs.values, seqs.length, seq + 1) - 1] ?? born
}

interface TaskTreeProps {
  readonly trace: Trace
  readonly seq: Seq
  /** The task whose details stand below. */
  readonly current: number
}

/** Who there is at the cursor, children below their parents, and what each one does. */
export function TaskTree({ trace, seq, current }: TaskTreeProps) {
  const { rows, more } = taskRows(taskTree(trace, seq), current)
  const { moveTo, setHover } = app.getState()
  const list = useRef<HTMLUListElement>(null)
  useLayoutEffect(() => {
    const line = list.current?.querySelector<HTMLElement>('[aria-current]')?.parentElement
    if (list.current === null || line === null || line === undefined) return
    // The list alone scrolls: the pane around it stays where a person has put it.
    const { scrollTop, clientHeight } = list.current
    const top = line.offsetTop - list.current.offsetTop
    if (top < scrollTop) list.current.scrollTop = top
    else if (top + line.offsetHeight > scrollTop + clientHeight) list.current.scrollTop = top + line.offsetHeight - clientHeight
  }, [current, rows.length])
  return (
    <>
      <ul ref={list} className={styles.tree} aria-label={`Tasks at event ${seq}`}>
        {rows.map(({ node, depth }) => {
          const { pid, process, name, state, isOrphan, parent } = node
          const style: CSSProperties & Record<'--depth', number> = { '--depth': Math.min(depth, DEEPEST) }
          const latest = latestOf(trace, node, seq)
          const kin = process !== pid ? `thread of ${process}` : isOrphan ? 'orphan' : ''
          return (
            <li key={pid} style={style} data-child={depth > 0} data-thread={process !== pid} data-state={state.kind}>
              <button
                type="button"
                className={styles.node}
                aria-current={pid === current ? 'true' : undefined}
                onClick={() => moveTo(latest)}
                onPointerEnter={() => setHover(latest)}
                onPointerLeave={() => setHover(0)}
              >
                <StateGlyph kind={state.kind} />
                <b className={styles.pid}>{pid}</b>
                <span className={styles.name}>{name}</span>
                <span className={styles.hidden}>{depth > 0 && kin === '' ? `, child of ${parent}` : ''}</span>
                <span className={styles.state} title={stateText(trace, state)}>
                  {kin === '' ? '' : `${kin}, `}{stateText(trace, state)}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      {more > 0 && <p className={styles.more}>{more.toLocaleString('en')} that have ended before are not listed.</p>}
    </>
  )
}

/** A shape for each state: the words beside it say the same. */
function StateGlyph({ kind }: { readonly kind: TaskNode['state']['kind'] }) {
  return (
    <svg className={styles.glyph} data-state={kind} viewBox="0 0 12 12" width={12} height={12} aria-hidden="true">
      {kind === 'running' && <path d="M3.5 2v8L10 6z" />}
      {kind === 'stopped' && <path d="M2.5 2h2.5v8H2.5zM7 2h2.5v8H7z" />}
      {kind === 'zombie' && <circle cx="6" cy="6" r="3.75" />}
      {kind === 'dead' && <path d="m2.5 2.5 7 7M9.5 2.5l-7 7" />}
    </svg>
  )
}
