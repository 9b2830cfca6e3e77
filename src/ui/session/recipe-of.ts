import { filesOf, guestsNamedIn, type BundledGuest } from '../../engine/bundle.ts'
import { makeRecipe, type Program, type Recipe, type RecipeFile } from '../../engine/recipe.ts'
import type { DocumentSlice } from '../state/document.ts'
import type { OwnGuest } from '../state/yours.ts'
import type { Manifest } from './manifest.ts'

export type Document = Omit<DocumentSlice, 'edit' | 'example' | 'annotations'>

type Named = readonly [string, BundledGuest]

const bundled = (guests: Manifest['guests'], name: string): BundledGuest | undefined => (Object.hasOwn(guests, name) ? guests[name] : undefined)

/** The guests that a document runs: its own first, then every other that the script names. */
const chosenBy = ({ script, guest, module }: Document, { guests }: Manifest, yours: readonly OwnGuest[]): readonly Named[] => {
  const first = module === undefined ? bundled(guests, guest) : { hash: module, argv: [guest], files: [] }
  if (first === undefined) throw new Error(`There is no guest called ${guest}. Choose another one in the menu bar.`)
  const own = Object.fromEntries(yours.map(({ name, hash }) => [name, { hash, argv: [name], files: [] }]))
  return [[guest, first], ...guestsNamedIn<BundledGuest>(script, { ...own, ...guests }, guest)]
}

/** Added files and, of those that the guests bring, the ones whose paths they leave free. */
const joined = (added: readonly RecipeFile[], brought: readonly RecipeFile[]): readonly RecipeFile[] => {
  const taken = new Set(added.map(({ path }) => path))
  return [...brought.filter(({ path }) => !taken.has(path)), ...added]
}

/**
 * What a document runs: its guest first, then every other guest that the script names (it may spawn or exec
 * them), with the files that those guests expect and those that were added. Throws an Error with a sentence if there
 * is no such guest.
 */
export const recipeOf = (document: Document, manifest: Manifest, yours: readonly OwnGuest[] = []): Recipe => {
  const { tracer, argv, stdin, tty, env, files, host, seed, untraced } = document
  // Who traces by hand is the tracer: the script stays in the editor.
  const script = tracer === 'hand' ? '' : document.script
  const chosen = chosenBy({ ...document, script }, manifest, yours)
  return makeRecipe({
    programs: chosen.map(([name, one], i): Program => ({ name, hash: one.hash, argv: i === 0 ? argv : one.argv.slice(1) })),
    ...(tracer === 'hand' ? { hand: [] } : script.trim() === '' ? {} : { script }),
    files: joined(files, filesOf(chosen)),
    stdin,
    tty,
    env,
    // The kernel is what a recipe means that says nothing.
    ...(host === 'kernel' ? {} : { host }),
    seed,
    // Without a script nobody traces: only recording untraced calls shows anything at all.
    untraced: untraced || (tracer === 'script' && script.trim() === ''),
  })
}

const same = (a: RecipeFile | undefined, b: RecipeFile): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * The document that a recipe came from, as far as one can tell: for links and recordings. Of any recipe it gives a
 * document that `recipeOf` takes.
 */
export const documentOf = (recipe: Recipe, { guests }: Pick<Manifest, 'guests'>): Document => {
  const [first] = recipe.programs
  const guest = first?.name ?? 'hello'
  const brought = new Map(recipe.programs.flatMap(({ name }) => bundled(guests, name)?.files ?? []).map((file) => [file.path, file]))
  return {
    script: recipe.script ?? '',
    // A branch by hand of a script's run is still that script's.
    tracer: recipe.hand === undefined || recipe.handFrom !== undefined ? 'script' : 'hand',
    guest,
    module: first === undefined || bundled(guests, guest)?.hash === first.hash ? undefined : first.hash,
    argv: first?.argv ?? [],
    stdin: recipe.stdin,
    tty: recipe.tty,
    env: recipe.env,
    files: recipe.files.filter((file) => !same(brought.get(file.path), file)),
    host: recipe.host ?? 'kernel',
    seed: recipe.seed,
    untraced: recipe.untraced,
  }
}
