import type { JSVirtualFile, MemFS } from '@wasmer/wasi'
import type { Found, TreeEntry } from '../engine/kernel/tree.ts'

const parentsOf = (path: string): string[] => {
  const parents: string[] = []
  for (let at = path.indexOf('/', 1); at > 0; at = path.indexOf('/', at + 1)) parents.push(path.slice(0, at))
  return parents
}

const writeAll = (file: JSVirtualFile, bytes: Uint8Array): void => {
  for (let done = 0; done < bytes.length; ) {
    // A copy: the glue writes back into what it is given.
    const count = file.write(bytes.slice(done))
    if (!(count > 0)) throw new Error('MemFS took a file only in part')
    done += count
  }
}

/**
 * Puts a tree into an empty MemFS, parents first. It knows neither modes nor times other than now.
 *
 * @returns the paths that it has no way to take: symbolic links
 */
export const plantMemfs = (fs: MemFS, tree: readonly TreeEntry[]): readonly string[] => {
  const made = new Set<string>(['/', ''])
  const makeDirectory = (path: string): void => {
    if (made.has(path)) return
    fs.createDir(path)
    made.add(path)
  }
  for (const entry of tree) {
    const path = entry.path.replace(/\/+$/, '')
    if ('link' in entry) continue
    parentsOf(path).forEach(makeDirectory)
    if ('directory' in entry) makeDirectory(path)
    else {
      const file = fs.open(path, { write: true, create_new: true })
      try {
        writeAll(file, entry.bytes)
      } finally {
        file.free()
      }
    }
  }
  return tree.filter((entry) => 'link' in entry).map(({ path }) => path)
}

/** What MemFS says of a directory's entries. */
interface MemfsEntry {
  readonly path: string
  readonly metadata: { readonly filetype: { readonly dir: boolean }; readonly modified: bigint }
}

const readFile = (fs: MemFS, path: string): Uint8Array => {
  const file = fs.open(path, { read: true })
  try {
    // One cursor for all who open the file: somebody may have left it anywhere.
    file.seek(0)
    const bytes = file.read()
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  } finally {
    file.free()
  }
}

/** All that is in a MemFS, parents before children, and the links of `tree`, which were never put into it. */
export const readMemfs = (fs: MemFS, tree: readonly TreeEntry[]): readonly Found[] => {
  const modes = new Map(tree.map((entry) => [entry.path, entry.mode]))
  const found: Found[] = []
  const visit = (directory: string): void => {
    for (const { path, metadata } of fs.readDir(directory) as MemfsEntry[]) {
      const common = { path, ino: found.length + 2, mtim: metadata.modified }
      if (metadata.filetype.dir) {
        found.push({ ...common, mode: modes.get(path) ?? 0o755, directory: true })
        visit(path)
      } else found.push({ ...common, mode: modes.get(path) ?? 0o644, bytes: readFile(fs, path) })
    }
  }
  visit('/')
  for (const entry of tree) {
    if ('link' in entry) found.push({ path: entry.path, link: entry.link, ino: found.length + 2, mode: 0o777, mtim: entry.mtim ?? 0n })
  }
  return found
}
