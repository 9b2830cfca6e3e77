import type { Read } from '../../engine/link/problem.ts'
import { decodeRecording, type Recording } from '../../engine/link/recording.ts'
import type { Recipe } from '../../engine/recipe.ts'
import { isLink } from '../../engine/link/location.ts'
import { app } from '../state/store.ts'
import { fetchAsset } from './asset.ts'
import { loadExamples, loadScript, type Example } from './examples.ts'
import { putBack, runKept } from './kept.ts'
import { recallLayouts } from './layouts.ts'
import { openExample } from './open-example.ts'
import { packOld } from './pack-old.ts'
import { persist, recallDocument, recallSettings } from './persist.ts'
import { loadManifest } from './manifest.ts'
import { recallYours } from './own-guests.ts'
import { documentOf } from './recipe-of.ts'
import { recall, type KeptDocument } from './storage.ts'

const NOTES = [1, 2, 3]

/** A branch by hand of a script's run is still that script's. */
const isOf = ({ hand, handFrom, script }: Recipe, document: KeptDocument): boolean =>
  document.tracer === 'hand'
    ? hand !== undefined && JSON.stringify(hand) === JSON.stringify(document.hand ?? [])
    : (hand === undefined || handFrom !== undefined) && (script ?? '') === document.script

/** What inflates comes beside the bytes. */
const inflater = import('../share/inflate.ts')
const readRecording = async (bytes: Uint8Array): Promise<Read<Recording>> => decodeRecording(bytes, (await inflater).inflate)

const keptRecording = async (document: KeptDocument): Promise<Recording | undefined> => {
  const bytes = await recall('recording')
  if (!(bytes instanceof Uint8Array)) return undefined
  const read = await readRecording(bytes)
  // A recording of another script would show lines that are not there.
  return read.ok && isOf(read.value.recipe, document) ? read.value : undefined
}

const firstRecording = async (): Promise<Recording | undefined> => {
  try {
    const read = await readRecording(new Uint8Array(await (await fetchAsset('examples/first-run.bin')).arrayBuffer()))
    return read.ok ? read.value : undefined
  } catch {
    return undefined // The first example is run instead.
  }
}

const firstRecordingOf = async ({ script, guest }: KeptDocument): Promise<Recording | undefined> => {
  const first = await firstRecording()
  return first?.recipe.script === script && first.recipe.programs[0]?.name === guest ? first : undefined
}

/** The example that a recording is of, if it is of one. */
const exampleOf = async ({ recipe }: Recording, examples: readonly Example[]): Promise<string | undefined> => {
  for (const example of examples) {
    if (example.guest !== recipe.programs[0]?.name) continue
    if ((await loadScript(example).catch(() => '')) === recipe.script) return example.id
  }
  return undefined
}

/** Shows what was there before a reload, or the recording of the first example to somebody new. */
const openKept = async (kept: KeptDocument | undefined): Promise<void> => {
  const { edit, show, showRecording, arrange } = app.getState()
  if (kept !== undefined) {
    putBack(kept)
    // What a first visitor reloads before touching it is the first run still.
    const recording = (await keptRecording(kept)) ?? (await firstRecordingOf(kept))
    if (recording !== undefined) showRecording(recording)
    else if (kept.tracer === 'hand') await runKept(kept)
    return
  }
  const [recording, examples, manifest] = await Promise.all([
    firstRecording(), loadExamples().catch(() => []), loadManifest().catch(() => ({ guests: {} })),
  ])
  const [first] = examples
  if (recording === undefined) {
    if (first === undefined) arrange({ notice: { tone: 'danger', cause: 'The examples could not be fetched.', cure: 'Reload the page to try again.' } })
    else await openExample(first)
  } else {
    edit({ ...documentOf(recording.recipe, manifest), example: undefined })
    showRecording(recording)
    void exampleOf(recording, examples).then((example) => {
      if (app.getState().recipe === recording.recipe) edit({ example })
    })
  }
  // Whoever has closed a note and come back before writing anything is not new any more.
  if ((await recallSettings()) === undefined) show({ notes: NOTES })
}

/** What must be known before the first picture: the theme and the sizes of panes. */
export const recallLook = async (): Promise<void> => {
  const [settings] = await Promise.all([recallSettings(), recallLayouts()])
  if (settings === undefined) return
  app.getState().show({ theme: settings.theme, notes: settings.notes })
  app.getState().arrange({ singleKeys: settings.singleKeys, projector: settings.projector })
}

/** Links are opened by few, and after the first picture by hardly anybody. */
const openLocation = async (): Promise<boolean> => isLink(location.hash) && (await import('./open-link.ts')).openLocation()

const openExercise = async (): Promise<boolean> => (await import('../exercise/open-exercise.ts')).openExerciseLocation()

/** Fills the page: from the link in its address, from what was kept, or with the first run. */
export const openPage = async (): Promise<void> => {
  const [kept] = await Promise.all([recallDocument('document'), recallYours()])
  if (location.hash.startsWith('#ex=')) {
    if (kept !== undefined) putBack(kept)
    // Most visits open none: what it takes comes when one does.
    if (!(await openExercise())) await openKept(kept)
  } else if (isLink(location.hash)) {
    if (kept !== undefined) putBack(kept)
    if (!(await openLocation())) await openKept(kept)
  } else await openKept(kept)
  persist()
  packOld()
  void recall('branches').then(async (kept) => (kept === undefined ? undefined : (await import('../branches/lanes.ts')).recallBranches()))
  window.addEventListener('hashchange', () => void (location.hash.startsWith('#ex=') ? openExercise() : openLocation()))
}
