import { useState } from 'react'
import { noteTitle } from '../../engine/link/note.ts'
import { shownNotes } from '../notes/shown.ts'
import { app } from '../state/store.ts'
import { CopyField } from './copy-field.tsx'
import styles from './share.module.css'
import { embedSnippet, sourceAddress } from './snippet.ts'

/** Enough for timeline, call and a note, in CSS pixels. */
const HEIGHT = 640

/** What a frame is called by screen readers, unless its author knows better. */
const titleNow = (): string => {
  const state = app.getState()
  const [first] = shownNotes(state)
  const about = first === undefined ? `the system calls of ${state.recipe?.programs[0]?.name ?? state.guest}` : noteTitle(first.text)
  return `Skipcall: ${about}`
}

/** For lecture notes: the run in a frame of another page, or in a file on some host. */
export function Embedding({ address, tooLong }: { readonly address: string; readonly tooLong: boolean }) {
  const [file, setFile] = useState('')
  const [title, setTitle] = useState(titleNow)
  const hosted = sourceAddress(location.href, file)
  const shown = hosted ?? address
  return (
    <details className={styles.more}>
      <summary>Embed it in a page, or link to a file on a host</summary>
      <div className={styles.fields}>
        <label className={styles.row}>
          <span>Address of the saved file, if you put it on a host</span>
          <input
            className={styles.input} type="url" value={file} placeholder="https://…/run.skipcall.json" spellCheck={false} autoComplete="off" dir="ltr"
            aria-invalid={file !== '' && hosted === undefined} onChange={(event) => setFile(event.target.value)}
          />
          <small className={file !== '' && hosted === undefined ? styles.failure : styles.small}>
            {file !== '' && hosted === undefined ? 'It has to be an https address, without a name or a password.'
              : 'Any host that lets other pages read its files (CORS) will do, such as a repository’s pages. Readers are told its name before it is asked.'}
          </small>
        </label>
        {hosted !== undefined && <CopyField key={hosted} name="Link to the hosted file" button="Copy this link" text={hosted} look="edge" says="Short, however long the run is." />}
        <label className={styles.row}>
          <span>Title of the frame</span>
          <input className={styles.input} value={title} maxLength={120} dir="auto" onChange={(event) => setTitle(event.target.value)} />
          <small className={styles.small}>What a screen reader calls it.</small>
        </label>
        <CopyField
          key={`${shown} ${title}`} name="Frame for a page" button="Copy frame" text={embedSnippet(shown, title, HEIGHT)} look="edge"
          says={tooLong && hosted === undefined ? 'This run is too long for an address in a page: save it as a file, and give its address above.'
            : 'It shows timeline, source and call; slides drive it with postMessage({ seek: 214 }), or { note: "next" }.'}
        />
      </div>
    </details>
  )
}
