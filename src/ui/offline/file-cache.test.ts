import { expect, test } from 'vitest'
import { FileCache, namedIn, nameOf, type ListedFile } from './file-cache.ts'

const SCOPE = 'https://school.example/course/os/'

/** A cache in memory: what FileCache uses of one. */
const makeCache = () => {
  const kept = new Map<string, Response>()
  const urlOf = (key: RequestInfo | URL): string => (key instanceof Request ? key.url : String(key))
  const cache: Pick<Cache, 'match' | 'put' | 'delete' | 'keys'> = {
    match: async (key) => kept.get(urlOf(key))?.clone(),
    put: async (key, response) => void kept.set(urlOf(key), response),
    delete: async (key) => kept.delete(urlOf(key)),
    keys: async () => [...kept.keys()].map((url) => new Request(url)),
  }
  return cache as Cache
}

const SERVED: Readonly<Record<string, string>> = {
  '': '<link href="./icon.svg"><script src="./assets/index-1.js"></script>', 'icon.svg': 'icon', 'assets/index-1.js': 'one', 'assets/index-2.js': 'two',
  'machine.js': 'machine', 'guests/manifest.json': '{}',
}

const makeFiles = (files: readonly ListedFile[], cache = makeCache(), served = SERVED) => {
  const asked: string[] = []
  const fetch = async ({ url }: Request): Promise<Response> => {
    const name = url.slice(SCOPE.length)
    asked.push(name)
    return new Response(served[name] ?? 'none', { status: served[name] === undefined ? 404 : 200 })
  }
  return { files: new FileCache({ scope: SCOPE, files, cache, fetch }), cache, asked }
}

const FIRST: readonly ListedFile[] = [
  { url: 'index.html', revision: 'a' }, { url: 'icon.svg', revision: 'b' }, { url: 'assets/index-1.js', revision: null }, { url: 'guests/manifest.json', revision: 'c' },
  { url: 'machine.js', revision: 'm' },
]
const SECOND: readonly ListedFile[] = [
  { url: 'index.html', revision: 'a2' }, { url: 'icon.svg', revision: 'b' }, { url: 'assets/index-2.js', revision: null }, { url: 'guests/manifest.json', revision: 'c' },
  { url: 'machine.js', revision: 'm2' },
]

test('the files that a page names are those beside it', () => {
  expect(namedIn('<a href="https://x.example/">…</a><script src="./assets/a.js"></script><link href="./b.css#x">')).toEqual(['assets/a.js'])
})

test.for([
  ['', 'index.html'], ['?embed=1', 'index.html'], ['index.html', 'index.html'], ['guests/manifest.json', 'guests/manifest.json'],
])('%s below the scope means %s', ([path, name]) => {
  expect(nameOf(SCOPE + path, SCOPE)).toBe(name)
})

test('an address beside the scope means no file', () => {
  expect(nameOf('https://school.example/course/', SCOPE)).toBeUndefined()
})

test('the first visit fetches what it needs once, the page by the name of its folder', async () => {
  const { files, asked } = makeFiles(FIRST)
  await files.bringFirst()
  await files.bringFirst()
  expect(asked.toSorted()).toEqual(['', 'assets/index-1.js', 'guests/manifest.json', 'icon.svg', 'machine.js'])
})

test('an update fetches what has changed', async () => {
  const { files, cache } = makeFiles(FIRST)
  await files.bringAll()
  const next = makeFiles(SECOND, cache)
  await next.files.bringAll()
  expect(next.asked.toSorted()).toEqual(['', 'assets/index-2.js', 'machine.js'])
  expect(await next.files.stock()).toEqual({ have: 5, of: 5 })
})

test('the build before keeps the parts that have a hash, and the one before it goes', async () => {
  const { files, cache } = makeFiles(FIRST)
  await files.bringAll()
  await files.forgetOld()
  const second = makeFiles(SECOND, cache).files
  await second.bringAll()
  await second.forgetOld()
  expect(await (await second.find('assets/index-1.js'))?.text()).toBe('one')
  const third = makeFiles(SECOND, cache).files
  await third.forgetOld()
  expect(await third.find('assets/index-1.js')).toBeUndefined()
  expect(await third.stock()).toEqual({ have: 5, of: 5 })
})

test('what the server does not have is told, and the rest is kept', async () => {
  const { files } = makeFiles([...FIRST, { url: 'gone.txt', revision: 'z' }])
  await expect(files.bringAll()).rejects.toThrow('gone.txt could not be fetched: the server said 404')
  expect(await files.stock()).toEqual({ have: 5, of: 6 })
})
