import { tracedCall, type TracedCall } from '../../engine/decode/call.ts'
import { pathOfCall } from '../../engine/decode/path-of-call.ts'
import type { Step } from '../../engine/kernel/path-walk.ts'
import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { walkPath } from '../session/past.ts'
import { Button } from '../widgets/button.tsx'
import { useAsked } from './asked.ts'
import styles from './inspector.module.css'

/** What a path can be at fault for. */
const OF_PATHS: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'ENOTCAPABLE', 'EISDIR', 'EEXIST'])

const errnoOf = (call: TracedCall | undefined): string => (call?.result.kind === 'failure' ? call.result.errno ?? '' : '')

/** “Why ENOENT?”: the way that the path of a failed call took, name by name, as the files were then. */
export function WhyPath({ trace, seq }: { readonly trace: Trace; readonly seq: Seq }) {
  const call = tracedCall(trace, seq, 'after')
  const errno = errnoOf(call)
  const path = OF_PATHS.has(errno) ? pathOfCall(trace, seq) : undefined
  const entry = call === undefined || call.entry === 0 ? seq : call.entry
  const { answer, asking, absent, ask } = useAsked<Awaited<ReturnType<typeof walkPath>>>(entry, path ?? '')
  if (path === undefined) return null
  if (answer === undefined) {
    return (
      <p className={styles.foot}>
        <Button label={`Why ${errno}?`} look="edge" small disabled={asking} onClick={() => ask(() => walkPath(entry, path))} />
        {asking && <span className={styles.quiet}> Looking at the files as they were…</span>}
        {absent && <span className={styles.quiet}> The files of that moment can be seen when the run waits or has ended.</span>}
      </p>
    )
  }
  const { steps, near } = answer
  return (
    <section className={styles.way} aria-label={`Why ${errno}`}>
      <h4 className={styles.heading}>The way of <code dir="ltr">{path}</code></h4>
      <ol className={styles.steps}>
        <li><code>/</code> is the root directory</li>
        {steps.map((step, i) => <li key={i} className={isEnd(step) ? styles.error : undefined}><code dir="auto">{step.name}</code> {saidOf(step)}</li>)}
        {!steps.some(isEnd) && <li>so the path leads somewhere: {errno} has another reason</li>}
      </ol>
      {near.length > 0 && <p className={styles.quiet}>In that directory there is {near.map((name, i) => <span key={name}>{i > 0 && ', '}<code dir="auto">{name}</code></span>)}.</p>}
    </section>
  )
}

const isEnd = ({ found }: Step): boolean => found !== 'directory' && found !== 'file' && found !== 'link'

const saidOf = (step: Step): string => {
  switch (step.found) {
    case 'directory':
      return 'is a directory'
    case 'file':
      return 'is a file'
    case 'link':
      return `is a link to ${step.target}`
    case 'nothing':
      return 'is not there'
    case 'no-directory':
      return 'is no directory, and more of the path follows'
    case 'too-long':
      return 'is longer than a name may be (255 bytes)'
    case 'too-many-links':
      return 'is one link too many: 40 are followed'
    case 'outside':
      return 'leads out of the directory that the program was given'
  }
}
