import * as v from 'valibot'
import { keep, recall, recallAll } from '../session/storage.ts'
import { app } from '../state/store.ts'

/** Keystrokes are kept this long after the last of them. */
const QUIET = 400

const draftForm = v.object({
  script: v.string(),
  replies: v.record(v.string(), v.string()),
  hints: v.number(),
  standing: v.picklist(['begun', 'passed']),
})

/** What a student has done about an exercise, as this browser keeps it. */
export type Draft = v.InferOutput<typeof draftForm>

/** What was kept of an exercise. */
export const recallDraft = async (id: string): Promise<Draft | undefined> => {
  const kept = v.safeParse(draftForm, await recall(`exercise/${id}`))
  return kept.success ? kept.output : undefined
}

/** How far the student is with every exercise. */
export const recallStandings = async (): Promise<Readonly<Record<string, Draft['standing']>>> => {
  const kept = await recallAll('exercise/')
  return Object.fromEntries(kept.flatMap(([key, value]) => {
    const draft = v.safeParse(draftForm, value)
    return draft.success ? [[key.slice('exercise/'.length), draft.output.standing] as const] : []
  }))
}

let timer: ReturnType<typeof setTimeout> | undefined
/** An answer that came in a link is not the student's own, and replaces nothing. */
let foreign = false

/** Whether what is in the editor was handed in by somebody else. */
export const isForeign = (): boolean => foreign

/** From now on what is in the editor is the student's own, or somebody else's. */
export const setForeign = (is: boolean): void => {
  foreign = is
}

/** Keeps the draft of the open exercise now. */
export const keepDraft = async (): Promise<void> => {
  clearTimeout(timer)
  timer = undefined
  const { exercise, script, replies, hints, standings } = app.getState()
  if (exercise === undefined || foreign) return
  await keep(`exercise/${exercise.id}`, { script, replies, hints, standing: standings[exercise.id] ?? 'begun' })
}

/** Keeps what changes from here on. */
export const watchDraft = (): void => {
  app.subscribe((now, before) => {
    if (now.exercise === undefined || now.exercise !== before.exercise) return
    if (now.script === before.script && now.replies === before.replies && now.hints === before.hints && now.standings === before.standings) return
    clearTimeout(timer)
    timer = setTimeout(() => void keepDraft(), QUIET)
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && timer !== undefined) void keepDraft()
  })
}
