import {
  lstatSync, mkdirSync, readFileSync, readdirSync, readlinkSync, rmSync, symlinkSync, utimesSync, writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { Found, TreeEntry } from '../engine/kernel/tree.ts'

/** A folder of the host as entries of a file system, paths beginning at '/'; sorted, so that runs repeat. */
export const readHostTree = (folder: string, prefix = ''): TreeEntry[] => {
  const entries: TreeEntry[] = []
  for (const name of readdirSync(folder).sort()) {
    const host = join(folder, name)
    const path = `${prefix}/${name}`
    const stat = lstatSync(host, { bigint: true })
    const common = { path, mode: Number(stat.mode & 0o7777n), mtim: stat.mtimeNs }
    if (stat.isDirectory()) entries.push({ ...common, directory: true }, ...readHostTree(host, path))
    else if (stat.isSymbolicLink()) entries.push({ ...common, link: readlinkSync(host) })
    else if (stat.isFile()) entries.push({ ...common, bytes: readFileSync(host) })
  }
  return entries
}

/** What a run changed in a folder. */
export interface TreeChanges {
  /** Made or changed, parents first. */
  readonly written: readonly Found[]
  /** Gone, or now of another kind: children before parents. */
  readonly removed: readonly string[]
}

const kindOf = (entry: TreeEntry): 'directory' | 'link' | 'file' =>
  'directory' in entry ? 'directory' : 'link' in entry ? 'link' : 'file'

const isSame = (before: TreeEntry, after: TreeEntry): boolean => {
  if ('link' in before) return 'link' in after && before.link === after.link
  if ('bytes' in before) return 'bytes' in after && Buffer.compare(before.bytes, after.bytes) === 0
  return 'directory' in after
}

/** Compares a folder as it was read with what the guest left of it. */
export const compareTrees = (before: readonly TreeEntry[], after: readonly Found[]): TreeChanges => {
  const old = new Map(before.map((entry) => [entry.path, entry]))
  const now = new Map(after.map((entry) => [entry.path, entry]))
  const removed = before.filter((entry) => {
    const left = now.get(entry.path)
    return left === undefined || kindOf(left) !== kindOf(entry)
  })
  const written = after.filter((entry) => {
    const was = old.get(entry.path)
    return was === undefined || !isSame(was, entry)
  })
  return { written, removed: removed.map(({ path }) => path).reverse() }
}

/** Brings changes back to the folder of the host. */
export const writeHostTree = (folder: string, { written, removed }: TreeChanges): void => {
  for (const path of removed) rmSync(join(folder, path), { recursive: true, force: true })
  for (const entry of written) {
    const host = join(folder, entry.path)
    mkdirSync(dirname(host), { recursive: true })
    if ('directory' in entry) mkdirSync(host, { recursive: true, mode: entry.mode })
    else if ('link' in entry) {
      rmSync(host, { force: true })
      symlinkSync(entry.link, host)
    } else {
      writeFileSync(host, entry.bytes, { mode: entry.mode })
      const seconds = Number(entry.mtim) / 1e9
      utimesSync(host, seconds, seconds)
    }
  }
}
