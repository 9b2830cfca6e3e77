import { useMemo, useRef, useState } from 'react'
import { toFile } from '../../engine/link/fragment.ts'
import { loadManifest } from '../session/manifest.ts'
import { openFile } from '../session/open-link.ts'
import { useLoaded } from '../shell/use-loaded.ts'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Dialog, DialogSection } from '../widgets/dialog.tsx'
import { addressOf, contentOf, fitOf, LIMITS } from './link-of.ts'
import styles from './share.module.css'

const LONGEST = LIMITS[LIMITS.length - 1]?.most ?? 32_000

/** A scale of square roots, so that short links can be told apart though it ends at 32,000. */
const place = (length: number): string => `${Math.min(100, 100 * Math.sqrt(length / LONGEST))}%`

const save = (text: string, name: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url))
}

/** A link that holds the run's recipe, how long it is, and a file where that is too long. */
export function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const { value: manifest, problem } = useLoaded(loadManifest)
  const cursor = useApp((state) => state.cursor)
  const filter = useApp((state) => state.filter)
  const [withCursor, setWithCursor] = useState(true)
  const [withView, setWithView] = useState(true)
  const [copied, setCopied] = useState<'yes' | 'no'>()
  const field = useRef<HTMLInputElement>(null)
  const chooser = useRef<HTMLInputElement>(null)

  const made = useMemo(() => {
    if (manifest === undefined) return undefined
    try {
      const content = contentOf(app.getState(), manifest, { cursor: withCursor, view: withView })
      return { content, address: addressOf(content) }
    } catch (error) {
      return { failure: error instanceof Error ? error.message : String(error) }
    }
  }, [manifest, withCursor, withView])
  const address = made?.address ?? ''
  const { sentence, tooLong } = fitOf(address.length)
  const failure = problem ?? made?.failure

  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address)
      setCopied('yes')
    } catch {
      field.current?.select()
      setCopied('no')
    }
  }

  return (
    <Dialog title="Share this run" onClose={onClose}>
      <DialogSection>
        <p className={styles.text}>
          The link holds the recipe: the guest’s hash, the script, the seed and the input. Whoever opens it runs it again and gets the
          same trace, event for event.
        </p>
        <div className={styles.options}>
          <label className={styles.option}>
            <input type="checkbox" checked={withCursor} onChange={(event) => { setWithCursor(event.target.checked); setCopied(undefined) }} />
            {made?.content !== undefined && made.content.cursor === undefined && withCursor && cursor > 0
              ? 'the cursor, once the edited script has run' : `cursor at ${cursor.toLocaleString('en')}`}
          </label>
          <label className={styles.option}>
            <input type="checkbox" checked={withView} onChange={(event) => { setWithView(event.target.checked); setCopied(undefined) }} />
            {filter === '' ? 'view' : 'filter and view'}
          </label>
        </div>
        {failure !== undefined ? <p className={styles.failure} role="alert">{failure}</p> : (
          <>
            <div className={styles.measure}>
              <span><b>{address.length.toLocaleString('en')}</b> characters</span>
              <span className={tooLong ? styles.failure : styles.small}>{sentence}</span>
            </div>
            <div className={styles.meter} aria-hidden="true">
              <i className={tooLong ? styles.over : undefined} style={{ width: place(address.length) }} />
              {LIMITS.map(({ most, where }) => (
                <span key={where} className={styles.tick} style={{ left: place(most) }}><u />{most.toLocaleString('en')} {where}</span>
              ))}
            </div>
            <div className={styles.copy}>
              <input ref={field} className={styles.input} readOnly value={address} aria-label="Link" onFocus={(event) => event.target.select()} />
              <Button
                label={copied === 'yes' ? 'Copied' : 'Copy link'} icon={copied === 'yes' ? 'ok' : 'copy'} look={tooLong ? 'edge' : 'primary'}
                onClick={() => void copy()}
              />
            </div>
            <p className={styles.small} role="status">
              {copied === 'no' ? 'This browser does not allow copying: the link is selected, copy it with the keyboard.'
                : 'The run is behind the #, so no server ever sees it.'}
            </p>
          </>
        )}
      </DialogSection>
      <DialogSection>
        <div className={styles.files}>
          <Button
            label="Save as a file" icon="save" look={tooLong ? 'primary' : 'edge'} disabled={made?.content === undefined}
            onClick={() => { if (made?.content !== undefined) save(toFile(made.content), 'run.skipcall.json') }}
          />
          <Button label="Open a file" onClick={() => chooser.current?.click()} />
          <input
            ref={chooser} type="file" accept=".json,application/json" hidden aria-label="File of a run"
            onChange={(event) => {
              const [file] = event.target.files ?? []
              if (file !== undefined) void openFile(file).finally(onClose)
            }}
          />
          <span className={styles.small}>A file holds any run; a link ends where browsers end it.</span>
        </div>
      </DialogSection>
    </Dialog>
  )
}
