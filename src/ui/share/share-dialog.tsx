import { useMemo, useRef, useState } from 'react'
import type { LinkContent } from '../../engine/link/container.ts'
import { toFile } from '../../engine/link/fragment.ts'
import { saveFile } from '../session/choose-file.ts'
import { loadManifest } from '../session/manifest.ts'
import { foreignModules } from '../session/modules.ts'
import { chooseRun } from '../session/open-link.ts'
import { useLoaded } from '../shell/use-loaded.ts'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Dialog, DialogSection } from '../widgets/dialog.tsx'
import { compress } from './compress.ts'
import { addressOf, contentOf, fitOf, inlineModules, LIMITS, sharedRecipe } from './link-of.ts'
import { sizeText } from './size-text.ts'
import styles from './share.module.css'

const LONGEST = LIMITS[LIMITS.length - 1]?.most ?? 32_000

/** A scale of square roots, so that short links can be told apart though it ends at 32,000. */
const place = (length: number): string => `${Math.min(100, 100 * Math.sqrt(length / LONGEST))}%`

/** All that a link is made of, once it is here. */
const loadParts = async () => {
  const manifest = await loadManifest()
  return { manifest, modules: await foreignModules(sharedRecipe(app.getState(), manifest).recipe) }
}

/** A link that holds the run's recipe, how long it is, and a file where that is too long. */
export function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const { value: parts, problem } = useLoaded(loadParts)
  const cursor = useApp((state) => state.cursor)
  const filter = useApp((state) => state.filter)
  const [withCursor, setWithCursor] = useState(true)
  const [withView, setWithView] = useState(true)
  const [packing, setPacking] = useState(false)
  const [copied, setCopied] = useState<'yes' | 'no'>()
  const field = useRef<HTMLInputElement>(null)

  const made = useMemo(() => {
    if (parts === undefined) return undefined
    const { manifest, modules } = parts
    try {
      const inline = inlineModules(modules)
      const content = contentOf(app.getState(), manifest, { cursor: withCursor, view: withView }, inline)
      const left = content.recipe.programs.filter(({ hash }) => hash in modules && !(hash in inline))
      const along = content.recipe.programs.filter(({ hash }) => hash in inline)
      return { content, whole: { ...content, modules }, left, along, address: addressOf(content) }
    } catch (error) {
      return { failure: error instanceof Error ? error.message : String(error) }
    }
  }, [parts, withCursor, withView])
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

  const save = (content: LinkContent): void => {
    setPacking(true)
    // A large program takes seconds to pack: the word is painted first.
    setTimeout(() => {
      saveFile([toFile(content, compress)], 'run.skipcall.json', 'application/json')
      setPacking(false)
    }, 50)
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
        {(made?.along ?? []).map(({ name, hash }) => (
          <p key={hash} className={styles.small}>{name}, {sizeText(parts?.modules[hash]?.length ?? 0)}, is your own: its module goes along.</p>
        ))}
        {(made?.left ?? []).map(({ name, hash }) => (
          <p key={hash} className={styles.failure}>
            {name}, {sizeText(parts?.modules[hash]?.length ?? 0)}, is too large for a link. Whoever opens the link is asked for its .wasm; the file has it in it.
          </p>
        ))}
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
            label={packing ? 'Packing …' : 'Save as a file'} icon="save" look={tooLong || (made?.left ?? []).length > 0 ? 'primary' : 'edge'}
            disabled={made?.whole === undefined || packing} onClick={() => { if (made?.whole !== undefined) save(made.whole) }}
          />
          <Button label="Open a file" onClick={() => { onClose(); void chooseRun() }} />
          <span className={styles.small}>A file holds any run; a link ends where browsers end it.</span>
        </div>
      </DialogSection>
    </Dialog>
  )
}
