import type { Counts, RunEnd } from '../protocol.ts'
import type { Trace } from '../trace/trace.ts'
import { decodeBase64url, encodeBase64url } from './base64url.ts'
import { matching, object, oneOf, text } from './check.ts'
import { fromDifferences, hasWholeTimes, toDifferences } from './difference.ts'
import type { Compress, Inflate } from './pack.ts'
import { problem, type Read } from './problem.ts'
import { countsForm, endForm } from './recipe-form.ts'
import { putTables, readTables, tablesLength } from './tables.ts'

/** What was recorded of a run, beside its recipe: enough to show it on an engine that would run it otherwise. */
export interface Recorded {
  readonly end: RunEnd
  readonly counts: Counts
  /** Of the whole trace, in hex. */
  readonly digest: string
  readonly trace: Trace
}

/** What the tables of a link may unpack to, in bytes. */
const MOST_BYTES = 64 * 2 ** 20
/** Characters of what they are packed in: those of a file. */
const MOST_PACKED = 64 * 2 ** 20

/** The same in JSON: the tables, as differences where that is exact, deflated for themselves, in base64url. */
export const packedForm = object({
  end: endForm, counts: countsForm, digest: matching(/^[0-9a-f]{64}$/, 'a digest in hex'), tables: text(MOST_PACKED),
}, { differences: oneOf(true) })
type Packed = ReturnType<typeof packedForm>

/** As it stands in a container. */
export const packTrace = ({ end, counts, digest, trace }: Recorded, compress: Compress): Packed => {
  const bytes = new Uint8Array(tablesLength(trace))
  const differences = hasWholeTimes(trace)
  putTables(bytes, 0, trace, differences ? toDifferences : undefined)
  return { end, counts, digest, ...(differences ? { differences } : {}), tables: encodeBase64url(compress(bytes)) }
}

/** As it was recorded; what its digest does not fit is damage. Never throws. */
export const unpackTrace = ({ tables, differences, ...rest }: Packed, inflate: Inflate): Read<Recorded> => {
  const packed = decodeBase64url(tables)
  const bytes = packed === undefined ? 'broken' : inflate(packed, MOST_BYTES)
  if (bytes === 'too-big') return problem('too-big', `The recording in this link unpacks to more than ${MOST_BYTES / 2 ** 20} MB.`, 'Ask for the link to the recipe instead.')
  const trace = bytes === 'broken' ? undefined : readTables(bytes, 0, rest.digest, differences === true ? fromDifferences : undefined)
  if (trace === undefined) return problem('broken', 'The recording in this link is damaged.', 'Ask for the link again, or for the link to the recipe.')
  return { ok: true, value: { ...rest, trace } }
}
