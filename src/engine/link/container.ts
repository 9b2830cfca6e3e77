import { recipeOfBranch, type Branch } from '../branch.ts'
import type { Recipe } from '../recipe.ts'
import type { Seq } from '../trace/format.ts'
import { Sha256, hex } from '../trace/sha256.ts'
import { decodeBase64url, encodeBase64url } from './base64url.ts'
import { checkpointsForm, type Checkpoints } from './checkpoint.ts'
import { Misfit, finite, list, object, oneOf, text, whole, matching } from './check.ts'
import { notesForm, type Note } from './note.ts'
import type { Compress, Inflate } from './pack.ts'
import { problem, tooNew, type Read } from './problem.ts'
import { branchForm, recipeForm } from './recipe-form.ts'
import { packTrace, packedForm, unpackTrace, type Recorded } from './recorded.ts'

/** What a link carries: the recipe, and optionally where and how its sender looked at the run. */
export interface LinkContent {
  /** Of the trunk, when there are branches. */
  readonly recipe: Recipe
  readonly branches?: readonly Branch[]
  /** The branch that its sender looked at. */
  readonly open?: number
  readonly cursor?: Seq
  readonly view?: LinkView
  /** The first digits of the digest of the sender's trace, so that a difference is noticed. */
  readonly digest?: string
  /** Digests along the way, so that a difference has a place. */
  readonly checkpoints?: Checkpoints
  readonly notes?: readonly Note[]
  /** Programs that the receiver's page cannot have, by hash. */
  readonly modules?: Modules
  /** What was recorded of the run that its sender looked at: it is shown, and nothing runs. */
  readonly recorded?: Recorded
}

/** The recipe of the run that a link shows: of its branch, or of the trunk. */
export const shownRecipe = ({ recipe, branches = [], open = -1 }: LinkContent): Recipe => recipeOfBranch(recipe, branches, open)

/** Bytes of modules by their SHA-256 in hex. */
export type Modules = Readonly<Record<string, Uint8Array>>

export interface LinkView {
  readonly filter?: string
  readonly unmatched?: 'dim' | 'hide'
  readonly axis?: 'ordinal' | 'time'
  /** The visible stretch of the timeline, in columns of the axis. */
  readonly window?: { readonly from: number; readonly to: number }
  readonly tab?: 'call' | 'memory' | 'registers' | 'source' | 'task'
}

/** What the programs of one container may unpack to, in bytes: CPython fits. */
const MAX_MODULES = 64 * 2 ** 20
const MOST_MODULES = 16
const MOST_BRANCHES = 64

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
    branches: list(branchForm, MOST_BRANCHES),
    open: whole(0, MOST_BRANCHES - 1),
    cursor: whole(0, 0xffff_ffff),
    view: object({}, {
      filter: text(10_000),
      unmatched: oneOf('dim', 'hide'),
      axis: oneOf('ordinal', 'time'),
      window: object({ from: finite, to: finite }),
      tab: oneOf('call', 'memory', 'registers', 'source', 'task'),
    }),
    digest: matching(/^[0-9a-f]{1,64}$/, 'a digest in hex'),
    checkpoints: checkpointsForm,
    notes: notesForm,
    recorded: packedForm,
    /** Each deflated for itself: base64 of what is not packed does not pack well. */
    modules: list(object({ hash: matching(/^[0-9a-f]{64}$/, 'a SHA-256 in hex'), deflated: text(MAX_MODULES) }), MOST_MODULES),
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

const AGAIN = 'Ask for the link again, or for the file.'

/** The content of a container of any version so far. Never throws, whatever it is given. */
export const readContainer = (json: unknown, inflate: Inflate): Read<LinkContent> => {
  const upgraded = upgrade(json)
  if (!upgraded.ok) return upgraded
  try {
    const { modules: packed, recorded: tape, ...content } = contentForm(upgraded.value, 'the link')
    const { recipe, view } = content
    if (recipe.programs.length === 0) return problem('bad-content', 'This link names no program, so there is nothing to run.', AGAIN)
    if (view?.window !== undefined && view.window.from >= view.window.to) {
      return problem('bad-content', 'This link does not describe a run: the link.view.window ends before it begins.', AGAIN)
    }
    if (content.branches?.some(({ parent }, i) => parent >= i) === true) {
      return problem('bad-content', 'This link does not describe a run: a branch of it leaves one that comes after it.', AGAIN)
    }
    const recorded = tape === undefined ? undefined : unpackTrace(tape, inflate)
    if (recorded?.ok === false) return recorded
    const modules = unpackModules(packed ?? [], recipe, inflate)
    if (!modules.ok) return modules
    return {
      ok: true,
      value: {
        ...content,
        ...(recorded === undefined ? {} : { recorded: recorded.value }),
        ...(Object.keys(modules.value).length === 0 ? {} : { modules: modules.value }),
      },
    }
  } catch (error) {
    if (!(error instanceof Misfit)) throw error
    return problem('bad-content', `This link does not describe a run: ${error.message}.`, AGAIN)
  }
}

/** The programs that came along, each of them what its hash says. Those that the recipe does not name are left out. */
const unpackModules = (
  packed: readonly { readonly hash: string; readonly deflated: string }[], { programs }: Recipe, inflate: Inflate,
): Read<Modules> => {
  const modules: Record<string, Uint8Array> = {}
  let left = MAX_MODULES
  for (const { hash, deflated } of packed) {
    const name = programs.find((program) => program.hash === hash)?.name.slice(0, 40)
    if (name === undefined) continue
    const bytes = decodeBase64url(deflated)
    const module = bytes === undefined ? 'broken' : inflate(bytes, left)
    if (module === 'too-big') {
      return problem('too-big', `The programs in this link unpack to more than ${MAX_MODULES / 2 ** 20} MB.`, 'Do not trust its sender; ask for the program itself.')
    }
    if (module === 'broken') return problem('broken', `The program ${name} in this link cannot be unpacked.`, AGAIN)
    if (hex(new Sha256().update(module).digest()) !== hash) {
      return problem('wrong-program', `The program ${name} in this link is not the one that its run needs: its hash does not fit.`, AGAIN)
    }
    left -= module.length
    modules[hash] = module
  }
  return { ok: true, value: modules }
}

/** The container of a content, ready for JSON: known keys only, in one order, so that equal contents give equal links. */
export const writeContainer = ({ modules, recorded, ...content }: LinkContent, compress: Compress): Record<string, unknown> => {
  const { modules: _, recorded: __, ...checked } = contentForm(content, 'the link')
  const packed = Object.entries(modules ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    version: CONTAINER_VERSION,
    ...checked,
    ...(checked.digest === undefined ? {} : { digest: checked.digest.slice(0, DIGEST_DIGITS) }),
    ...(recorded === undefined ? {} : { recorded: packTrace(recorded, compress) }),
    ...(packed.length === 0 ? {} : { modules: packed.map(([hash, bytes]) => ({ hash, deflated: encodeBase64url(compress(bytes)) })) }),
  }
}
