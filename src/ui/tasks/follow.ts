import { answersOf } from '../../engine/decode/answers.ts'
import { openFileOf, provenanceOf } from '../../engine/decode/provenance.ts'
import { callAt, fdsAt } from '../../engine/filter/subject.ts'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'

/** From one call to another, a descriptor of a task is the open file. */
interface Stretch {
  readonly pid: number
  readonly fd: number
  readonly from: Seq
  to: Seq
}

/**
 * The filter that finds the calls on an open file, by whatever numbers and in whatever tasks: where it was opened, and a
 * stretch of events for each descriptor that is it. `pid:2 fd:4 seq:16..34 | pid:3 fd:0 seq:31..97`
 *
 * @param file as `openFileOf` names it
 */
export const followFilter = (trace: Trace, file: string): string => {
  const c = trace.events.columns
  const provenance = provenanceOf(trace)
  const subject = { trace, answers: answersOf(trace) }
  const stretches: Stretch[] = []
  const open = new Map<string, Stretch>()
  let opened = 0
  for (let call = 1; call <= trace.length; call++) {
    if (callAt(c, call) !== call) continue
    const pid = c.pid[call - 1] as number
    for (const fd of new Set(fdsAt(subject, call))) {
      const key = `${pid} ${fd}`
      const origin = provenance.at(pid, fd, call)
      if (origin === undefined || openFileOf(origin) !== file) {
        open.delete(key)
        continue
      }
      if ('opened' in origin) opened = origin.opened
      const to = trace.outcome(call)?.exit || call
      const stretch = open.get(key)
      if (stretch === undefined) {
        const begun = { pid, fd, from: call, to }
        open.set(key, begun)
        stretches.push(begun)
      } else stretch.to = Math.max(stretch.to, to)
    }
  }
  const range = (from: Seq, to: Seq): string => (from === to ? `seq:${from}` : `seq:${from}..${to}`)
  return [
    ...(opened === 0 ? [] : [`pid:${c.pid[opened - 1]} ${range(opened, trace.outcome(opened)?.exit || opened)}`]),
    ...stretches.map(({ pid, fd, from, to }) => `pid:${pid} fd:${fd} ${range(from, to)}`),
  ].join(' | ')
}
