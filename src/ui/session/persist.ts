import * as v from 'valibot'
import { notesForm, type Note } from '../../engine/link/note.ts'
import { decision, recipeFile } from '../../engine/link/recipe-form.ts'
import { DEFAULT_SEED, type Decision, type RecipeFile } from '../../engine/recipe.ts'
import { encodeRecording } from '../../engine/link/recording.ts'
import { app, type AppState } from '../state/store.ts'
import { keep, recall, type KeptDocument, type Settings } from './storage.ts'

/** Keystrokes are kept this long after the last of them. */
const QUIET = 400
/** Runs larger than this are made again from their recipe rather than kept, in bytes before compression. */
const MOST_KEPT = 8 * 2 ** 20

const isFile = (value: unknown): value is RecipeFile => {
  try {
    recipeFile(value, 'file')
    return true
  } catch {
    return false
  }
}

const isDecision = (value: unknown): value is Decision => {
  try {
    decision(value, 'decision')
    return true
  } catch {
    return false
  }
}

const areNotes = (value: unknown): value is readonly Note[] => {
  try {
    notesForm(value, 'notes')
    return true
  } catch {
    return false
  }
}

const documentForm = v.object({
  script: v.string(),
  tracer: v.optional(v.picklist(['script', 'hand']), 'script'),
  guest: v.string(),
  module: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  argv: v.array(v.string()),
  stdin: v.string(),
  tty: v.boolean(),
  env: v.optional(v.array(v.string()), []),
  files: v.optional(v.array(v.custom<RecipeFile>(isFile)), []),
  host: v.optional(v.picklist(['kernel', 'wasmer']), 'kernel'),
  seed: v.optional(v.pipe(v.number(), v.safeInteger()), DEFAULT_SEED),
  untraced: v.boolean(),
  example: v.optional(v.string()),
  hand: v.optional(v.array(v.custom<Decision>(isDecision)), []),
  annotations: v.optional(v.custom<readonly Note[]>(areNotes), []),
})

const settingsForm = v.object({
  theme: v.picklist(['system', 'light', 'dark']),
  singleKeys: v.boolean(),
  notes: v.array(v.picklist([1, 2, 3])),
  projector: v.optional(v.boolean(), false),
})

/** The document as it is now. */
export const documentNow = (): KeptDocument => {
  const { script, tracer, guest, module, argv, stdin, tty, env, files, host, seed, untraced, example, annotations, recipe } = app.getState()
  const hand = tracer === 'hand' ? recipe?.hand : undefined
  return { script, tracer, guest, module, argv, stdin, tty, env, files, host, seed, untraced, example, annotations, ...(hand === undefined ? {} : { hand }) }
}

/** A document that was kept: what was being edited, or the draft under an opened link. */
export const recallDocument = async (name: 'document' | 'draft'): Promise<KeptDocument | undefined> => {
  const kept = v.safeParse(documentForm, await recall(name))
  return kept.success ? { ...kept.output, module: kept.output.module, example: kept.output.example } : undefined
}

export const recallSettings = async (): Promise<Settings | undefined> => {
  const kept = v.safeParse(settingsForm, await recall('settings'))
  return kept.success ? kept.output : undefined
}

/** What a document is made of; its lists and texts are replaced, never changed. */
const PARTS = ['script', 'tracer', 'guest', 'module', 'argv', 'stdin', 'tty', 'env', 'files', 'host', 'seed', 'untraced'] as const

/** Whether another run would come of it. */
export const documentChanged = (a: AppState, b: AppState): boolean => PARTS.some((part) => a[part] !== b[part])

/** Keeps the run that has just ended, so that a reload shows it again. */
const keepRecording = async ({ recipe, end, counts, digest, cursor, trace }: AppState): Promise<void> => {
  if (recipe === undefined || end === undefined || counts === undefined || digest === undefined) return
  const size = trace.events.byteLength + trace.outcomes.byteLength + trace.outputs.byteLength
  if (size > MOST_KEPT) return keep('recording', undefined)
  const { compressFast } = await import('../share/compress.ts')
  await keep('recording', encodeRecording({ recipe, end, counts, digest, cursor, trace }, compressFast))
}

/** Keeps what changes from here on: the document, the settings, the run. */
export const persist = (): void => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = (): void => {
    clearTimeout(timer)
    timer = undefined
    // An exercise keeps its own draft, and what was edited before it stays as it was.
    if (app.getState().exercise === undefined) void keep('document', documentNow())
  }
  app.subscribe((now, before) => {
    if (documentChanged(now, before) || now.example !== before.example || now.annotations !== before.annotations || now.recipe?.hand !== before.recipe?.hand) {
      clearTimeout(timer)
      timer = setTimeout(write, QUIET)
    }
    if (now.theme !== before.theme || now.singleKeys !== before.singleKeys || now.notes !== before.notes || now.projector !== before.projector) {
      void keep('settings', { theme: now.theme, singleKeys: now.singleKeys, notes: now.notes, projector: now.projector })
    }
    if (now.exercise === undefined && now.phase === 'ended' && before.phase !== 'ended' && before.phase !== 'idle') void keepRecording(now)
  })
  // A tab that is closed or put away within the quiet time must not lose the last words.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && timer !== undefined) write()
  })
}
