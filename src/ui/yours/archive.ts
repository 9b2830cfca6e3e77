import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate'
import * as v from 'valibot'
import { sha256 } from '../session/modules.ts'
import { ownGuestForm } from '../session/own-guests.ts'
import type { OwnGuest } from '../state/yours.ts'
import type { AllKept } from './all-kept.ts'

/** The newest version of the form. A change is a new version and an upgrader. */
const VERSION = 1
const INDEX = 'skipcall.json'
/** No file in an archive is unpacked that is larger: a guest's own limit, in bytes. */
const MOST = 128 * 2 ** 20
/** No larger archive is looked into, in bytes. */
const MOST_PACKED = 512 * 2 ** 20
/** What may be kept under a name by a page of this version: nothing else is taken in. */
const NAMES = /^(?:document|draft|settings|layouts|branches|recording|(?:exercise|authored)\/[a-z0-9][a-z0-9-]{0,59})$/

const indexForm = v.object({
  version: v.literal(VERSION),
  kept: v.record(v.string(), v.union([v.object({ value: v.unknown() }), v.object({ file: v.string() })])),
  guests: v.array(ownGuestForm),
})

/** One zip file with everything: texts as JSON, which can be read; recordings and modules as they are. */
export const packArchive = ({ kept, guests, modules }: AllKept): Uint8Array => {
  const files: Zippable = {}
  const index: Record<string, { readonly value: unknown } | { readonly file: string }> = {}
  for (const [name, value] of kept) {
    if (value instanceof Uint8Array) {
      const file = `${name.replaceAll('/', '-')}.bin`
      files[file] = [value, { level: 0 }]
      index[name] = { file }
    } else if (value !== undefined) index[name] = { value }
  }
  for (const [hash, bytes] of modules) files[`modules/${hash}.wasm`] = bytes
  files[INDEX] = strToU8(JSON.stringify({ version: VERSION, kept: index, guests }, undefined, 1))
  // A zip's own times begin in 1980: nobody needs to know when this one was made.
  return zipSync(files, { level: 6, mtime: '1980-01-01T12:00:00' })
}

/** What an archive held. */
export interface Unpacked {
  readonly kept: ReadonlyMap<string, unknown>
  readonly guests: readonly OwnGuest[]
  readonly modules: ReadonlyMap<string, Uint8Array>
}

/** Reads an archive. Throws an Error with a sentence if it is none. The forms of what was kept are checked by whoever recalls it. */
export const unpackArchive = async (bytes: Uint8Array): Promise<Unpacked> => {
  if (bytes.length > MOST_PACKED) throw new Error('It is larger than 512 MB.')
  let files
  try {
    files = unzipSync(bytes, { filter: ({ originalSize }) => originalSize <= MOST })
  } catch {
    throw new Error('It is not a zip file, or it was damaged on its way.')
  }
  const index = files[INDEX]
  if (index === undefined) throw new Error('It was not made by Export everything.')
  let json: unknown
  try {
    json = JSON.parse(strFromU8(index))
  } catch {
    throw new Error('It was damaged on its way.')
  }
  if (typeof json === 'object' && json !== null && Number((json as { version?: unknown }).version) > VERSION) throw new Error('It was made by a newer version of this page: reload the page.')
  const read = v.safeParse(indexForm, json)
  if (!read.success) throw new Error('It was not made by Export everything.')
  const kept = new Map<string, unknown>()
  for (const [name, entry] of Object.entries(read.output.kept)) {
    if (!NAMES.test(name)) continue
    const value = 'file' in entry ? files[entry.file] : entry.value
    if (value !== undefined) kept.set(name, value)
  }
  const guests: OwnGuest[] = []
  const modules = new Map<string, Uint8Array>()
  for (const guest of read.output.guests) {
    const module = files[`modules/${guest.hash}.wasm`]
    if (module === undefined) continue
    if ((await sha256(module)) !== guest.hash) throw new Error(`The module of ${guest.name} is not what its hash says.`)
    guests.push({ ...guest, size: module.length })
    modules.set(guest.hash, module)
  }
  return { kept, guests, modules }
}
