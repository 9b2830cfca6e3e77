import { loadFilterLanguage } from '../filter/language.ts'

/** What the first picture does without, and a person may ask for next. */
const REST: readonly (() => Promise<unknown>)[] = [
  loadFilterLanguage,
  () => import('../tasks/task-tab.tsx'),
  () => import('../inspector/source-tab.tsx'),
  () => import('../hand/decision-bar.tsx'),
  () => import('../share/compress.ts'),
  () => import('../session/open-link.ts'),
]

/** Fetches it once the page is at rest, so that nobody waits for it, or sees an empty place, later. */
export const preloadRest = (): void => {
  const load = async (): Promise<void> => {
    await Promise.allSettled(REST.map((one) => one()))
    // Last of all: what is kept for a time without a network must not slow down the first visit.
    await (await import('../offline/register.ts')).registerWorker()
  }
  if ('requestIdleCallback' in window) requestIdleCallback(() => void load(), { timeout: 2000 })
  else setTimeout(() => void load(), 200)
}
