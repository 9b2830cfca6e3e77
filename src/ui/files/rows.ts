import type { FileEntry } from '../../engine/protocol.ts'
import type { RecipeFile } from '../../engine/recipe.ts'
import { sizeOf } from './recipe-file.ts'

/** What a run has done to a name. */
export type FileMark = 'created' | 'changed' | 'deleted'

/** A line of the list of files. */
export interface FileRow {
  readonly path: string
  readonly name: string
  /** How many directories it is in. */
  readonly depth: number
  readonly kind: 'file' | 'directory' | 'link'
  /** In bytes; undefined for what has none. */
  readonly size: number | undefined
  readonly link?: string
  readonly mark?: FileMark
  /** Before the run: the person added it, and can take it out again. */
  readonly added?: boolean
}

const tidy = (path: string): string => `/${path.split('/').filter((part) => part !== '' && part !== '.').join('/')}`

/** All directories above a path, the root left out. */
const parentsOf = (path: string): readonly string[] => {
  const parts = path.split('/').slice(1, -1)
  return parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`)
}

/** So that what is in a directory comes right after it: `/` before every other character. */
const order = ({ path }: { readonly path: string }): string => path.replaceAll('/', '\0')
const inOrder = <T extends { readonly path: string }>(rows: readonly T[]): readonly T[] => [...rows].sort((a, b) => (order(a) < order(b) ? -1 : 1))

const placed = (path: string): Pick<FileRow, 'path' | 'name' | 'depth'> => {
  const parts = path.split('/')
  return { path, name: parts[parts.length - 1] ?? path, depth: parts.length - 2 }
}

const kindOf = (file: RecipeFile): FileRow['kind'] => ('directory' in file ? 'directory' : 'link' in file ? 'link' : 'file')

/** What a recipe lays out, with the directories that are made for it. */
export const rowsBefore = (files: readonly RecipeFile[], added: readonly RecipeFile[]): readonly FileRow[] => {
  const rows = new Map<string, FileRow>()
  const mine = new Set(added.map(({ path }) => tidy(path)))
  for (const file of files) {
    const path = tidy(file.path)
    for (const parent of parentsOf(path)) if (!rows.has(parent)) rows.set(parent, { ...placed(parent), kind: 'directory', size: undefined })
    const kind = kindOf(file)
    rows.set(path, {
      ...placed(path), kind, size: kind === 'file' ? sizeOf(file) : undefined, added: mine.has(path), ...('link' in file ? { link: file.link } : {}),
    })
  }
  return inOrder([...rows.values()])
}

/** What is there afterwards, and what is not any more, marked by what the run did. */
export const rowsAfter = (entries: readonly FileEntry[], files: readonly RecipeFile[]): readonly FileRow[] => {
  const before = new Map(rowsBefore(files, []).map((row) => [row.path, row]))
  const after = new Set(entries.map(({ path }) => path))
  const rows = entries.map(({ path, kind, size, changed, link }): FileRow => {
    const was = before.get(path)
    // A directory changes with every name in it: that is said at the name.
    const mark = was === undefined ? 'created' : was.kind !== kind || (changed && kind !== 'directory') ? 'changed' : undefined
    return {
      ...placed(path), kind, size: kind === 'file' ? size : undefined, ...(link === undefined ? {} : { link }), ...(mark === undefined ? {} : { mark }),
    }
  })
  const gone = [...before.values()].filter(({ path }) => !after.has(path)).map((row): FileRow => ({ ...row, mark: 'deleted' }))
  return inOrder([...rows, ...gone])
}
