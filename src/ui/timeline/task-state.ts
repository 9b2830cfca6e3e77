import { signalName } from '../../engine/abi/signal.ts'
import { WEXITSTATUS, WIFEXITED, WTERMSIG } from '../../engine/abi/wait.ts'
import { eventName } from '../../engine/abi/ptrace.ts'
import { Mark } from './mark.ts'
import type { Model } from './model.ts'
import { Known } from './spans.ts'
import type { Track } from './track.ts'

export interface TaskState {
  readonly words: string
  /** It ended badly, or is stuck. */
  readonly isBad: boolean
}

const state = (words: string, isBad = false): TaskState => ({ words, isBad })

/** What a task is doing at the end of what is known: running, in a call, at which stop, or how it ended. */
export const taskState = (model: Model, track: Track, isGrowing: boolean): TaskState => {
  if (track.became !== 0) return state(`became ${track.became}`)
  if (track.death !== 0) {
    return WIFEXITED(track.status)
      ? state(`exited ${WEXITSTATUS(track.status)}`, WEXITSTATUS(track.status) !== 0)
      : state(`killed ${signalName(WTERMSIG(track.status))}`, true)
  }
  if (track.isTracer) return state('')
  if (track.stop !== 0) return state(stopWords(model, track.stop))
  const span = track.open
  if (span >= 0 && !model.spans.is(span, Known.outcome))
    return state(`${isGrowing ? 'in' : 'blocked in'} ${model.spanName(span)}`)
  return state('running')
}

/** Stops as ptrace(2) spells them, without the word `syscall-` that a head has no room for. */
const stopWords = (model: Model, stop: number): string => {
  const nr = model.trace.events.columns.nr[stop - 1] as number
  switch (model.mark(stop)) {
    case Mark.entry:
      return 'entry stop'
    case Mark.exit:
      return 'exit stop'
    case Mark.signal:
      return `${signalName(nr)} stop`
    default:
      return model.trace.events.columns.status[stop - 1] === 0 || eventName.get(nr) === undefined
        ? 'group stop'
        : `${(eventName.get(nr) ?? '').replace('PTRACE_EVENT_', '')} event stop`
  }
}
