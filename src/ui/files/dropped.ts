/** A file with the place that it is to have below the root of the guest's file system; a folder without anything in it. */
export type Brought =
  | { readonly path: string; readonly file: File }
  | { readonly path: string; readonly folder: true }

/** More entries than a recipe holds are not even looked for. */
const MOST_ENTRIES = 2000

/**
 * Everything that was dropped, folders with all that is in them. The entries must be asked for while the drop is
 * being handled; what they hold may be read later.
 */
export const entriesOf = (items: DataTransferItemList): readonly (FileSystemEntry | File)[] =>
  [...items]
    // What was dragged out of another page is a file without an entry.
    .flatMap((item) => (item.kind === 'file' ? [item.webkitGetAsEntry() ?? item.getAsFile()] : []))
    .filter((entry) => entry !== null)

const fileOf = (entry: FileSystemFileEntry): Promise<File> => new Promise((resolve, reject) => entry.file(resolve, reject))

/** A reader gives some hundred entries at a time, and none at the end. */
const childrenOf = async (directory: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> => {
  const reader = directory.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0 || all.length > MOST_ENTRIES) return all
    all.push(...some)
  }
}

/** Walks through entries. Throws a DOMException if one cannot be read. */
export const walkEntries = async (entries: readonly (FileSystemEntry | File)[], prefix = ''): Promise<readonly Brought[]> => {
  const found: Brought[] = []
  for (const entry of entries) {
    const path = `${prefix}/${entry.name}`
    if (entry instanceof File) found.push({ path, file: entry })
    else if (entry.isFile) found.push({ path, file: await fileOf(entry as FileSystemFileEntry) })
    else {
      const children = await childrenOf(entry as FileSystemDirectoryEntry)
      if (children.length === 0) found.push({ path, folder: true })
      else found.push(...(await walkEntries(children, path)))
    }
    if (found.length > MOST_ENTRIES) break
  }
  return found
}

/** What a person chose: a folder's files bring their paths within it. */
export const broughtBy = (files: readonly File[]): readonly Brought[] =>
  files.map((file) => ({ path: `/${file.webkitRelativePath === '' ? file.name : file.webkitRelativePath}`, file }))
