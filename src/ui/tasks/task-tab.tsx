import { EventKind } from '../../engine/trace/format.ts'
import type { Trace, TraceEvent } from '../../engine/trace/trace.ts'
import { TaskDetails } from './task-details.tsx'
import { TaskTree } from './task-tree.tsx'
import styles from './tasks.module.css'

interface TaskTabProps {
  readonly trace: Trace
  readonly event: TraceEvent
  /** The tree of a run that goes on is read again with each chunk. */
  readonly length: number
}

/** The tasks at the cursor, and all about the one whose event it is; of a failure of the whole run, the tracer. */
export function TaskTab({ trace, event }: TaskTabProps) {
  const { seq, kind } = event
  const pid = kind === EventKind.failure && event.pid === 0 ? (trace.births[0]?.pid ?? 0) : event.pid
  return (
    <div className={styles.tasks}>
      <TaskTree trace={trace} seq={seq} current={pid} />
      <TaskDetails trace={trace} pid={pid} seq={seq} />
    </div>
  )
}
