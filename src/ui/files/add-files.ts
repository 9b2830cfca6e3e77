import { MOST } from '../../engine/link/recipe-form.ts'
import type { RecipeFile } from '../../engine/recipe.ts'
import { chooseFiles } from '../session/choose-file.ts'
import { sizeText } from '../share/size-text.ts'
import { app } from '../state/store.ts'
import { broughtBy, type Brought } from './dropped.ts'
import { MOST_BYTES, recipeFileOf, sizeOf } from './recipe-file.ts'

/** All files of a recipe together, in bytes. */
const MOST_TOGETHER = 48 * 2 ** 20

const names = (paths: readonly string[]): string =>
  paths.length <= 3 ? paths.join(', ') : `${paths.slice(0, 2).join(', ')} and ${(paths.length - 2).toLocaleString('en')} more`

const refuse = (cause: string, cure: string): void => app.getState().arrange({ notice: { tone: 'danger', cause, cure } })

/** The files of a recipe that these become; the sentence that says which cannot. */
const read = async (brought: readonly Brought[]): Promise<readonly RecipeFile[] | string> => {
  const files: RecipeFile[] = []
  for (const one of brought) {
    if ('folder' in one) files.push({ path: one.path, directory: true })
    else if (one.path.length > MOST.path) return `The path of ${one.file.name} is longer than ${MOST.path} characters.`
    else if (one.file.size > MOST_BYTES) return `${one.file.name} has ${sizeText(one.file.size)}, and a recipe holds files of ${sizeText(MOST_BYTES)} at most.`
    else files.push(recipeFileOf(one.path, new Uint8Array(await one.file.arrayBuffer())))
  }
  return files
}

/** Lets files join the recipe, in place of others at their paths; says which, or why they cannot. */
export const addFiles = async (brought: readonly Brought[]): Promise<void> => {
  if (brought.length === 0) return
  let added: readonly RecipeFile[] | string
  try {
    added = brought.length > MOST.files ? `These are more than ${MOST.files.toLocaleString('en')} files.` : await read(brought)
  } catch {
    added = 'They could not be read: one has been moved or changed, or this browser may not open it.'
  }
  const fewer = 'Bring fewer or smaller files; nothing was added.'
  if (typeof added === 'string') return refuse(added, fewer)
  const { files, edit, arrange, show, dialog } = app.getState()
  const paths = new Set(added.map(({ path }) => path))
  const all = [...files.filter(({ path }) => !paths.has(path)), ...added]
  if (all.length > MOST.files) return refuse(`The recipe would hold ${all.length.toLocaleString('en')} files, and ${MOST.files.toLocaleString('en')} are the most.`, fewer)
  const together = all.reduce((sum, file) => sum + sizeOf(file), 0)
  if (together > MOST_TOGETHER) return refuse(`The recipe’s files would have ${sizeText(together)}, and ${sizeText(MOST_TOGETHER)} are the most.`, fewer)
  edit({ files: all })
  if (dialog === 'files') return
  arrange({
    notice: {
      tone: 'plain',
      cause: `${names([...paths])} ${paths.size === 1 ? 'is' : 'are'} there for the guest from the next run on.`,
      action: { title: 'Files', run: () => show({ dialog: 'files' }) },
    },
  })
}

/** Takes a file out of the recipe again. */
export const removeFile = (path: string): void => {
  const { files, edit } = app.getState()
  edit({ files: files.filter((file) => file.path !== path) })
}

/** Lets the person choose files, or a folder with all that is in it. */
export const chooseAndAdd = async (folder: boolean): Promise<void> => addFiles(broughtBy(await chooseFiles({ multiple: true, folder })))
