import type { Recipe } from '../recipe.ts'
import type { Seq } from '../trace/format.ts'
import { Misfit, object, oneOf, text, whole, matching } from './check.ts'
import { problem, tooNew, type Read } from './problem.ts'
import { recipeForm } from './recipe-form.ts'

/** What a link carries: the recipe, and optionally where and how its sender looked at the run. */
export interface LinkContent {
  readonly recipe: Recipe
  readonly cursor?: Seq
  readonly view?: LinkView
  /** The first digits of the digest of the sender's trace, so that a difference is noticed. */
  readonly digest?: string
}

export interface LinkView {
  readonly filter?: string
  readonly unmatched?: 'dim' | 'hide'
  readonly axis?: 'ordinal' | 'time'
}

/** Digits of the digest that a link carries: 64 bits are enough against chance, and nobody gains by forging them. */
export const DIGEST_DIGITS = 16

/** The version of the container's JSON. A change of its form is a new version and an upgrader. */
export const CONTAINER_VERSION = 1

/** One step: what version `n` said, in the words of version `n + 1`. */
export type Upgrader = (old: Readonly<Record<string, unknown>>) => Record<string, unknown>

/** By the version that they upgrade from. Version 1 is the first, so nothing needs upgrading yet. */
const UPGRADERS: Readonly<Record<number, Upgrader>> = {}

const contentForm = object(
  { recipe: recipeForm },
  {
    cursor: whole(0, 0xffff_ffff),
    view: object({}, { filter: text(10_000), unmatched: oneOf('dim', 'hide'), axis: oneOf('ordinal', 'time') }),
    digest: matching(/^[0-9a-f]{1,64}$/, 'a digest in hex'),
  },
)

/**
 * A reader of containers up to `version`. Throws at once, so that the module does not even load, if a step from
 * an old version to it is missing.
 */
export const containerReader = (version: number, upgraders: Readonly<Record<number, Upgrader>>) => {
  for (let v = 1; v < version; v++) if (upgraders[v] === undefined) throw new Error(`no upgrader of links from version ${v}`)
  return (json: unknown): Read<Record<string, unknown>> => {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      return problem('bad-content', 'This link holds no run.', 'Ask for the link again, or for the file.')
    }
    let content = json as Record<string, unknown>
    const from = content['version']
    if (!Number.isSafeInteger(from) || (from as number) < 1) {
      return problem('bad-content', 'This link does not say which version it is.', 'Ask for the link again, or for the file.')
    }
    if ((from as number) > version) return tooNew('link')
    for (let v = from as number; v < version; v++) content = (upgraders[v] as Upgrader)(content)
    return { ok: true, value: content }
  }
}

const upgrade = containerReader(CONTAINER_VERSION, UPGRADERS)

/** The content of a container of any version so far. Never throws, whatever it is given. */
export const readContainer = (json: unknown): Read<LinkContent> => {
  const upgraded = upgrade(json)
  if (!upgraded.ok) return upgraded
  try {
    return { ok: true, value: contentForm(upgraded.value, 'the link') }
  } catch (error) {
    if (!(error instanceof Misfit)) throw error
    return problem('bad-content', `This link does not describe a run: ${error.message}.`, 'Ask for the link again, or for the file.')
  }
}

/** The container of a content, ready for JSON: known keys only, in one order, so that equal contents give equal links. */
export const writeContainer = (content: LinkContent): Record<string, unknown> => {
  const checked = contentForm(content, 'the link')
  return {
    version: CONTAINER_VERSION,
    ...checked,
    ...(checked.digest === undefined ? {} : { digest: checked.digest.slice(0, DIGEST_DIGITS) }),
  }
}
