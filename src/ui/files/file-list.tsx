import type { KeyboardEvent } from 'react'
import { sizeText } from '../share/size-text.ts'
import { classNames } from '../widgets/class-names.ts'
import styles from './files.module.css'
import type { FileMark, FileRow } from './rows.ts'

interface FileListProps {
  readonly label: string
  readonly rows: readonly FileRow[]
  readonly path: string | undefined
  readonly onChoose: (path: string) => void
}

/** Marks are words: they are read without colour. */
const WORDS: Readonly<Record<FileMark, string>> = { created: 'new', changed: 'changed', deleted: 'deleted' }

/** A file system as a list: one level is one step to the right; arrow keys choose. */
export function FileList({ label, rows, path, onChoose }: FileListProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by === 0 && event.key !== 'Home' && event.key !== 'End') return
    event.preventDefault()
    const at = rows.findIndex((row) => row.path === path)
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? rows.length - 1 : Math.min(Math.max(at + by, 0), rows.length - 1)
    const row = rows[next]
    if (row === undefined) return
    onChoose(row.path)
    event.currentTarget.querySelector(`[data-index="${next}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  const at = rows.findIndex((row) => row.path === path)
  return (
    <div
      className={styles.list} role="listbox" aria-label={label} tabIndex={0} onKeyDown={onKeyDown}
      aria-activedescendant={at < 0 ? undefined : `file-${at}`}
    >
      {rows.map((row, i) => (
        <div
          key={row.path} id={`file-${i}`} data-index={i} role="option" tabIndex={-1} aria-selected={row.path === path} aria-label={sentence(row)}
          className={classNames(styles.row, row.mark !== undefined && styles[row.mark])} style={{ paddingLeft: 12 + 16 * row.depth }}
          onClick={() => onChoose(row.path)}
        >
          <span className={styles.name}>{row.name}{row.kind === 'directory' ? '/' : ''}</span>
          {row.link !== undefined && <span className={styles.target}>→ {row.link}</span>}
          {row.mark !== undefined && <span className={styles.mark}>{WORDS[row.mark]}</span>}
          {row.added === true && <span className={styles.mark}>yours</span>}
          <span className={styles.size}>{row.size === undefined ? '' : sizeText(row.size)}</span>
        </div>
      ))}
    </div>
  )
}

const sentence = ({ path, kind, size, link, mark, added }: FileRow): string =>
  [
    path, kind === 'directory' ? 'directory' : kind === 'link' ? `link to ${link ?? ''}` : sizeText(size ?? 0), mark, added === true ? 'added by you' : undefined,
  ].filter((part) => part !== undefined).join(', ')
