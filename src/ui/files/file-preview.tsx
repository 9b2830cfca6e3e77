import { useEffect, useState } from 'react'
import { saveFile } from '../session/choose-file.ts'
import { sizeText } from '../share/size-text.ts'
import { Button } from '../widgets/button.tsx'
import { Segments } from '../widgets/segments.tsx'
import styles from './files.module.css'
import { hexOf, SHOWN, textOf } from './preview.ts'
import type { FileRow } from './rows.ts'

interface FilePreviewProps {
  readonly row: FileRow | undefined
  readonly read: (path: string) => Promise<Uint8Array | undefined>
  /** Takes the file out of the recipe. */
  readonly onRemove: (() => void) | undefined
}

/** What a file holds, as text or in hex, and the way to have it. */
export function FilePreview({ row, read, onRemove }: FilePreviewProps) {
  const [bytes, setBytes] = useState<Uint8Array | 'gone'>()
  const [look, setLook] = useState<'text' | 'hex'>()
  const path = row?.kind === 'file' ? row.path : undefined
  useEffect(() => {
    let wanted = true
    if (path !== undefined) void read(path).then((answer) => wanted && setBytes(answer ?? 'gone'))
    return () => {
      wanted = false
    }
    // A new key comes with a new file: `read` is a new function in each render.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [path])
  if (row === undefined) return <p className={styles.hint}>Choose a file to see what it holds.</p>
  if (row.kind === 'directory') return <p className={styles.hint}>{row.path} is a directory.</p>
  if (row.kind === 'link') return <p className={styles.hint}>{row.path} is a symbolic link to {row.link}.</p>
  if (bytes === undefined) return <p className={styles.hint}>Reading …</p>
  if (bytes === 'gone') return <p className={styles.hint}>{row.path} could not be read: it is not there any more.</p>
  const text = textOf(bytes)
  const shown = text === undefined ? 'hex' : look ?? 'text'
  return (
    <section className={styles.preview} aria-label={row.path}>
      <header className={styles.head}>
        <code className={styles.path}>{row.path}</code>
        <Segments
          label="Shown as" value={shown} onChange={setLook}
          options={[{ id: 'text', title: 'Text', disabled: text === undefined }, { id: 'hex', title: 'Hex' }]}
        />
      </header>
      <pre className={styles.content} dir={shown === 'text' ? 'auto' : 'ltr'} tabIndex={0}>{shown === 'text' ? text : hexOf(bytes)}</pre>
      <footer className={styles.foot}>
        <span className={styles.note}>
          {sizeText(row.size ?? bytes.length)}{bytes.length > SHOWN ? `, of which the first ${sizeText(SHOWN)} are shown` : ''}
          {row.mark === 'deleted' ? '; as it was before the run deleted it' : ''}
        </span>
        {onRemove !== undefined && <Button label="Remove" look="edge" onClick={onRemove} />}
        <Button label="Download" icon="save" look="edge" onClick={() => saveFile([bytes as Uint8Array<ArrayBuffer>], row.name, 'application/octet-stream')} />
      </footer>
    </section>
  )
}
