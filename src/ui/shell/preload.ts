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
  const load = (): void => void Promise.allSettled(REST.map((one) => one()))
  if ('requestIdleCallback' in window) requestIdleCallback(load, { timeout: 2000 })
  else setTimeout(load, 200)
}
