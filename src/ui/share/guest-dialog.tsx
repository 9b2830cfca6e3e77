import { useState, type FormEvent } from 'react'
import { runChecked } from '../editor/check.ts'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Dialog, DialogSection } from '../widgets/dialog.tsx'
import { joinArguments, splitArguments } from './arguments.ts'
import styles from './share.module.css'

/** What the guest is started with, and what else the run is a function of. */
export function GuestDialog({ onClose }: { readonly onClose: () => void }) {
  const { guest, argv, stdin, tty, seed, untraced } = app.getState()
  const edit = useApp((state) => state.edit)
  const [words, setWords] = useState(() => joinArguments(argv))
  const [input, setInput] = useState(stdin)
  const [terminal, setTerminal] = useState(tty)
  const [number, setNumber] = useState(String(seed))
  const [all, setAll] = useState(untraced)
  const seedFits = /^-?\d{1,15}$/.test(number.trim())

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!seedFits) return
    edit({ argv: splitArguments(words), stdin: input, tty: terminal, seed: Number(number), untraced: all })
    onClose()
    void runChecked()
  }

  return (
    <Dialog title="Arguments, input and seed" onClose={onClose}>
      <form onSubmit={submit}>
        <DialogSection>
          <label className={styles.row}>
            <span>Arguments</span>
            <span className={styles.prefixed}>
              <code>{guest}</code>
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
          <Button label="Run" icon="play" look="primary" type="submit" disabled={!seedFits} />
        </div>
      </form>
    </Dialog>
  )
}
