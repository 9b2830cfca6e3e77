import { endingOf, judge, type Ending, type FaultOutcome } from '../../engine/fault/outcome.ts'
import { planFaults, recipeWith, type Fault, type Plan } from '../../engine/fault/plan.ts'
import type { Recipe } from '../../engine/recipe.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { modulesOf, runAside, type AsideRun } from '../session/aside.ts'

/** Machines that run branches at a time: of two cores, one is the page's. */
const MACHINES = 2
/** A branch whose machine says nothing for so long, in milliseconds, hangs where no budget reaches. */
const SILENCE = 10_000

/** A branch that has been run and judged. */
export interface Found {
  readonly fault: Fault
  readonly outcome: FaultOutcome
}

/** How far an exploration is. */
export interface Exploration {
  readonly plan: Plan
  readonly found: readonly Found[]
  /** Milliseconds since it began. */
  readonly took: number
}

export interface ExploreOptions {
  readonly onwards: boolean
  /** Its abort ends the exploration; what was found stays. */
  readonly signal: AbortSignal
  /** Something has been found. */
  readonly tell: (now: Exploration) => void
}

const failedAside = (thrown: unknown): FaultOutcome => ({ kind: 'hang', sentence: thrown instanceof Error ? thrown.message : String(thrown) })

/**
 * Fails every call of a run with every errno that it can return, each in a machine of its own, and judges what comes of
 * it by what the same run comes to when nothing fails. Throws an Error with a sentence if it cannot begin.
 */
export const explore = async (recipe: Recipe, trace: Trace, { onwards, signal, tell }: ExploreOptions): Promise<Exploration> => {
  const began = performance.now()
  const modules = await modulesOf(recipe)
  const plan = planFaults(trace, { onwards })
  const found: Found[] = []
  const now = (): Exploration => ({ plan, found: [...found], took: performance.now() - began })
  const ended = ({ trace: made, end, files }: AsideRun): Ending => endingOf(made, end, files)
  const usual = ended(await runAside(recipe, modules, { signal, files: true }))
  let next = 0
  const work = async (): Promise<void> => {
    while (next < plan.faults.length && !signal.aborted) {
      const fault = plan.faults[next++] as Fault
      let outcome: FaultOutcome
      try {
        outcome = judge(usual, ended(await runAside(recipeWith(recipe, trace, fault), modules, { signal, files: true, silence: SILENCE })))
      } catch (thrown) {
        if (signal.aborted) return
        outcome = failedAside(thrown)
      }
      found.push({ fault, outcome })
      tell(now())
    }
  }
  tell(now())
  await Promise.all(Array.from({ length: MACHINES }, work))
  return now()
}
