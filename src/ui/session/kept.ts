import { app } from '../state/store.ts'
import { loadManifest } from './manifest.ts'
import { recipeOf } from './recipe-of.ts'
import { startRun } from './run.ts'
import type { KeptDocument } from './storage.ts'

/** Puts a document that was kept back into the editor. */
export const putBack = ({ hand: _, ...document }: KeptDocument): void => app.getState().edit(document)

/** Runs it again; one by hand waits where it waited. */
export const runKept = async ({ hand = [], ...document }: KeptDocument): Promise<void> => {
  if (document.tracer !== 'hand') return startRun()
  const recipe = recipeOf(document, await loadManifest(), app.getState().yours)
  return startRun({ recipe: { ...recipe, hand } })
}
