import * as v from 'valibot'
import { fetchAsset } from './asset.ts'

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

const guest = v.object({
  hash,
  title: v.string(),
  sentence: v.string(),
  /** File name of its C source; the text itself is HASH.c. */
  source: v.string(),
  /** With the program's name in front. */
  /** HASH.debug.wasm holds its DWARF. */
  debug: v.optional(v.boolean()),
  argv: v.array(v.string()),
  files: v.array(v.union([
    v.object({ path: v.string(), text: v.string() }),
    v.object({ path: v.string(), link: v.string() }),
  ])),
  stdin: v.optional(v.string(), ''),
  tty: v.optional(v.boolean(), false),
  /** Guests that it executes, and that come along. */
  programs: v.optional(v.array(v.string()), []),
})

const manifest = v.object({
  version: v.literal(1),
  guests: v.record(v.string(), guest),
  /** Guests of earlier builds, by hash: links to them go on working. */
  old: v.optional(v.record(hash, v.object({ name: v.string(), debug: v.optional(v.boolean()) })), {}),
})

export type Guest = v.InferOutput<typeof guest>
export type Manifest = v.InferOutput<typeof manifest>

let loading: Promise<Manifest> | undefined

/** The guests that the page has. Fetched once; after a failure the next call tries again. */
export const loadManifest = (): Promise<Manifest> => {
  loading ??= fetchAsset('guests/manifest.json')
    .then(async (response) => v.parse(manifest, await response.json()))
    .catch((error: unknown) => {
      loading = undefined
      throw error
    })
  return loading
}

/** The modules that the page has, those of earlier builds too, by hash. */
export const bundledHashes = ({ guests, old }: Manifest): ReadonlySet<string> =>
  new Set([...Object.values(guests).map((one) => one.hash), ...Object.keys(old)])

/** The C source of a guest. */
export const loadSource = async ({ hash: of }: Guest): Promise<string> => (await fetchAsset(`guests/${of}.c`)).text()
