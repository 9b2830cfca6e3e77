import { WEXITSTATUS, WIFEXITED } from '../../engine/abi/wait.ts'
import { deathText } from '../../engine/decode/stop.ts'
import type { Ending } from '../../engine/fault/outcome.ts'

/** The run under one schedule; under 0, everybody is served as they come. */
export interface Tried {
  readonly schedule: number
  /** Undefined where its machine fell silent. */
  readonly ending: Ending | undefined
}

/** Schedules under which the run comes to the same end, as far as somebody could tell who sees only its outside. */
export interface OutcomeGroup {
  /** In order; the first one stands for all. */
  readonly schedules: readonly number[]
  readonly ending: Ending | undefined
  /** It is as the run is that nobody schedules. */
  readonly usual: boolean
}

/** What of an end is compared: how it ended, what was written, what was left in files. */
const keyOf = (ending: Ending | undefined): string => {
  if (ending === undefined) return ''
  const { end, status, stdout, stderr, files } = ending
  return JSON.stringify([end.kind, end.kind === 'failed' ? end.failure.title : '', status, stdout, stderr, files])
}

/** Do two runs come to the same end? */
export const isSameEnding = (a: Ending | undefined, b: Ending | undefined): boolean => keyOf(a) === keyOf(b)

/** Runs by what came of them: the usual end first, then by the first schedule that came to it. */
export const groupOutcomes = (usual: Ending, tried: readonly Tried[]): readonly OutcomeGroup[] => {
  const groups = new Map<string, { readonly schedules: number[]; readonly ending: Ending | undefined }>([[keyOf(usual), { schedules: [], ending: usual }]])
  for (const { schedule, ending } of tried.toSorted((a, b) => a.schedule - b.schedule)) {
    const group = groups.get(keyOf(ending))
    if (group === undefined) groups.set(keyOf(ending), { schedules: [schedule], ending })
    else group.schedules.push(schedule)
  }
  return [...groups.values()].map((group) => ({ ...group, usual: group.ending === usual }))
}

/**
 * The first schedule whose run comes to another end, where all before it have been tried; undefined as long as that is
 * not known, and where there is none.
 */
export const firstOther = (usual: Ending, tried: readonly Tried[]): number | undefined => {
  const by = new Map(tried.map(({ schedule, ending }) => [schedule, ending]))
  for (let schedule = 1; by.has(schedule); schedule++) if (!isSameEnding(usual, by.get(schedule))) return schedule
  return undefined
}

/** "exited with 3", in words. */
export const endText = (ending: Ending | undefined): string => {
  if (ending === undefined) return 'fell silent'
  const { end, status } = ending
  if (end.kind === 'failed') return end.failure.title
  return status === undefined ? 'did not end' : deathText(status)
}

/** Is it an end that somebody would look at twice? */
export const isBad = (ending: Ending | undefined): boolean =>
  ending === undefined || ending.end.kind === 'failed' || ending.status === undefined || !WIFEXITED(ending.status) || WEXITSTATUS(ending.status) !== 0

const LONGEST = 160

/** The beginning of what it wrote. */
export const writtenText = (ending: Ending | undefined): string => {
  const text = ending === undefined ? '' : [ending.stdout, ending.stderr].map((one) => one.trim()).filter((one) => one !== '').join('\n')
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

/** "3, 7, 20–23 and 4 more". */
export const schedulesText = (schedules: readonly number[], most = 6): string => {
  const runs: (readonly [from: number, to: number])[] = []
  for (const one of schedules) {
    const last = runs.at(-1)
    if (last !== undefined && last[1] === one - 1) runs[runs.length - 1] = [last[0], one]
    else runs.push([one, one])
  }
  const shown = runs.slice(0, most)
  const left = runs.slice(most).reduce((sum, [from, to]) => sum + to - from + 1, 0)
  const text = shown.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ')
  return left === 0 ? text : `${text} and ${left} more`
}
