import type { CSSProperties, KeyboardEvent, Ref } from 'react'
import { app, useApp } from '../state/store.ts'
import { AXIS_HEIGHT, TRACER_HEIGHT, TRACK_HEIGHT } from './layout.ts'
import { modelOf } from './models.ts'
import { taskState } from './task-state.ts'
import styles from './timeline.module.css'
import { nameAt, type Track } from './track.ts'

/** Deeper families are not indented further: the head is 120 px wide. */
const DEEPEST = 3
/** Heads drawn above and below those in view. */
const SPARE = 8

/** Selects a task: the cursor goes to its birth, and the inspector shows who it is. */
const select = (track: Track): void => {
  app.getState().moveTo(track.birth)
  app.getState().show({ inspectorTab: 'task' })
}

/** The heads are one stop of the Tab key; arrows go from head to head. */
const walk = (event: KeyboardEvent<HTMLDivElement>): void => {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0 || event.altKey || event.ctrlKey || event.metaKey) return
  const heads = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button')]
  const next = heads[heads.findIndex((head) => head === document.activeElement) + step]
  if (next === undefined) return
  // To the timeline these keys mean other things.
  event.preventDefault()
  event.stopPropagation()
  next.focus()
}

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
  const shown = tasks.slice(from, first + room + SPARE)
  // The Tab key comes to the head of the task that the cursor is in, or to the first.
  const stop = cursorTrack !== undefined && (cursorTrack.isTracer || shown.includes(cursorTrack)) ? cursorTrack : (tracers[0] ?? shown[0])
  return (
    <div className={styles.heads} role="group" aria-label="Tasks" onKeyDown={walk}>
      <div className={styles.axisName}>{axis === 'ordinal' ? 'event' : 'time'}</div>
      {tracers.map((track) => (
        <button
          key={track.index}
          type="button"
          tabIndex={track === stop ? 0 : -1}
          className={styles.tracer}
          style={{ height: TRACER_HEIGHT }}
          data-current={track === cursorTrack}
          aria-current={track === cursorTrack}
          title={`${track.pid} ${track.name}: show where it begins`}
          onClick={() => select(track)}
        >
          <b>{track.pid}</b>
          <span>{track.name}</span>
        </button>
      ))}
      <div className={styles.window} style={{ top: AXIS_HEIGHT + tracers.length * TRACER_HEIGHT }}>
        <div ref={ref}>
          {shown.map((track, i) => (
            <TaskHead
              key={track.index}
              track={track}
              name={nameAt(track, cursor)}
              top={(from + i) * TRACK_HEIGHT}
              state={taskState(model, track, isGrowing)}
              isCurrent={track === cursorTrack}
              isStop={track === stop}
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
  /** The one head that the Tab key comes to. */
  readonly isStop: boolean
}

function TaskHead({ track, name, top, state, isCurrent, isStop }: TaskHeadProps) {
  const style: CSSProperties & Record<'--depth', number> = {
    top,
    height: TRACK_HEIGHT,
    '--depth': Math.min(track.depth, DEEPEST),
  }
  const names = track.names.map((each) => each.name).join(', then ')
  const kin = track.isThread && track.parent !== undefined ? `, a thread of ${track.parent.pid}` : ''
  return (
    <button
      type="button"
      tabIndex={isStop ? 0 : -1}
      className={styles.task}
      style={style}
      data-child={track.depth > 0}
      data-thread={track.isThread}
      data-current={isCurrent}
      aria-current={isCurrent}
      title={`${track.pid} ${names}${kin}: ${state.words}. Show where it begins`}
      onClick={() => select(track)}
    >
      <b>{track.pid}</b>
      <span>{name}</span>
      <small data-bad={state.isBad}>{track.isThread ? `thread, ${state.words}` : state.words}</small>
    </button>
  )
}
