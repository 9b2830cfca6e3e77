import { deflateSync, inflateSync } from 'fflate'
import type { PoolCodec } from '../../engine/trace/pool.ts'

/** What the page packs old payloads with: they go no further than this tab, so that fast is better than small. */
export const poolCodec: PoolCodec = {
  pack: (bytes) => deflateSync(bytes, { level: 1 }),
  unpack: (packed, length) => inflateSync(packed, { out: new Uint8Array(length) }),
}
