import { PLACES, ROWS, TABLE, type Place, type RowId } from '../../engine/decision/cell.ts'
import { classNames } from '../widgets/class-names.ts'
import styles from './vm-table.module.css'

interface VmTableProps {
  /** The cell that was used, if one was. */
  readonly row: RowId | undefined
  readonly place: Place | undefined
}

/** The whole table of PTRACE_VM: request and tag, by where the tracee was stopped. */
export function VmTable({ row, place }: VmTableProps) {
  return (
    <div className={styles.scroller} role="region" aria-label="Table of PTRACE_VM" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr><th scope="col">request, tag</th>{PLACES.map(({ id, title }) => <th key={id} scope="col">{title}</th>)}</tr>
        </thead>
        <tbody>
          {ROWS.map(({ id, title }) => (
            <tr key={id}>
              <th scope="row">{title}</th>
              {PLACES.map((column) => {
                const used = id === row && column.id === place
                return (
                  <td key={column.id} className={classNames(used && styles.used)} aria-current={used ? 'true' : undefined}>
                    {TABLE[id][column.id].text}{used && <span className={styles.said}> (used)</span>}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
