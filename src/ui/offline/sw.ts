import { FileCache, nameOf, type ListedFile } from './file-cache.ts'
import { isToWorker } from './message.ts'

// lib.dom knows no service worker's scope, and lib.webworker cannot stand beside it in one program.
interface LastingEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface FetchEvent extends LastingEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface WorkerScope {
  /** Put here by the build (vite.config.ts). */
  readonly __WB_MANIFEST: readonly ListedFile[]
  readonly registration: ServiceWorkerRegistration
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: LastingEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void
  addEventListener(type: 'message', listener: (event: LastingEvent & MessageEvent<unknown>) => void): void
}
declare const self: WorkerScope

const { scope } = self.registration
const listed = self.__WB_MANIFEST
const opening = caches.open(`skipcall ${scope}`).then((cache) => new FileCache({ scope, files: listed, cache, fetch: (request) => fetch(request) }))
const names = new Set(listed.map(({ url }) => url))

/** Names with a hash: those that a page of the build before may still ask for. */
const LASTING = /^(?:assets\/|guests\/[0-9a-f]{64})/

self.addEventListener('install', (event) => {
  // A first visit waits for nothing but what it needs. An update is whole before anybody is offered it: who takes it may be
  // without a network the next minute.
  const update = self.registration.active !== null
  event.waitUntil(opening.then((files) => (update ? files.bringAll() : files.bringFirst())))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(opening.then((files) => files.forgetOld()).then(() => self.clients.claim()))
})

const answer = async (name: string, request: Request): Promise<Response> => {
  const files = await opening
  const here = await files.find(name)
  if (here !== undefined) return here
  return files.isListed(name) ? files.bring(name) : fetch(request)
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const name = request.method === 'GET' ? nameOf(request.url, scope) : undefined
  if (name !== undefined && (names.has(name) || LASTING.test(name))) event.respondWith(answer(name, request))
})

self.addEventListener('message', (event) => {
  const { data, ports } = event
  if (!isToWorker(data)) return
  switch (data.type) {
    case 'fill':
      // What could not be had now is tried again at the next visit.
      event.waitUntil(opening.then((files) => files.bringAll()).catch(() => undefined))
      break
    case 'stock':
      event.waitUntil(opening.then((files) => files.stock()).then((stock) => ports[0]?.postMessage(stock)))
      break
    case 'take-over':
      event.waitUntil(self.skipWaiting())
      break
    default:
  }
})
