import { useSyncExternalStore } from 'react'

/** Whether a media query holds. */
export const useMedia = (query: string): boolean =>
  useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    () => matchMedia(query).matches,
  )

export type Width = 'wide' | 'tablet' | 'phone'

/** The layout for this width of the window: below 1,024 and below 640 CSS pixels things move. */
export const useWidth = (): Width => {
  const wide = useMedia('(min-width: 1024px)')
  const phone = useMedia('(max-width: 639.98px)')
  return wide ? 'wide' : phone ? 'phone' : 'tablet'
}
