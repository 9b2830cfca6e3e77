import type { TaskDescriptor, TaskView } from '../../engine/decode/task.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { SeqLink } from '../inspector/seq-link.tsx'
import { app, useApp } from '../state/store.ts'
import { Chip } from '../widgets/chip.tsx'
import { followFilter } from './follow.ts'
import styles from './tasks.module.css'

/** What a process's descriptors are, and where they come from. */
export function Descriptors({ trace, task }: { readonly trace: Trace; readonly task: TaskView }) {
  const { descriptors, pid, process } = task
  return (
    <section className={styles.section} aria-label="Descriptors">
      <h3 className={styles.heading}>Descriptors{process === pid ? '' : ` of process ${process}`}</h3>
      {descriptors.length === 0 ? <p className={styles.quiet}>None that the trace tells of.</p> : (
        <table className={styles.table}>
          <thead><tr><th scope="col">fd</th><th scope="col">what it is</th><th scope="col"><span className={styles.hidden}>Follow</span></th></tr></thead>
          <tbody>
            {descriptors.map((descriptor) => <Line key={descriptor.fd} trace={trace} descriptor={descriptor} />)}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Line({ trace, descriptor }: { readonly trace: Trace; readonly descriptor: TaskDescriptor }) {
  const { fd, text, closeOnExec, file } = descriptor
  const filter = useApp((state) => state.filter)
  const followed = useApp((state) => state.followed)
  const isFollowed = followed?.file === file && followed.filter === filter
  const toggle = (): void => {
    const next = isFollowed ? '' : followFilter(trace, file)
    app.getState().show({ filter: next, followed: isFollowed ? undefined : { file, filter: next } })
  }
  return (
    <tr data-followed={isFollowed}>
      <th scope="row">{fd}</th>
      <td>
        <Linked text={text} />
        {closeOnExec && <span className={styles.flag}><Chip title="It is closed by exec">cloexec</Chip></span>}
      </td>
      <td>
        {file !== '' && (
          <button type="button" className={styles.follow} aria-pressed={isFollowed} aria-label={`Follow fd ${fd}`} onClick={toggle}>
            {isFollowed ? 'following' : 'follow'}
          </button>
        )}
      </td>
    </tr>
  )
}

/** `#120` in a text leads there. */
function Linked({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(/(#\d+)/).map((part, i) => (part.startsWith('#') ? <SeqLink key={i} seq={Number(part.slice(1))} /> : part))}
    </>
  )
}
