import { endingOf, type Ending } from '../../engine/fault/outcome.ts'
import type { Recipe } from '../../engine/recipe.ts'
import { modulesOf, runAside, type AsideRun } from '../session/aside.ts'
import { firstOther, isSameEnding, type Tried } from './outcome-group.ts'

/** Schedules that are tried: 1 to this. */
export const SCHEDULES = 100
/** Machines that run at a time: of two cores, one is the page's. */
const MACHINES = 2
/** A run whose machine says nothing for so long, in milliseconds, hangs where no budget reaches. */
const SILENCE = 10_000

/** How far it is. */
export interface Trial {
  readonly usual: Ending
  readonly tried: readonly Tried[]
  /** Milliseconds since it began. */
  readonly took: number
  /** The run under the first schedule that comes to another end, once that is known, and the run beside which it is one. */
  readonly found: { readonly schedule: number; readonly run: AsideRun; readonly beside: AsideRun } | undefined
}

interface TrialOptions {
  /** Its abort ends the trial; what was tried stays. */
  readonly signal: AbortSignal
  readonly tell: (now: Trial) => void
}

/**
 * Runs a recipe under a hundred schedules, each in a machine of its own, to its end wherever somebody stopped it. Throws
 * an Error with a sentence if it cannot begin.
 */
export const trySchedules = async ({ stopAt: _, ...recipe }: Recipe, { signal, tell }: TrialOptions): Promise<void> => {
  const began = performance.now()
  const modules = await modulesOf(recipe)
  const beside = await runAside(recipe, modules, { signal, files: true })
  const ended = ({ trace, end, files }: AsideRun): Ending => endingOf(trace, end, files)
  const usual = ended(beside)
  const tried: Tried[] = []
  /** Runs that may be the first other one: only the earliest is kept, a trace may be large. */
  let earliest: { readonly schedule: number; readonly run: AsideRun } | undefined
  const now = (): Trial => {
    const first = firstOther(usual, tried)
    return { usual, tried: [...tried], took: performance.now() - began, found: earliest !== undefined && first === earliest.schedule ? { ...earliest, beside } : undefined }
  }
  let next = 1
  const work = async (): Promise<void> => {
    while (next <= SCHEDULES && !signal.aborted) {
      const schedule = next++
      let ending: Ending | undefined
      try {
        const run = await runAside({ ...recipe, schedule }, modules, { signal, files: true, silence: SILENCE })
        ending = ended(run)
        if (!isSameEnding(usual, ending) && (earliest === undefined || schedule < earliest.schedule)) earliest = { schedule, run }
      } catch {
        if (signal.aborted) return
      }
      tried.push({ schedule, ending })
      tell(now())
    }
  }
  tell(now())
  await Promise.all(Array.from({ length: MACHINES }, work))
}
