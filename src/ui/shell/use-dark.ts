import { useApp } from '../state/store.ts'
import { useMedia } from './use-media.ts'

/** Whether what is shown is dark: pinned, or as the system has it. */
export const useDark = (): boolean => {
  const theme = useApp((state) => state.theme)
  const system = useMedia('(prefers-color-scheme: dark)')
  return theme === 'dark' || (theme === 'system' && system)
}
