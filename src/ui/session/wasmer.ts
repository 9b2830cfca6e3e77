let fetching: Promise<string> | undefined
let text: string | undefined

/**
 * The text of @wasmer/wasi's module, as the machine wants it (protocol.ts). Fetched once; a failure is not kept.
 * Throws an Error with a sentence if it is not to be had.
 */
export const loadWasmer = (): Promise<string> => {
  fetching ??= import('@wasmer/wasi/dist/Library.esm.min.js?raw').then(
    (module) => (text = module.default),
    () => {
      fetching = undefined
      throw new Error('The package @wasmer/wasi, which is to execute the calls, could not be fetched: the network or the server is gone.')
    },
  )
  return fetching
}

/** The same if it is here already: every run takes it then, for its file system is the disk behind the kernel's. */
export const wasmerHere = (): string | undefined => text

/** Fetches it when the page has nothing else to do. */
export const loadWasmerLater = (): void => {
  if (fetching !== undefined) return
  // Whoever needs it asks again, and is told.
  const load = (): void => void loadWasmer().catch(() => {})
  if ('requestIdleCallback' in window) window.requestIdleCallback(load)
  else setTimeout(load, 1000)
}
