import type { CSSProperties, Ref } from 'react'
import { useApp } from '../state/store.ts'
import { AXIS_HEIGHT, TRACER_HEIGHT, TRACK_HEIGHT } from './layout.ts'
import { modelOf } from './models.ts'
import { taskState } from './task-state.ts'
import styles from './timeline.module.css'
import { nameAt, type Track } from './track.ts'

/** Deeper families are not indented further: the head is 120 px wide. */
const DEEPEST = 3
/** Heads drawn above and below those in view. */
const SPARE = 8

interface TrackHeadsProps {
  /** The moving part: shifted by the picture in the frame in which it paints. */
  readonly ref: Ref<HTMLDivElement>
  /** The first task track in view, and how many there are room for. */
  readonly first: number
  readonly room: number
}

/** Names and states of the tasks, left of their tracks. */
export function TrackHeads({ ref, first, room }: TrackHeadsProps) {
  const trace = useApp((state) => state.trace)
  const axis = useApp((state) => state.axis)
  useApp((state) => state.traceLength)
  const isGrowing = useApp((state) => state.phase === 'running')
  const model = modelOf(trace)
  const tracers = model.tracks.filter((track) => track.isTracer)
  const tasks = model.tracks.slice(tracers.length)
  const from = Math.max(0, first - SPARE)
  const cursor = useApp((state) => state.cursor)
  const cursorTrack = model.track(cursor)
  return (
    <div className={styles.heads}>
      <div className={styles.axisName}>{axis === 'ordinal' ? 'event' : 'time'}</div>
      {tracers.map((track) => (
        <div
          key={track.index}
          className={styles.tracer}
          style={{ height: TRACER_HEIGHT }}
          data-current={track === cursorTrack}
        >
          <b>{track.pid}</b>
          <span title={track.name}>{track.name}</span>
        </div>
      ))}
      <div className={styles.window} style={{ top: AXIS_HEIGHT + tracers.length * TRACER_HEIGHT }}>
        <div ref={ref}>
          {tasks.slice(from, first + room + SPARE).map((track, i) => (
            <TaskHead
              key={track.index}
              track={track}
              name={nameAt(track, cursor)}
              top={(from + i) * TRACK_HEIGHT}
              state={taskState(model, track, isGrowing)}
              isCurrent={track === cursorTrack}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

interface TaskHeadProps {
  readonly track: Track
  /** What it is called at the cursor: an exec gives it another name. */
  readonly name: string
  readonly top: number
  readonly state: { readonly words: string; readonly isBad: boolean }
  readonly isCurrent: boolean
}

function TaskHead({ track, name, top, state, isCurrent }: TaskHeadProps) {
  const style: CSSProperties & Record<'--depth', number> = {
    top,
    height: TRACK_HEIGHT,
    '--depth': Math.min(track.depth, DEEPEST),
  }
  const names = track.names.map((each) => each.name).join(', then ')
  const kin = track.isThread && track.parent !== undefined ? `, a thread of ${track.parent.pid}` : ''
  return (
    <div
      className={styles.task}
      style={style}
      data-child={track.depth > 0}
      data-thread={track.isThread}
      data-current={isCurrent}
      title={`${track.pid} ${names}${kin}: ${state.words}`}
    >
      <b>{track.pid}</b>
      <span>{name}</span>
      <small data-bad={state.isBad}>{track.isThread ? `thread, ${state.words}` : state.words}</small>
    </div>
  )
}
