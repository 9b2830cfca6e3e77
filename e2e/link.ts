import { readFileSync } from 'node:fs'
import { filesOf, guestsNamedIn, programsOf, type BundledGuest } from '../src/engine/bundle.ts'
import { toFragment } from '../src/engine/link/fragment.ts'
import { makeRecipe, type Recipe } from '../src/engine/recipe.ts'
import { compress } from '../src/ui/share/compress.ts'

interface ManifestGuest extends BundledGuest {
  readonly stdin?: string
  readonly tty?: boolean
}

const published = new URL('../public/', import.meta.url)

export const guests = (JSON.parse(readFileSync(new URL('guests/manifest.json', published), 'utf8')) as {
  readonly guests: Readonly<Record<string, ManifestGuest>>
}).guests

interface Example {
  readonly id: string
  readonly title: string
  readonly guest: string
}

export const examples = JSON.parse(readFileSync(new URL('examples/index.json', published), 'utf8')) as readonly Example[]

/** A script and its guest as a stranger's link: what it says runs at once, whether its types are right or not. */
export const linkTo = (script: string, guest = 'hello', change: Partial<Recipe> = {}): string => {
  const first = guests[guest]
  if (first === undefined) throw new Error(`there is no guest ${guest}`)
  const chosen = [[guest, first] as const, ...guestsNamedIn(script, guests, guest)]
  const recipe = makeRecipe({
    programs: programsOf(chosen), script, files: filesOf(chosen), stdin: first.stdin ?? '', tty: first.tty ?? false, ...change,
  })
  return toFragment({ recipe }, compress)
}
