import type { Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { classNames } from '../widgets/class-names.ts'
import styles from './inspector.module.css'
import { registerView } from './registers.ts'
import { SeqLink } from './seq-link.tsx'

interface RegisterTableProps {
  readonly trace: Trace
  readonly seq: Seq
  /** With the arguments' names, for a pane of its own. */
  readonly wide?: boolean
}

/** The virtual register file at the stop and at the resume; what the tracer changed is bold and says what it was. */
export function RegisterTable({ trace, seq, wide = false }: RegisterTableProps) {
  const view = registerView(trace, seq)
  if (view === undefined) return <p className={styles.quiet}>No registers of this task were recorded up to here.</p>
  const changed = view.rows.some((row) => row.resume !== undefined)
  return (
    <table className={classNames(styles.registers, wide && styles.wide)}>
      <caption className={styles.hidden}>Registers at {view.stop}{view.resume > 0 ? ` and at ${view.resume}` : ''}</caption>
      <thead>
        <tr>
          <th scope="col"><span className={styles.heading}>Registers</span></th>
          <th scope="col">at <SeqLink seq={view.stop} /></th>
          {view.resume > 0 ? <th scope="col">at <SeqLink seq={view.resume} /></th> : <td />}
        </tr>
      </thead>
      <tbody>
        {view.rows.map((row) => (
          <tr key={row.name} className={row.resume === undefined ? undefined : styles.changed}>
            <th scope="row">{row.name}{wide && row.argument !== undefined && <span className={styles.argument}>{row.argument}</span>}</th>
            {row.resume === undefined
              ? <td colSpan={2} title={row.stop}>{row.stop}</td>
              : (
                <>
                  <td title={row.stop}><span className={styles.was}>was </span>{row.stop}</td>
                  <td title={row.resume}><span className={styles.is}>{row.resume}</span></td>
                </>
              )}
          </tr>
        ))}
      </tbody>
      {wide && (
        <tfoot>
          <tr>
            <td colSpan={3} className={styles.quiet}>
              {view.stop !== seq && 'This event has no registers of its own: these are of the call around or before it. '}
              {view.resume === 0 ? 'The task has not been resumed yet.' : changed ? 'Bold: what the tracer changed before it resumed the task.' : 'The tracer changed nothing before it resumed the task.'}
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  )
}
