import { assetUrl } from '../session/asset.ts'
import { documentNow } from '../session/persist.ts'
import { keep } from '../session/storage.ts'
import { app } from '../state/store.ts'
import type { Stock } from './file-cache.ts'
import type { ToWorker } from './message.ts'

/** A page that stays open asks for a new version when somebody comes back to it, but not more often than this, in milliseconds. */
const ASK_AFTER = 3_600_000

let registration: ServiceWorkerRegistration | undefined

const tell = (worker: ServiceWorker | null | undefined, message: ToWorker, ports: Transferable[] = []): void => worker?.postMessage(message, ports)

/** Writes down what is being edited, an exercise's draft included. */
const keepWork = async (): Promise<void> => {
  if (app.getState().exercise === undefined) await keep('document', documentNow())
  else await (await import('../exercise/draft.ts')).keepDraft()
}

/** Whether a new version has been fetched and waits to be taken. */
export const hasUpdate = (): boolean => registration?.waiting !== null && registration?.waiting !== undefined

/** Keeps what is being edited, and opens the page again in the new version. */
export const takeUpdate = async (): Promise<void> => {
  await keepWork()
  const waiting = registration?.waiting
  if (waiting === null || waiting === undefined) {
    location.reload()
    return
  }
  taking = true
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  tell(waiting, { type: 'take-over' })
}
let taking = false

/** Says it as soon as nothing else is being said. */
const say = (cause: string): void => {
  const offer = (): void => app.getState().arrange({
    notice: { tone: 'plain', cause, cure: 'What you are editing is kept.', action: { title: 'Reload', run: () => void takeUpdate() } },
  })
  if (app.getState().notice === undefined) {
    offer()
    return
  }
  const stop = app.subscribe(({ notice }) => {
    if (notice !== undefined) return
    stop()
    offer()
  })
}

const offerUpdate = (): void => say('A new version is ready.')

const watchUpdates = (of: ServiceWorkerRegistration): void => {
  if (of.waiting !== null && navigator.serviceWorker.controller !== null) offerUpdate()
  of.addEventListener('updatefound', () => {
    const { installing } = of
    installing?.addEventListener('statechange', () => {
      // The first one waits for nobody.
      if (installing.state === 'installed' && of.active !== null) offerUpdate()
    })
  })
  let controlled = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (controlled && !taking) say('The page was brought up to date in another tab.')
    controlled = true
  })
  let asked = performance.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || performance.now() - asked < ASK_AFTER) return
    asked = performance.now()
    // Without a network there is nothing new, and that is no error.
    of.update().catch(() => undefined)
  })
}

/** On a connection that is paid by the byte only what is used is kept. */
const isThrifty = (): boolean => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true

/**
 * Lets the page work without a network from now on: its service worker keeps the shell, and then, unless the person is
 * saving data, everything. Where there is none (a private window, plain HTTP) the page works as before.
 */
export const registerWorker = async (): Promise<void> => {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  try {
    const made: ServiceWorkerRegistration | undefined = await navigator.serviceWorker.register(assetUrl('sw.js'), { scope: assetUrl('./') })
    // A browser under test may have been told to do nothing.
    if (made === undefined) return
    registration = made
    watchUpdates(made)
    await navigator.serviceWorker.ready
    if (!isThrifty()) tell(made.active, { type: 'fill' })
  } catch {
    // As said: a page that cannot be kept is still a page.
  }
}

/** How much of the page is kept here for a time without a network; undefined where nothing is. */
export const stockOf = (): Promise<Stock | undefined> =>
  new Promise((resolve) => {
    const active = registration?.active
    if (active === null || active === undefined) {
      resolve(undefined)
      return
    }
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }: MessageEvent<Stock>) => {
      port1.close()
      resolve(data)
    }
    tell(active, { type: 'stock' }, [port2])
  })

/** Fetches what is not kept yet, also for who saves data: they asked. */
export const fillStock = (): void => tell(registration?.active, { type: 'fill' })

/** Takes back everything that was kept for a time without a network. */
export const unregisterWorker = async (): Promise<void> => {
  if (!('serviceWorker' in navigator)) return
  const scope = assetUrl('./')
  const all = await navigator.serviceWorker.getRegistrations()
  await Promise.all(all.filter((one) => one.scope === scope).map((one) => one.unregister()))
  registration = undefined
  await caches.delete(`skipcall ${scope}`)
}
