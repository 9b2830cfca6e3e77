import type { Program, RecipeFile } from './recipe.ts'

/** What a recipe takes from a bundled guest (public/guests/manifest.json). */
export interface BundledGuest {
  /** SHA-256 of the module's bytes, in hex. */
  readonly hash: string
  /** With the program's name in front. */
  readonly argv: readonly string[]
  readonly files: readonly RecipeFile[]
  /** Guests that it brings along: it executes them (/bin/NAME). */
  readonly programs?: readonly string[] | undefined
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Whether a name stands in the script as a string of its own or as the last part of a path in one. */
const isNamed = (script: string, name: string): boolean => new RegExp(`(['"\`])(?:[^'"\`\\n]*/)?${escaped(name)}\\1`).test(script)

/**
 * The guests that a script names, which it may spawn, then those that it, they and `first` bring along. `first` is there
 * already; a name that nobody has is left out.
 */
export const guestsNamedIn = <Guest extends BundledGuest>(
  script: string, guests: Readonly<Record<string, Guest>>, first: string,
): readonly (readonly [string, Guest])[] => {
  const named = Object.keys(guests).filter((name) => name !== first && isNamed(script, name))
  const all = new Set([first, ...named])
  // A set that grows while it is walked: those that are brought bring others.
  for (const name of all) if (Object.hasOwn(guests, name)) for (const brought of guests[name]?.programs ?? []) all.add(brought)
  all.delete(first)
  return [...all].flatMap((name) => {
    const guest = Object.hasOwn(guests, name) ? guests[name] : undefined
    return guest === undefined ? [] : [[name, guest] as const]
  })
}

/** Bundled guests as a recipe's programs, each with its own arguments. */
export const programsOf = (guests: readonly (readonly [string, BundledGuest])[]): readonly Program[] =>
  guests.map(([name, { hash, argv }]) => ({ name, hash, argv: argv.slice(1) }))

/** The files that guests expect, each path once: the first guest's wins. */
export const filesOf = (guests: readonly (readonly [string, BundledGuest])[]): readonly RecipeFile[] => {
  const files = new Map<string, RecipeFile>()
  for (const [, guest] of guests) for (const file of guest.files) if (!files.has(file.path)) files.set(file.path, file)
  return [...files.values()]
}
