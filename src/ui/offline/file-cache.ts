/** A file of the page, as the build lists it: a name with a hash in it has no revision. */
export interface ListedFile {
  /** Below the worker's scope. */
  readonly url: string
  readonly revision: string | null
}

/** How much of the page is here. */
export interface Stock {
  readonly have: number
  readonly of: number
}

interface FileCacheOptions {
  /** Where the worker's files begin, with a slash at its end. */
  readonly scope: string
  readonly files: readonly ListedFile[]
  readonly cache: Cache
  readonly fetch: (request: Request) => Promise<Response>
}

/** What the first picture and the first run take, besides what index.html names. */
const FIRST = ['index.html', 'manifest.webmanifest', 'icon.svg', 'machine.js', 'guests/manifest.json', 'examples/index.json', 'examples/first-run.bin']
/** So many files are fetched at a time: somebody may be working meanwhile. */
const AT_ONCE = 3

/** The files that a page's text names as its own. */
export const namedIn = (html: string): readonly string[] => [...html.matchAll(/\b(?:src|href)="\.\/([^"#?]+)"/g)].map(([, name = '']) => name)

/** The name of the file below the scope that an address means, whatever stands behind its `?`. */
export const nameOf = (address: string, scope: string): string | undefined => {
  const { origin, pathname } = new URL(address)
  const path = origin + pathname
  if (!path.startsWith(scope)) return undefined
  return path.slice(scope.length) || 'index.html'
}

/** A redirected answer must not be given to a navigation, and a kept one is as good without its history. */
const clean = async (response: Response): Promise<Response> =>
  response.redirected ? new Response(await response.blob(), { headers: response.headers, status: response.status }) : response

/**
 * The files of one build in a cache that all builds share: what an update has not changed is there already. A file's key is
 * its address and, unless its name has a hash, its revision.
 */
export class FileCache {
  readonly #scope: string
  readonly #files: ReadonlyMap<string, string | null>
  readonly #cache: Cache
  readonly #fetch: (request: Request) => Promise<Response>

  constructor({ scope, files, cache, fetch }: FileCacheOptions) {
    this.#scope = scope
    this.#files = new Map(files.map(({ url, revision }) => [url, revision]))
    this.#cache = cache
    this.#fetch = fetch
  }

  /** Where this file is kept, or undefined if it is none of this build's. */
  #key(name: string): string | undefined {
    const revision = this.#files.get(name)
    if (revision === undefined) return undefined
    return new URL(name, this.#scope).href + (revision === null ? '' : `?revision=${revision}`)
  }

  isListed(name: string): boolean {
    return this.#files.has(name)
  }

  /** Fetches a file and keeps it, unless it is here. Throws if it is not to be had. */
  async bring(name: string): Promise<Response> {
    const key = this.#key(name)
    if (key === undefined) throw new Error(`${name} is no file of this build`)
    const here = await this.#cache.match(key)
    if (here !== undefined) return here
    // Not every server has an index.html under that name.
    const address = new URL(name === 'index.html' ? './' : name, this.#scope).href
    // What has a hash in its name is what it was, in whichever cache; of the rest the browser's own may be older than the list.
    const response = await this.#fetch(new Request(address, { cache: this.#files.get(name) === null ? 'default' : 'no-cache', credentials: 'same-origin' }))
    if (!response.ok) throw new Error(`${name} could not be fetched: the server said ${response.status}`)
    const kept = await clean(response)
    await this.#cache.put(key, kept.clone())
    return kept
  }

  /** What the page cannot open without. */
  async bringFirst(): Promise<void> {
    const names = new Set([...FIRST, ...namedIn(await (await this.bring('index.html')).text())])
    await Promise.all([...names].filter((name) => this.isListed(name)).map((name) => this.bring(name)))
  }

  /** Everything. Throws when the rest has been tried, if something is not to be had. */
  async bringAll(): Promise<void> {
    const left = [...this.#files.keys()]
    const failed: unknown[] = []
    const worker = async (): Promise<void> => {
      for (let name = left.shift(); name !== undefined; name = left.shift()) {
        try {
          await this.bring(name)
        } catch (error) {
          failed.push(error)
        }
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    if (failed.length > 0) throw failed[0]
  }

  /** What is kept under this name; of another build's files those whose names have hashes. */
  async find(name: string): Promise<Response | undefined> {
    return this.#cache.match(this.#key(name) ?? new URL(name, this.#scope).href)
  }

  /**
   * Forgets what neither this build nor the one before it has: a page of the one before may still be open, and go on to
   * fetch parts of itself, which have hashes in their names.
   */
  async forgetOld(): Promise<void> {
    const generations = new URL('?generations', this.#scope).href
    const now = [...this.#files.keys()].map((name) => this.#key(name) as string)
    const kept: unknown = await (await this.#cache.match(generations))?.json()
    const before = Array.isArray(kept) ? kept.filter((key) => !now.includes(key)) : []
    const wanted = new Set([...now, ...before, generations])
    for (const request of await this.#cache.keys()) if (!wanted.has(request.url)) await this.#cache.delete(request)
    await this.#cache.put(generations, new Response(JSON.stringify(now)))
  }

  async stock(): Promise<Stock> {
    const here = new Set((await this.#cache.keys()).map(({ url }) => url))
    return { have: [...this.#files.keys()].filter((name) => here.has(this.#key(name) as string)).length, of: this.#files.size }
  }
}
