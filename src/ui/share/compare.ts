import { isSameRun } from '../../engine/branch.ts'
import { firstDifference, type Checkpoints } from '../../engine/link/checkpoint.ts'
import { shownRecipe, type LinkContent } from '../../engine/link/container.ts'
import { SEMANTICS } from '../../engine/recipe.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { app } from '../state/store.ts'

const count = (n: number): string => n.toLocaleString('en')

/** Where a run parts from its sender's, in a sentence; empty where the link does not tell. */
export const differenceText = (checkpoints: Checkpoints | undefined, trace: Trace): string => {
  if (checkpoints === undefined) return ''
  const found = firstDifference(checkpoints, trace)
  switch (found.kind) {
    case 'parts':
      return found.until - found.after <= 1 ? ` The first difference is event ${count(found.until)}.`
        : ` The first difference is between events ${count(found.after + 1)} and ${count(found.until)}.`
    case 'shorter':
      return ` It ends after event ${count(found.length)}; up to there both are the same, but theirs has ${count(checkpoints.events)}.`
    case 'longer':
      return ` Both are the same up to event ${count(checkpoints.events)}, where theirs ends; this one has ${count(found.length)}.`
    case 'quiet':
      return ' Every event is the same: only virtual times differ, or what was written.'
  }
}

let stop = (): void => {}

/**
 * Compares the run that a link has begun, once it is over, with the one that its sender saw, and says where they part. Another
 * run ends the wait.
 */
export const compareWith = (content: LinkContent): void => {
  stop()
  const { digest, checkpoints } = content
  if (digest === undefined) return
  const recipe = shownRecipe(content)
  const look = (): void => {
    const now = app.getState()
    if (now.recipe !== undefined && !isSameRun(now.recipe, recipe)) return stop()
    if (now.phase !== 'ended' || now.digest === undefined) return
    stop()
    if (now.digest.startsWith(digest)) return
    const { digest: mine, trace } = now
    const rules = recipe.engine === SEMANTICS ? 'One of you has another version of Skipcall: reload the page, and ask the sender to do the same.'
      : `It was made by version ${recipe.engine} of the engine’s rules, and this page has version ${SEMANTICS}: ask for the link to the recording.`
    // After what the session itself says of the end.
    setTimeout(() => app.getState().arrange({
      notice: {
        tone: 'warn',
        cause: `This run is not the sender’s: its digest begins ${mine.slice(0, 8)}, theirs ${digest.slice(0, 8)}.${differenceText(checkpoints, trace)}`,
        cure: rules,
      },
    }))
  }
  stop = app.subscribe(look)
  look()
}
