import { PLACES, ROWS, TABLE } from '../../engine/decision/cell.ts'
import { effectOf } from '../../engine/decision/effect.ts'
import { Button } from '../widgets/button.tsx'
import { app, useApp } from '../state/store.ts'
import { Kbd } from '../widgets/kbd.tsx'
import styles from './cell-strip.module.css'
import { useStanding } from './use-standing.ts'
import { VmTable } from './vm-table.tsx'

/** Which cell of the table the decision at the cursor, or the last one before it, has used. */
export function CellStrip() {
  const decision = useApp((state) => state.recipe?.hand?.findLast(({ at }) => at <= state.cursor))
  const open = useApp((state) => state.tableOpen)
  const stop = useStanding(decision?.at ?? 0)
  const effect = decision === undefined || stop === undefined ? undefined : effectOf(stop, decision)
  const row = ROWS.find(({ id }) => id === effect?.row)
  const place = PLACES.find(({ id }) => id === effect?.place)
  return (
    <section className={styles.strip} aria-label="Cell of the table">
      <header className={styles.head}>
        <h2 className={styles.title}>PTRACE_VM</h2>
        <Button
          label={open ? 'Hide the table' : 'Whole table'} small look="edge" aria-expanded={open} aria-keyshortcuts="h"
          onClick={() => app.getState().prepare({ tableOpen: !open })}
        />
        <Kbd keys="h" />
      </header>
      {effect === undefined || place === undefined ? <p className={styles.text}>The cell that a decision uses is shown here.</p>
        : row === undefined ? <p className={styles.text}>PTRACE_{decision?.request.toUpperCase()} is not in the table. <b>{effect.rule.name}</b>: {effect.rule.sentence}</p>
          : (
            <>
              <p className={styles.cell}>
                <code>{row.title}</code> <span className={styles.place}>at {stop?.kind === 'entry' ? 'an entry stop' : stop?.kind === 'event' ? 'an event stop' : `${stop?.kind === 'exit' ? 'an' : 'a'} ${stop?.kind} stop`}</span>
                {' '}<span className={styles.arrow} aria-hidden="true">→</span>{' '}
                <b>{TABLE[row.id][place.id].text}</b>
              </p>
              <p className={styles.text}><b>{effect.rule.name}</b>: {effect.rule.sentence}</p>
            </>
          )}
      {open && <VmTable row={effect?.row} place={effect?.place} />}
    </section>
  )
}
