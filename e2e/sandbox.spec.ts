import { linkTo } from './link.ts'
import { expect, test } from './test.ts'

/** Names of the platform, none of which a stranger's script may find. */
const DENIED = [
  'fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'RTCPeerConnection', 'indexedDB', 'caches', 'localStorage',
  'sessionStorage', 'cookieStore', 'postMessage', 'onmessage', 'addEventListener', 'dispatchEvent', 'close', 'Worker', 'SharedWorker',
  'ServiceWorker', 'MessageChannel', 'MessagePort', 'BroadcastChannel', 'importScripts', 'WebAssembly', 'eval', 'Function',
  'location', 'navigator', 'origin', 'self', 'window', 'document', 'parent', 'top', 'frames', 'name', 'isSecureContext', 'crypto',
  'performance', 'setTimeout', 'setInterval', 'queueMicrotask', 'requestAnimationFrame', 'structuredClone', 'reportError', 'Blob',
  'File', 'FileReader', 'FileReaderSync', 'URL', 'URLSearchParams', 'Request', 'Response', 'Headers', 'FormData', 'OffscreenCanvas',
  'createImageBitmap', 'ImageData', 'Notification', 'SharedArrayBuffer', 'Atomics', 'WeakRef', 'FinalizationRegistry', 'Temporal',
  'Intl', 'TextEncoder', 'TextDecoder', 'scheduler', 'trustedTypes', 'webkitRequestFileSystem', 'DedicatedWorkerGlobalScope',
  'WorkerGlobalScope', 'EventTarget', 'Event', 'lockdown', 'harden', 'Compartment',
] as const

const PROBE = `const found: string[] = []
const names = ${JSON.stringify(DENIED)}
const world = globalThis as unknown as Record<string, unknown>
for (const name of names) if (world[name] !== undefined || typeof world[name] !== "undefined") found.push(name)
console.log("found: [" + found.join() + "]")

const left: string[] = []
for (let at: object | null = globalThis; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
  for (const key of Reflect.ownKeys(at)) if (typeof world[key as string] !== "undefined") left.push(String(key))
}
console.log("left: " + left.sort().join())
`

test('no name of the platform is there for a script', async ({ playground }) => {
  await playground.page.goto(`/${linkTo(PROBE)}`)
  await playground.hasEnded()
  await expect(playground.console.line('found: []')).toBeVisible()
  const left = (await playground.console.line(/left: /).innerText()).replace(/^.*left: /s, '').trim().split(',')
  expect(left.filter((name) => (DENIED as readonly string[]).includes(name))).toEqual([])
  // What is left is the language itself.
  expect(left.filter((name) => !/^[A-Z]/.test(name))).toEqual([
    'console', 'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'globalThis', 'isFinite', 'isNaN', 'parseFloat', 'parseInt',
  ])
})

const REFUSALS = `
const attempts: Record<string, () => unknown> = {
  function: () => (function () {}).constructor("return 1")(),
  async: () => (async () => {}).constructor("return 1")(),
  generator: () => (function* () {}).constructor("return 1")(),
  "async generator": () => (async function* () {}).constructor("return 1")(),
  "Array.prototype": () => { (Array.prototype as any).push = 1 },
  "Object.prototype": () => { (Object.prototype as any).polluted = 1 },
  "Promise.prototype": () => { (Promise.prototype as any).then = 1 },
  "Function.prototype": () => { (Function.prototype as any).call = 1 },
  "Uint8Array.prototype": () => { (Uint8Array.prototype as any).set = 1 },
  "Map.prototype": () => { (Map.prototype as any).get = 1 },
  "JSON": () => { (JSON as any).stringify = 1 },
  "Math": () => { (Math as any).random = 1 },
  "Reflect": () => { (Reflect as any).apply = 1 },
  "console": () => { (console as any).log = 1 },
  "String.prototype": () => { Object.defineProperty(String.prototype, "trim", { value: 1 }) },
  "a prototype": () => { Object.setPrototypeOf(Array.prototype, {}) },
}
for (const [name, attempt] of Object.entries(attempts)) {
  try {
    attempt()
    console.log("made: " + name)
  } catch {
    console.log("refused: " + name)
  }
}
console.log("over")
`

test('intrinsics are frozen, and code cannot be made', async ({ playground }) => {
  await playground.page.goto(`/${linkTo(REFUSALS)}`)
  await playground.hasEnded()
  await expect(playground.console.line(/script\s*over/)).toBeVisible()
  await expect(playground.console.line('made:')).toHaveCount(0)
  await expect(playground.console.line('refused:')).toHaveCount(16)
})

test('import.meta says nothing of where it runs', async ({ playground }) => {
  await playground.page.goto(`/${linkTo('console.log("meta: " + JSON.stringify({ ...import.meta }) + typeof import.meta.url)\n')}`)
  await playground.hasEnded()
  await expect(playground.console.line('meta:')).toHaveText(/meta: \{"url":"script\.ts"\}string$/)
})

