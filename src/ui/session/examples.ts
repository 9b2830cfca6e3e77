import * as v from 'valibot'
import { fetchAsset } from './asset.ts'

const example = v.object({
  id: v.string(),
  title: v.string(),
  sentence: v.string(),
  guest: v.string(),
  /** File name beside the index. */
  script: v.pipe(v.string(), v.regex(/^[\w.-]+$/)),
  argv: v.optional(v.array(v.string())),
  stdin: v.optional(v.string()),
  tty: v.optional(v.boolean()),
  untraced: v.optional(v.boolean()),
  host: v.optional(v.picklist(['kernel', 'wasmer'])),
})

export type Example = v.InferOutput<typeof example>

let loading: Promise<readonly Example[]> | undefined

/** The examples, in the order in which they teach. Fetched once; after a failure the next call tries again. */
export const loadExamples = (): Promise<readonly Example[]> => {
  loading ??= fetchAsset('examples/index.json')
    .then(async (response) => v.parse(v.array(example), await response.json()))
    .catch((error: unknown) => {
      loading = undefined
      throw error
    })
  return loading
}

/** The script of an example. */
export const loadScript = async ({ script }: Example): Promise<string> => (await fetchAsset(`examples/${script}`)).text()
