import { useState, type FormEvent } from 'react'
import { runChecked } from '../editor/check.ts'
import { removeOwn, renameOwn } from '../session/own-guests.ts'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Dialog, DialogSection } from '../widgets/dialog.tsx'
import { joinArguments, splitArguments } from './arguments.ts'
import { sizeText } from './size-text.ts'
import { spawnChosen, spawnedInstead } from './spawned.ts'
import styles from './share.module.css'

/** What the guest is started with, and what else the run is a function of. */
export function GuestDialog({ onClose }: { readonly onClose: () => void }) {
  const { guest, module, argv, stdin, tty, env, seed, untraced, yours } = app.getState()
  const edit = useApp((state) => state.edit)
  const script = useApp((state) => state.script)
  const byHand = useApp((state) => state.tracer === 'hand')
  const instead = byHand ? [] : spawnedInstead(script, guest)
  const [words, setWords] = useState(() => joinArguments(argv))
  const [input, setInput] = useState(stdin)
  const [terminal, setTerminal] = useState(tty)
  const [variables, setVariables] = useState(() => env.join('\n'))
  const [called, setCalled] = useState(guest)
  const [number, setNumber] = useState(String(seed))
  const [all, setAll] = useState(untraced)
  // A link's guest of an older page is not among one's own.
  const own = yours.find(({ hash }) => hash === module)
  const environment = variables.split('\n').filter((line) => line.trim() !== '')
  const wrong = environment.find((line) => !/^[^=]+=/.test(line))
  const seedFits = /^-?\d{1,15}$/.test(number.trim())

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (!seedFits || wrong !== undefined) return
    onClose()
    if (own !== undefined && called !== guest) await renameOwn(own.hash, called)
    edit({ argv: splitArguments(words), stdin: input, tty: terminal, env: environment, seed: Number(number), untraced: all })
    await runChecked()
  }

  return (
    <Dialog title="Arguments, input and seed" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <DialogSection>
          {own !== undefined && (
            <div className={styles.row}>
              <label htmlFor="guest-name">Name</label>
              <span className={styles.prefixed}>
                <input
                  id="guest-name" className={styles.input} value={called} spellCheck={false} autoComplete="off" maxLength={60}
                  onChange={(event) => setCalled(event.target.value)}
                />
                <Button label="Remove this guest" look="edge" onClick={() => { void removeOwn(own.hash); onClose() }} />
              </span>
              <small className={styles.small}>{sizeText(own.size)}, kept in this browser only. Scripts spawn it by this name.</small>
            </div>
          )}
          {instead.length > 0 && (
            <div className={styles.hint}>
              <p>The script spawns {instead.join(' and ')} by name, so it would not run {guest}.</p>
              <Button label="Spawn the chosen guest" look="edge" onClick={() => edit({ script: spawnChosen(script, instead) })} />
            </div>
          )}
          <label className={styles.row}>
            <span>Arguments</span>
            <span className={styles.prefixed}>
              <code>{called}</code>
              <input className={styles.input} value={words} spellCheck={false} autoComplete="off" onChange={(event) => setWords(event.target.value)} />
            </span>
          </label>
          <label className={styles.row}>
            <span>{terminal ? 'Typed in advance' : 'Standard input'}</span>
            <textarea className={styles.area} rows={4} value={input} spellCheck={false} onChange={(event) => setInput(event.target.value)} />
          </label>
          <label className={styles.option}>
            <input type="checkbox" checked={terminal} onChange={(event) => setTerminal(event.target.checked)} />
            A terminal: it waits for what you type in the console
          </label>
          <label className={styles.row}>
            <span>Environment</span>
            <textarea
              className={styles.area} rows={2} value={variables} spellCheck={false} placeholder="NAME=VALUE, one a line" aria-invalid={wrong !== undefined}
              onChange={(event) => setVariables(event.target.value)}
            />
            {wrong !== undefined && <small className={styles.failure}>“{wrong.slice(0, 40)}” is not NAME=VALUE.</small>}
          </label>
          <label className={styles.option}>
            <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />
            Record calls that nobody traces as well
          </label>
          <label className={styles.row}>
            <span>Seed</span>
            <input
              className={styles.input} value={number} inputMode="numeric" autoComplete="off" aria-invalid={!seedFits}
              onChange={(event) => setNumber(event.target.value)}
            />
            <small className={styles.small}>{seedFits ? 'Chance is a function of it: the same seed gives the same run.' : 'A whole number of at most 15 digits.'}</small>
          </label>
        </DialogSection>
        <div className={styles.actions}>
          <Button label="Cancel" onClick={onClose} />
          <Button label="Run" icon="play" look="primary" type="submit" disabled={!seedFits || wrong !== undefined} />
        </div>
      </form>
    </Dialog>
  )
}