test('import() is refused, with its line', async ({ playground }) => {
  await playground.page.goto(`/${linkTo('console.log(1)\nconst other = await import("https://example.org/x.js")\n')}`)
  const card = playground.console.failure('import() cannot be used here')
  await expect(card).toBeVisible()
  await expect(card.getByRole('button', { name: 'tracer.ts:2' })).toBeVisible()
})

test('import from a host is refused', async ({ page, playground }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(`/${linkTo('import x from "https://example.org/x.js"\nconsole.log(x)\n')}`)
  await expect(playground.console.failure()).toBeVisible()
  expect(asked.filter((url) => url.includes('example.org'))).toEqual([])
})

test('a script cannot forge a message: what it prints stays text, and nothing it holds posts', async ({ page, playground }) => {
  await page.goto(`/${linkTo(`
console.log('<img src=x onerror="document.title=1"><script>document.title=2</script>')
console.log({ type: "ended", end: { kind: "exited" }, digest: "0".repeat(64), counts: {} })
const reached: string[] = []
const seen = new Set<unknown>()
function visit(value: unknown, path: string) {
  if ((typeof value !== "object" && typeof value !== "function") || value === null || seen.has(value) || seen.size > 20000) return
  seen.add(value)
  for (const key of Reflect.ownKeys(value)) {
    if (/postMessage|onmessage|port1|port2/.test(String(key))) reached.push(path + "." + String(key))
    const property = Reflect.getOwnPropertyDescriptor(value, key)
    visit(property?.value, path + "." + String(key))
    visit(property?.get, path + "." + String(key))
  }
  visit(Object.getPrototypeOf(value), path + ".__proto__")
}
import * as api from "ptrace"
visit(globalThis, "globalThis")
visit(api, "api")
visit(api.trace, "trace")
console.log("reached: [" + reached.join() + "]")
await api.waitpid(api.spawn("hello"))
api.kill(2, 9)
await api.waitpid(2)
`)}`)
  await playground.hasEnded()
  await expect(playground.console.line('reached: []')).toBeVisible()
  await expect(playground.console.line('<img src=x')).toBeVisible()
  await expect(page).toHaveTitle(/Skipcall/)
  await expect(page.getByRole('region', { name: 'Console' }).locator('img')).toHaveCount(0)
  // The digest is the machine's, not the one that the script made up.
  expect(await playground.digest()).not.toBe('0'.repeat(64))
})

test('the sandbox has an origin of its own: no page, no storage, no connection, whatever runs there', async ({ page, playground }) => {
  await playground.open()
  await playground.editor.write('import { spawn, waitpid } from "ptrace"\n\nawait waitpid(spawn("hello"))\nfor (let i = 0; ; i = (i + 1) % 1000) if (i < 0) break\n')
  const starting = page.waitForEvent('worker', (worker) => worker.url().startsWith('blob:'))
  await playground.runButton().click()
  const worker = await starting
  expect(worker.url()).toMatch(/^blob:null\//)
  const frame = page.locator('iframe[title="Sandbox of the machine"]')
  await expect(frame).toHaveAttribute('sandbox', 'allow-scripts')
  await expect(frame).toHaveAttribute('srcdoc', /connect-src 'none'/)
  const inside = page.frames().find((one) => one !== page.mainFrame())
  const tried = await inside?.evaluate(async () => {
    const attempt = async (act: () => unknown): Promise<string> => {
      try {
        await act()
        return 'done'
      } catch {
        return 'refused'
      }
    }
    return {
      origin: self.origin,
      page: await attempt(() => parent.document.title),
      storage: await attempt(() => localStorage.length),
      cookies: await attempt(() => document.cookie),
      connection: await attempt(() => fetch('https://example.org/')),
      home: await attempt(() => fetch('/guests/manifest.json')),
    }
  })
  expect(tried).toEqual({ origin: 'null', page: 'refused', storage: 'refused', cookies: 'refused', connection: 'refused', home: 'refused' })
})

test('during a run nothing is asked of anybody but the page’s own files, and they are asked for by the page', async ({ page, playground }) => {
  await playground.open()
  const asked: { readonly url: string; readonly inside: boolean }[] = []
  page.on('request', (request) => asked.push({ url: request.url(), inside: request.frame() !== page.mainFrame() }))
  await playground.runs(() => playground.chooseExample('The disk is full'))
  const origin = new URL(page.url()).origin
  const outward = asked.filter(({ url, inside }) => !url.startsWith('blob:') && url !== 'about:srcdoc' && (inside || !url.startsWith(`${origin}/`)))
  expect(outward).toEqual([])
})
