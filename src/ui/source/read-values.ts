import { readVariable } from '../../engine/source/source.ts'
import type { FrameState } from '../../engine/source/expression.ts'
import type { Variable } from '../../engine/source/scope.ts'
import type { Value } from '../../engine/source/value.ts'

/** A stretch of a guest's memory. */
export interface Piece {
  readonly addr: number
  readonly bytes: Uint8Array
}

/** Fetches what is there of these stretches; undefined if the guest cannot be looked at. */
export type Fetch = (ranges: readonly { readonly addr: number; readonly length: number }[]) => Promise<readonly Piece[] | undefined>

/** Memory is fetched in stretches of so many bytes: what is near is wanted next. */
const BLOCK = 256
/** A pointer in a struct leads to another look; so many are enough for what a value shows. */
const MOST_LOOKS = 4
const MOST_BLOCKS = 512

/**
 * The values of variables in a guest whose memory has to be asked for: they are read again until nothing is missing.
 * Only of those that are somewhere; what the compiler has optimised away is left out.
 */
export const readValues = async (variables: readonly Variable[], state: Omit<FrameState, 'memory'>, fetch: Fetch): Promise<readonly Value[]> => {
  const blocks = new Map<number, Uint8Array | undefined>()
  let values: readonly Value[] = []
  for (let left = MOST_LOOKS; left > 0; left--) {
    const missing = new Set<number>()
    const memory = (address: number, length: number): Uint8Array | undefined => readBlocks(blocks, missing, address, length)
    const full = { ...state, memory }
    values = variables.filter((each) => each.locate(full) !== undefined || missing.size > 0).map((each) => readVariable(each, full))
    if (missing.size === 0 || blocks.size > MOST_BLOCKS) return values
    const pieces = await fetch([...missing].slice(0, MOST_BLOCKS).map((block) => ({ addr: block * BLOCK, length: BLOCK })))
    if (pieces === undefined) return []
    for (const block of missing) blocks.set(block, pieces.find(({ addr }) => addr === block * BLOCK)?.bytes)
  }
  return values
}

const readBlocks = (blocks: ReadonlyMap<number, Uint8Array | undefined>, missing: Set<number>, address: number, length: number): Uint8Array | undefined => {
  const out = new Uint8Array(length)
  let whole = true
  for (let at = address; at < address + length; ) {
    const block = Math.floor(at / BLOCK)
    const from = at - block * BLOCK
    const count = Math.min(BLOCK - from, address + length - at)
    const bytes = blocks.get(block)
    if (!blocks.has(block)) missing.add(block)
    if (bytes === undefined || bytes.length < from + count) whole = false
    else out.set(bytes.subarray(from, from + count), at - address)
    at += count
  }
  return whole ? out : undefined
}

/** A local as a look tells it. */
interface LookedLocal {
  readonly type: string
  readonly value: number | bigint
}

/** The raw bits of a local, as expressions take them; a v128 has more than they can hold. */
export const bitsOf = ({ type, value }: LookedLocal): bigint | undefined => {
  switch (type) {
    case 'i32': return BigInt.asUintN(32, BigInt(value))
    case 'i64': return BigInt.asUintN(64, BigInt(value))
    case 'f32': return BigInt(new Uint32Array(new Float32Array([Number(value)]).buffer)[0] ?? 0)
    case 'f64': return new BigUint64Array(new Float64Array([Number(value)]).buffer)[0]
    default: return undefined
  }
}
