import type { FileSystem } from './fs.ts'
import type { Ino } from './inode.ts'
import { LINK_LIMIT, lookUp, NAME_MAX, parentOf } from './path.ts'
import { encodeUtf8 } from './text.ts'

/** What became of one name of a path. */
export type Step =
  /** It is there, and the walk goes on from it or ends at it. */
  | { readonly name: string; readonly found: 'directory' | 'file' }
  /** A symlink, which leads on. */
  | { readonly name: string; readonly found: 'link'; readonly target: string }
  /** Where the walk ends for it: nothing of that name; it is no directory and must be; it is too long; too many links; out of the directory. */
  | { readonly name: string; readonly found: 'nothing' | 'no-directory' | 'too-long' | 'too-many-links' | 'outside' }

/** The names of the directory where nothing was found, as many as help. */
const MOST_NEAR = 5

/** A path's way, name by name, as `resolvePath` takes it; the last step says why it did not get further. */
export interface Walk {
  readonly steps: readonly Step[]
  /** Names that are in the directory where it ended, nearest to the one that is not. */
  readonly near: readonly string[]
}

const componentsOf = (path: string): string[] => path.split('/').filter((name) => name !== '').reverse()

/** How alike two names are: the length of what they begin with alike, whatever the case. */
const likeness = (a: string, b: string): number => {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()]
  let alike = 0
  while (alike < left.length && left[alike] === right[alike]) alike++
  return alike
}

/** Tells why a path leads where it does: path_resolution(7), step by step. */
export const walkPath = (fs: FileSystem, start: Ino, path: string): Walk => {
  const steps: Step[] = []
  const rest = componentsOf(path)
  let directory = start
  const over = (name: string, found: 'nothing' | 'no-directory' | 'too-long' | 'too-many-links' | 'outside', near: readonly string[] = []): Walk => {
    steps.push({ name, found })
    return { steps, near }
  }
  if (path.startsWith('/') && start !== fs.root) return over('/', 'outside')
  for (let links = 0; ; ) {
    const name = rest.pop()
    if (name === undefined) return { steps, near: [] }
    if (name === '.' || name === '..') {
      if (name === '..' && directory === start && start !== fs.root) return over(name, 'outside')
      if (name === '..' && directory !== start) directory = parentOf(fs, directory)
      steps.push({ name, found: 'directory' })
      continue
    }
    if (encodeUtf8(name).length > NAME_MAX) return over(name, 'too-long')
    const ino = lookUp(fs, directory, name)
    if (ino === undefined) {
      const inode = fs.get(directory)
      const names = inode.kind === 'directory' ? [...inode.entries.keys()] : []
      return over(name, 'nothing', names.sort((a, b) => likeness(b, name) - likeness(a, name) || (a < b ? -1 : 1)).slice(0, MOST_NEAR))
    }
    const inode = fs.get(ino)
    if (inode.kind === 'link') {
      if (++links > LINK_LIMIT) return over(name, 'too-many-links')
      steps.push({ name, found: 'link', target: inode.target })
      if (inode.target.startsWith('/')) {
        if (start !== fs.root) return over(inode.target, 'outside')
        directory = fs.root
      }
      rest.push(...componentsOf(inode.target))
      continue
    }
    if (rest.length > 0 && inode.kind !== 'directory') return over(name, 'no-directory')
    steps.push({ name, found: inode.kind })
    if (inode.kind === 'directory') directory = ino
  }
}
