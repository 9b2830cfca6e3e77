import { useCallback } from 'react'
import type { Spin } from '../../engine/protocol.ts'
import { useLoaded } from '../shell/use-loaded.ts'
import { showSpin } from '../source/spot.ts'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import styles from './spin-note.module.css'
import { spunAt } from './spin-place.ts'

/** Guests that computed without end: in which function and at which line, and the way there. */
export function SpinNotes() {
  const spins = useApp((state) => state.spins)
  return <>{spins.map((spin) => <SpinNote key={spin.pid} spin={spin} />)}</>
}

function SpinNote({ spin }: { readonly spin: Spin }) {
  const recipe = useApp((state) => state.recipe)
  const load = useCallback(async () => spunAt(spin, recipe), [spin, recipe])
  const { value, problem } = useLoaded(load)
  const { func, name } = value ?? spin.frames[0] ?? { func: 0 }
  const where = name === undefined ? <>function number {func}</> : <>function <code>{name}</code></>
  return (
    <div className={styles.note} role="status">
      <p className={styles.text}>
        <b>{spin.name}</b> ({spin.pid}) computes without end, or for very long: it was in {where}
        {value?.place === undefined ? '' : `, at line ${value.place.line.toLocaleString('en')} of ${value.place.file}`}.
      </p>
      {problem === undefined && <Button label="Show it in the source" look="edge" small onClick={() => showSpin(app.getState().trace, spin)} />}
    </div>
  )
}
