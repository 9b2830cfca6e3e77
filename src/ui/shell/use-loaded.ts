import { useEffect, useState } from 'react'

/** What a promise has given so far. The function must be the same one in each render. */
export const useLoaded = <T>(load: () => Promise<T>): { readonly value?: T; readonly problem?: string } => {
  const [state, setState] = useState<{ readonly value?: T; readonly problem?: string }>({})
  useEffect(() => {
    let wanted = true
    load().then(
      (value) => wanted && setState({ value }),
      (error: unknown) => wanted && setState({ problem: error instanceof Error ? error.message : String(error) }),
    )
    return () => {
      wanted = false
    }
  }, [load])
  return state
}
