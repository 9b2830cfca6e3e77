import { parentPort } from 'node:worker_threads'
import { tame } from './error.ts'
import { lockRealm } from './realm.ts'

/**
 * For realm.test.ts: a thread whose realm is locked, in which modules of its parent's run. They say what they see
 * with `report(…)`.
 */
const port = parentPort
if (port === null) throw new Error('this is the entry of a worker thread')
const post = port.postMessage.bind(port)
const isFrozen = Object.isFrozen
const names = Object.getOwnPropertyNames
const encode = encodeURIComponent
const before = names(globalThis)
const chain = (): string[] => {
  const found: string[] = []
  for (let at: object | null = globalThis; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at) as object | null) found.push(...names(at))
  return found
}

const left = lockRealm({ now: () => 86_400_000 * 365, random: () => 0.25, console: { log: Object.freeze(post) } })

/** Everything that can be reached from the globals without calling anything, and is not frozen. */
const unfrozen = (): string[] => {
  const seen = new Set<unknown>()
  const found: string[] = []
  const visit = (value: unknown, path: string): void => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return
    seen.add(value)
    if (value !== globalThis && !isFrozen(value)) found.push(path)
    for (const key of Reflect.ownKeys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, key)
      visit(property?.value, `${path}.${String(key)}`)
      visit(property?.get, `${path}.get ${String(key)}`)
      visit(property?.set, `${path}.set ${String(key)}`)
    }
    visit(Object.getPrototypeOf(value), `${path}.__proto__`)
  }
  visit(globalThis, 'globalThis')
  for (const [name, value] of Object.entries({
    function: () => {}, generator: Object.getPrototypeOf((function* () {})()), asyncGenerator: Object.getPrototypeOf((async function* () {})()), async: async () => {},
    arrayIterator: [][Symbol.iterator](), mapIterator: new Map().entries(), setIterator: new Set().values(),
    stringIterator: ''[Symbol.iterator](), matchAll: 'a'.matchAll(/a/g),
  })) visit(Object.getPrototypeOf(value), name)
  return found
}

port.on('message', (source: string) => {
  const globals = globalThis as unknown as Record<string, unknown>
  globals['report'] = post
  globals['tame'] = tame
  import(`data:text/javascript,${encode(source)}`).catch((error: unknown) => post(`threw ${String(error)}`))
})
post({ before, after: chain(), left, unfrozen: unfrozen() })
