import { useEffect, useMemo, useRef, useState } from 'react'
import { BOOT_TIME } from '../../engine/kernel/clock.ts'
import type { ExportSource } from '../../engine/export/source.ts'
import { shownNotes } from '../notes/shown.ts'
import { saveFile } from '../session/choose-file.ts'
import { chooseRun } from '../session/open-link.ts'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Dialog, DialogSection } from '../widgets/dialog.tsx'
import styles from './export.module.css'
import { FIRST_OPTIONS, FORMATS, type ExportOptions, type Format, type FormatId } from './formats.ts'
import { OptionFields } from './option-fields.tsx'
import { printPage } from './print-page.ts'
import { collect, firstLines } from './write-out.ts'

const PREVIEW_LINES = 10
const PREVIEW_COLUMNS = 160
/** A clipboard is no place for more, in characters. */
const MOST_COPIED = 20_000_000

const sourceNow = (): ExportSource => {
  const state = app.getState()
  const { trace, log, recipe, guest, digest } = state
  return log === undefined
    ? { trace, title: recipe?.programs[0]?.name ?? guest, epoch: BOOT_TIME, digest, notes: shownNotes(state) }
    : { trace, title: log.name, epoch: log.epoch }
}

const fileName = ({ title }: ExportSource, { extension }: Format): string =>
  `${title.replace(/\.(strace|log|txt|jsonl)$/i, '').replace(/[^\w.-]+/g, '-').slice(0, 60) || 'run'}.${extension}`

/** The trace that is shown, written out: what it looks like before it is saved. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const length = useApp((state) => state.traceLength)
  const [id, setId] = useState<FormatId>('strace')
  const [options, setOptions] = useState<ExportOptions>(FIRST_OPTIONS)
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState('')
  const abort = useRef(new AbortController())
  const format = FORMATS.find((one) => one.id === id) ?? (FORMATS[0] as Format)
  const preview = useMemo(() => firstLines(format.write(sourceNow(), options), PREVIEW_LINES, PREVIEW_COLUMNS), [format, options, length])

  // Whoever closes the dialog does not wait for what it was making.
  useEffect(() => () => abort.current.abort(), [])

  const made = async (then: (parts: readonly string[], source: ExportSource) => void | Promise<void>): Promise<void> => {
    setBusy(true)
    setSaid('Writing …')
    abort.current = new AbortController()
    const source = sourceNow()
    const parts = await collect(format.write(source, options), abort.current.signal)
    setBusy(false)
    setSaid('')
    if (parts !== undefined) await then(parts, source)
  }
  const save = (): Promise<void> => made((parts, source) => saveFile(parts, fileName(source, format), format.type))
  const copy = (): Promise<void> => made(async (parts) => {
    if (parts.reduce((sum, part) => sum + part.length, 0) > MOST_COPIED) return setSaid('This is too much to copy: save it as a file.')
    try {
      await navigator.clipboard.writeText(parts.join(''))
      setSaid('Copied.')
    } catch {
      setSaid('This browser does not allow copying: save it as a file.')
    }
  })
  const print = (): Promise<void> => made((parts) => printPage(parts.join('')))

  return (
    <Dialog title="Export" onClose={onClose} wide>
      <DialogSection>
        <fieldset className={styles.formats}>
          <legend className={styles.legend}>Format</legend>
          {FORMATS.map((one) => (
            <label key={one.id} className={styles.format} aria-label={one.title}>
              <input type="radio" name="format" value={one.id} checked={one.id === id} aria-describedby={`export-${one.id}`} onChange={() => setId(one.id)} />
              <span><b>{one.title}</b> <small id={`export-${one.id}`}>{one.sentence}</small></span>
            </label>
          ))}
        </fieldset>
        <OptionFields id={id} options={options} onChange={(change) => setOptions({ ...options, ...change })} />
      </DialogSection>
      <DialogSection>
        <p className={styles.legend} id="export-preview">How it begins</p>
        <pre className={styles.preview} tabIndex={0} aria-labelledby="export-preview" dir="ltr">{preview}</pre>
        <div className={styles.actions}>
          <Button label="Save as a file" icon="save" look="primary" disabled={busy || length === 0} onClick={() => void save()} />
          <Button label="Copy" icon="copy" look="edge" disabled={busy || length === 0} onClick={() => void copy()} />
          {id === 'html' && <Button label="Print" look="edge" disabled={busy || length === 0} onClick={() => void print()} />}
          <Button label="Open a file" onClick={() => { onClose(); void chooseRun() }} />
          <span className={styles.said} role="status">{said}</span>
        </div>
        <p className={styles.small}>Open takes runs that Share saved, JSON lines from here, and logs of the real strace. You can also drop them on the page.</p>
      </DialogSection>
    </Dialog>
  )
}
