import { existsSync, readFileSync } from 'node:fs'
import { buildFixtures } from './build.mjs'
import type { GuestManifest } from './manifest.ts'

export { buildFixtures }

const cache = new URL('../../../.cache/fixtures/', import.meta.url)
const published = new URL('../../../public/guests/', import.meta.url)

/**
 * The module compiled from fixtures/NAME.c. Throws if there is none: fixture-setup.ts builds them before the tests,
 * `node src/wasm/guests/build.mjs --fixtures` by hand.
 */
export function fixture(name: string): Uint8Array {
  const file = new URL(`${name}.wasm`, cache)
  if (!existsSync(file)) {
    throw new Error(`No fixture ${name}: is there a fixtures/${name}.c, and is fixture-setup.ts in globalSetup?`)
  }
  return new Uint8Array(readFileSync(file))
}

/** public/guests/manifest.json. */
export function guestManifest(): GuestManifest {
  return JSON.parse(readFileSync(new URL('manifest.json', published), 'utf8')) as GuestManifest
}

/** The published module of a guest, by name. Throws if the manifest has none of that name. */
export function guest(name: string): Uint8Array {
  const entry = guestManifest().guests[name]
  if (entry === undefined) throw new Error(`No guest ${name} in public/guests/manifest.json`)
  return new Uint8Array(readFileSync(new URL(`${entry.hash}.wasm`, published)))
}
