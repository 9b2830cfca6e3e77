import type { MemFS, WASI, initSync } from '@wasmer/wasi'
import { decodeBase64url } from '../engine/link/base64url.ts'

/** Taken before the realm is locked: afterwards the names are gone (script/realm.ts). */
const platform = { WebAssembly, TextDecoder, TextEncoder }

/** What the package is given for the world: its glue asks the platform for the time and for random bytes. */
export interface PackageWorld {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number
  fill(bytes: Uint8Array): void
  /** It has written into an ArrayBuffer from JavaScript: a guest's memory, or its own. */
  wrote(buffer: ArrayBufferLike, addr: number, length: number): void
}

/** Where nothing happens: for who only wants its file system. */
export const NOWHERE: PackageWorld = { now: () => 0, fill: () => {}, wrote: () => {} }

/** How its module gets into the realm: as a tracer script does (machine.ts). */
export interface ModuleLoader {
  moduleUrl(code: string): string
  importModule(url: string): Promise<unknown>
}

/** The package, evaluated; its WebAssembly is not compiled yet. */
export interface WasmerPackage {
  /** Compiles and begins in one go; once. */
  start(world: PackageWorld): Wasmer
  /** Compiles beside whatever else runs; instead of `start`. */
  startLater(world: PackageWorld): Promise<Wasmer>
}

/** The package, running: one WebAssembly instance of its own, with a heap that nobody else uses. */
export interface Wasmer {
  readonly MemFS: typeof MemFS
  readonly WASI: typeof WASI
}

/** The value through which the module gets its world; it takes and removes it. */
const WORLD_GLOBAL = '__skipcall_wasmer'

/** The module brings its WebAssembly along, as a data: URL, which it wants Node's Buffer to decode. */
const EMBEDDED = /(["'])data:application\/wasm;base64,([A-Za-z0-9+/]+=*)\1/

/**
 * Every name of the platform that the glue looks up. What is undefined here it finds missing, as in a browser that
 * lacks it: so it takes `crypto` of the global object that it finds, and never fetches.
 */
const worldNames = (world: () => PackageWorld): Readonly<Record<string, unknown>> => {
  const global: Record<string, unknown> = { crypto: { getRandomValues: (bytes: Uint8Array) => world().fill(bytes) } }
  global['globalThis'] = global['self'] = global['window'] = global['global'] = global
  return {
    ...platform,
    globalThis: global, self: global, window: global, global,
    Date: class {
      readonly #now = world().now()
      getTime(): number {
        return this.#now
      }
      getTimezoneOffset(): number {
        return 0
      }
    },
    // Its only way to write into a guest's memory.
    Uint8Array: class extends Uint8Array {
      override set(source: ArrayLike<number>, offset = 0): void {
        super.set(source, offset)
        world().wrote(this.buffer, this.byteOffset + offset, source.length)
      }
    },
    module: undefined, Response: undefined, Request: undefined, URL: undefined, fetch: undefined, console: undefined,
    Buffer: undefined, unescape: undefined,
  }
}

/** So that each load is a module of its own, where an address is the text (Node). */
let loads = 0

/**
 * Evaluates the package among names of ours. To be done before the realm is locked; what it needs of the platform
 * it has then.
 *
 * @param text `dist/Library.esm.min.js` of @wasmer/wasi 1.2.2, the version that package.json pins
 * @throws Error when the text is not that, and what the loader throws
 */
export const loadPackage = async (text: string, loader: ModuleLoader): Promise<WasmerPackage> => {
  const [whole, , base64] = EMBEDDED.exec(text) ?? []
  const bytes = decodeBase64url((base64 ?? '').replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''))
  if (whole === undefined || bytes === undefined) throw new Error('This is not the module of @wasmer/wasi that was expected.')
  let world = NOWHERE
  const names = worldNames(() => world)
  const globals = globalThis as Record<string, unknown>
  const locals = Object.keys(names).map((name, i) => [name, `v${i}`] as const)
  const worldUrl = loader.moduleUrl(
    `const v=globalThis.${WORLD_GLOBAL};delete globalThis.${WORLD_GLOBAL};` +
      `const ${locals.map(([name, local]) => `${local}=v.${name}`).join(',')};` +
      `export{${locals.map(([name, local]) => `${local} as ${name}`).join(',')}};//${++loads}`,
  )
  globals[WORLD_GLOBAL] = names
  await loader.importModule(worldUrl)
  const library = (await loader.importModule(
    loader.moduleUrl(`import{${Object.keys(names).join(',')}}from${JSON.stringify(worldUrl)};${text.replace(whole, '""')}`),
  )) as Wasmer & { readonly initSync: typeof initSync }
  const begin = (module: WebAssembly.Module, its: PackageWorld): Wasmer => {
    world = its
    library.initSync(module)
    return library
  }
  return {
    start: (its) => begin(new platform.WebAssembly.Module(bytes), its),
    startLater: async (its) => begin(await platform.WebAssembly.compile(bytes), its),
  }
}
