import { makeRecipe, type Program, type Recipe, type RecipeFile } from '../../engine/recipe.ts'
import type { DocumentSlice } from '../state/document.ts'
import type { Manifest } from './manifest.ts'

type Document = Pick<DocumentSlice, 'script' | 'guest' | 'argv' | 'stdin' | 'tty' | 'seed' | 'untraced'>

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Whether a name stands in the script as a string of its own or as the last part of a path in one. */
const names = (script: string, name: string): boolean => new RegExp(`(['"\`])(?:[^'"\`\\n]*/)?${escaped(name)}\\1`).test(script)

/**
 * What a document runs: its guest first, then every other guest that the script names (it may spawn or exec
 * them), with the files that those guests expect. Throws an Error with a sentence if there is no such guest.
 */
export const recipeOf = (document: Document, { guests }: Manifest): Recipe => {
  const { script, guest, argv, stdin, tty, seed, untraced } = document
  const first = Object.hasOwn(guests, guest) ? guests[guest] : undefined
  if (first === undefined) throw new Error(`There is no guest called ${guest}. Choose another one in the menu bar.`)
  const others = Object.entries(guests).filter(([name]) => name !== guest && names(script, name))
  const chosen = [[guest, first] as const, ...others]
  const files = new Map<string, RecipeFile>()
  for (const [, one] of chosen) for (const file of one.files) if (!files.has(file.path)) files.set(file.path, file)
  return makeRecipe({
    programs: chosen.map(([name, one], i): Program => ({ name, hash: one.hash, argv: i === 0 ? argv : one.argv.slice(1) })),
    ...(script.trim() === '' ? {} : { script }),
    files: [...files.values()],
    stdin,
    tty,
    seed,
    // Without a script nobody traces: only recording untraced calls shows anything at all.
    untraced: untraced || script.trim() === '',
  })
}

/** The document that a recipe came from, as far as one can tell: for links and recordings. */
export const documentOf = (recipe: Recipe): Document => ({
  script: recipe.script ?? '',
  guest: recipe.programs[0]?.name ?? '',
  argv: recipe.programs[0]?.argv ?? [],
  stdin: recipe.stdin,
  tty: recipe.tty,
  seed: recipe.seed,
  untraced: recipe.untraced,
})
