import { useEffect, useState, type RefCallback } from 'react'
import { readPalette, watchTheme, type Palette } from './theme-colors.ts'

/** The colours as they are computed at the element that gets the ref, read again when the theme changes. */
export const usePalette = (): readonly [Palette | undefined, RefCallback<HTMLElement>] => {
  const [host, setHost] = useState<HTMLElement | null>(null)
  const [palette, setPalette] = useState<Palette>()
  useEffect(() => {
    if (host === null) return
    const read = (): void => setPalette(readPalette(host))
    read()
    return watchTheme(read)
  }, [host])
  return [palette, setHost]
}
