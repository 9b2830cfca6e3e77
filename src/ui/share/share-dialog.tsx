import { useMemo, useState } from 'react'
import type { LinkContent } from '../../engine/link/container.ts'
import { toFile } from '../../engine/link/fragment.ts'
import { shownNotes } from '../notes/shown.ts'
import { saveFile } from '../session/choose-file.ts'
import { loadManifest } from '../session/manifest.ts'
import { foreignModules } from '../session/modules.ts'
import { chooseRun } from '../session/open-link.ts'
import { useLoaded } from '../shell/use-loaded.ts'
import { app, useApp } from '../state/store.ts'
import { Button } from '../widgets/button.tsx'
import { Dialog, DialogSection } from '../widgets/dialog.tsx'
import { Segments } from '../widgets/segments.tsx'
import { compress } from './compress.ts'
import { Embedding } from './embedding.tsx'
import { LinkField } from './link-field.tsx'
import { addressOf, contentOf, fitOf, inlineModules, recordedOf, sharedRecipe, type ShareOptions } from './link-of.ts'
import { sizeText } from './size-text.ts'
import styles from './share.module.css'

/** All that a link is made of, once it is here. */
const loadParts = async () => {
  const manifest = await loadManifest()
  return { manifest, modules: await foreignModules(sharedRecipe(app.getState(), manifest).recipe) }
}

type Kind = 'recipe' | 'recording'

const KINDS: Readonly<Record<Kind, string>> = {
  recipe:
    'The link holds the recipe: the guest’s hash, the script, the seed and the input. Whoever opens it runs it again and gets the same trace, event for event.',
  recording:
    'The link holds the recording as well: every event, so it is longer. Whoever opens it sees exactly what you see, whatever becomes of the engine.',
}

/** A link that holds the run's recipe or its recording, how long it is, a file where that is too long, a frame for another page. */
export function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const { value: parts, problem } = useLoaded(loadParts)
  const cursor = useApp((state) => state.cursor)
  const filter = useApp((state) => state.filter)
  const notes = useApp((state) => shownNotes(state).length)
  const recordable = useApp((state) => recordedOf(state) !== undefined)
  const [options, setOptions] = useState<ShareOptions>({ cursor: true, view: true, notes: true, recording: false })
  const [packing, setPacking] = useState(false)

  const made = useMemo(() => {
    if (parts === undefined) return undefined
    const { manifest, modules } = parts
    try {
      const inline = inlineModules(modules)
      const content = contentOf(app.getState(), manifest, options, inline)
      const left = content.recipe.programs.filter(({ hash }) => hash in modules && !(hash in inline))
      const along = content.recipe.programs.filter(({ hash }) => hash in inline)
      return { content, whole: { ...content, modules }, left, along, address: addressOf(content) }
    } catch (error) {
      return { failure: error instanceof Error ? error.message : String(error) }
    }
  }, [parts, options])
  const address = made?.address ?? ''
  const { tooLong } = fitOf(address.length)
  const failure = problem ?? made?.failure
  const edited = made?.content !== undefined && made.content.digest === undefined

  const save = (content: LinkContent): void => {
    setPacking(true)
    // A large program takes seconds to pack: the word is painted first.
    setTimeout(() => {
      saveFile([toFile(content, compress)], 'run.skipcall.json', 'application/json')
      setPacking(false)
    }, 50)
  }
  const option = (name: keyof ShareOptions, label: string) => (
    <label className={styles.option}>
      <input type="checkbox" checked={options[name]} onChange={(event) => setOptions({ ...options, [name]: event.target.checked })} />
      {label}
    </label>
  )

  return (
    <Dialog title="Share this run" onClose={onClose}>
      <DialogSection>
        <Segments<Kind>
          label="What the link holds" value={options.recording ? 'recording' : 'recipe'}
          options={[{ id: 'recipe', title: 'Recipe' }, { id: 'recording', title: 'Recording', disabled: !recordable || edited }]}
          onChange={(kind) => setOptions({ ...options, recording: kind === 'recording' })}
        />
        <p className={styles.text}>{KINDS[options.recording ? 'recording' : 'recipe']}</p>
        <div className={styles.options}>
          {option('cursor', edited && options.cursor && cursor > 0 ? 'the cursor, once the edited script has run' : `cursor at ${cursor.toLocaleString('en')}`)}
          {option('view', filter === '' ? 'view' : 'filter and view')}
          {notes > 0 && option('notes', notes === 1 ? 'the note' : `${notes} notes`)}
        </div>
        {(made?.along ?? []).map(({ name, hash }) => (
          <p key={hash} className={styles.small}>{name}, {sizeText(parts?.modules[hash]?.length ?? 0)}, is your own: its module goes along.</p>
        ))}
        {(made?.left ?? []).map(({ name, hash }) => (
          <p key={hash} className={styles.failure}>
            {name}, {sizeText(parts?.modules[hash]?.length ?? 0)}, is too large for a link. Whoever opens the link is asked for its .wasm; the file has it in it.
          </p>
        ))}
        {failure !== undefined ? <p className={styles.failure} role="alert">{failure}</p> : <LinkField key={address} address={address} />}
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
        {address !== '' && <Embedding address={address} tooLong={tooLong} />}
      </DialogSection>
    </Dialog>
  )
}
