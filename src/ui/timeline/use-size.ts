import { useEffect, useState, type RefCallback } from 'react'

/** CSS pixels, and the device pixels of each. */
export interface Size {
  readonly width: number
  readonly height: number
  readonly ratio: number
}

/** The content size of the element that gets the ref, and the device's pixel ratio, as they change. */
export const useSize = (): readonly [RefCallback<HTMLElement>, Size] => {
  const [host, setHost] = useState<HTMLElement | null>(null)
  const [size, setSize] = useState<Size>({ width: 0, height: 0, ratio: 1 })
  useEffect(() => {
    if (host === null) return
    const measure = (): void =>
      setSize((old) => {
        const { clientWidth: width, clientHeight: height } = host
        const ratio = window.devicePixelRatio || 1
        return old.width === width && old.height === height && old.ratio === ratio ? old : { width, height, ratio }
      })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(host)
    // Zooming the page changes the ratio; moving to another screen fires resize too.
    window.addEventListener('resize', measure)
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', measure)
    }
  }, [host])
  return [setHost, size]
}
