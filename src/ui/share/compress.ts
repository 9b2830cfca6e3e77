import { deflateSync } from 'fflate'
import type { Compress } from '../../engine/link/pack.ts'

/** Raw deflate: fflate gives the same bytes on every engine, so equal runs give equal links. */
export const compress: Compress = (bytes) => deflateSync(bytes, { level: 9, mem: 9 })

/** For what stays here: a large run must not hold the page up when it ends. */
export const compressFast: Compress = (bytes) => deflateSync(bytes, { level: 1 })
