import { answersOf } from '../../engine/decode/answers.ts'
import { eventLine } from '../../engine/decode/line.ts'
import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { app } from '../state/store.ts'
import { CallGlyph } from '../widgets/call-glyph.tsx'
import { glyphShape } from '../widgets/glyph-shape.ts'
import { Spans } from '../widgets/spans.tsx'
import styles from './inspector.module.css'

/** More requests than this at one stop are counted instead. */
const SHOWN = 50

/** The requests that answer a stop, in order: `seqs` at most SHOWN of them; `moved`: the task has gone on since. */
export const requestsAt = (trace: Trace, stop: Seq): { readonly seqs: readonly Seq[]; readonly more: number; readonly moved: boolean } => {
  const c = trace.events.columns
  const resume = answersOf(trace).resumeOf(stop)
  const seqs: Seq[] = []
  let more = 0
  let moved = resume > 0
  const pid = c.pid[stop - 1]
  for (let i = stop; i < trace.length; i++) {
    if (c.kind[i] === EventKind.request) {
      if (c.link[i] === stop) {
        if (seqs.length < SHOWN) seqs.push(i + 1)
        else more++
      }
    } else if (c.pid[i] === pid) {
      moved = true
      break
    }
    if (i + 1 === resume) break
  }
  return { seqs, more, moved }
}

/** What the tracer did while the task stood at this stop. */
export function RequestsMade({ trace, seq }: { readonly trace: Trace; readonly seq: Seq }) {
  const { seqs, more, moved } = requestsAt(trace, seq)
  return (
    <section className={styles.section} aria-label="What the tracer did then">
      <h3 className={styles.heading}>What the tracer did then</h3>
      {seqs.length === 0 && <p className={styles.quiet}>{moved ? 'Nothing that is in the trace.' : 'Nothing yet: the task still stands at this stop.'}</p>}
      <ol className={styles.requests}>
        {seqs.map((request) => {
          const shape = glyphShape(trace, request)
          const line = trace.event(request)?.line ?? 0
          return (
            <li key={request}>
              <button
                type="button"
                className={styles.request}
                onClick={() => app.getState().moveTo(request)}
                onPointerEnter={() => app.getState().setHover(request)}
                onPointerLeave={() => app.getState().setHover(0)}
              >
                <span className={styles.requestSeq}>{request}</span>
                {shape !== undefined && <CallGlyph shape={shape} />}
                <span className={styles.requestText}><Spans spans={eventLine(trace, request, 'brief')} /></span>
                {line > 0 && <span className={styles.requestLine}>line {line}</span>}
              </button>
            </li>
          )
        })}
      </ol>
      {more > 0 && <p className={styles.quiet}>and {more.toLocaleString('en')} more requests</p>}
    </section>
  )
}
