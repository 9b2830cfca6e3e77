import { ROUND_CONSTANTS, compressBlocks, type Compress } from '../engine/trace/sha256.ts'
import { Writer } from './rewrite/bytes.ts'

/**
 * SHA-256 (FIPS 180-4, 6.2.2) as a WebAssembly module with all 64 rounds written out. Measured: 281 MB/s, where V8 makes
 * 172 of the engine's JavaScript; and a long run spends a fifth of its time on the digest of its trace.
 */

/** Taken before the realm is locked: afterwards the name is gone (script/realm.ts). */
const wasm = WebAssembly

const OP = {
  loop: 0x03, end: 0x0b, brIf: 0x0d, localGet: 0x20, localSet: 0x21, localTee: 0x22, load: 0x28,
  store: 0x36, constant: 0x41, ltU: 0x49, add: 0x6a, and: 0x71, or: 0x72, xor: 0x73, shrU: 0x76, rotl: 0x77, rotr: 0x78,
} as const
const I32 = 0x7f
const EMPTY = 0x40

const BLOCK = 64
/** Where the state and the bytes lie in the module's memory. */
const STATE = 0
const BYTES = 64
const PAGES = 2
/** So many bytes are hashed at a time. */
const MOST = PAGES * 65_536 - BYTES

/** Locals: the parameters, the eight working variables, the sixteen latest words of the schedule, one spare. */
const AT = 0
const END = 1
const WORK = 2
const W = 10
const SPARE = 26

class Code {
  readonly out = new Writer(32_768)

  get(local: number): this {
    return this.op(OP.localGet, local)
  }
  op(...bytes: readonly number[]): this {
    this.out.raw(bytes)
    return this
  }
  constant(value: number): this {
    this.out.u8(OP.constant)
    this.out.s32(value)
    return this
  }
  load(local: number, offset: number): this {
    this.get(local).op(OP.load, 2)
    this.out.u32(offset)
    return this
  }
  /** ROTR or SHR of a local. */
  turned(local: number, by: number, how: number = OP.rotr): this {
    return this.get(local).constant(by).op(how)
  }
  /** The Σ and σ functions: 4.1.2. */
  sigma(local: number, a: number, b: number, c: number, last: number = OP.rotr): this {
    return this.turned(local, a).turned(local, b).op(OP.xor).turned(local, c, last).op(OP.xor)
  }
}

/** The word of the block at AT, big-endian. */
const word = (code: Code, t: number): void => {
  // The bytes turned round: two rotations bring each pair where its mask keeps it.
  code.load(AT, 4 * t).op(OP.localTee, SPARE).constant(8).op(OP.rotl).constant(0x00ff00ff).op(OP.and)
  code.get(SPARE).constant(8).op(OP.rotr).constant(0xff00ff00 | 0).op(OP.and, OP.or, OP.localSet, W + t)
}

const schedule = (code: Code, t: number): void => {
  const at = (back: number): number => W + ((t - back) & 15)
  code.get(at(16)).get(at(7)).op(OP.add)
  code.sigma(at(15), 7, 18, 3, OP.shrU).op(OP.add)
  code.sigma(at(2), 17, 19, 10, OP.shrU).op(OP.add, OP.localSet, at(16))
}

/** The variables are renamed from round to round instead of moved. */
const round = (code: Code, t: number): void => {
  const name = (i: number): number => WORK + ((i - t) & 7)
  const a = name(0)
  const b = name(1)
  const c = name(2)
  const d = name(3)
  const e = name(4)
  const f = name(5)
  const g = name(6)
  const h = name(7)
  code.get(h).sigma(e, 6, 11, 25).op(OP.add)
  // Ch and Maj with an operation less than the standard writes them.
  code.get(f).get(g).op(OP.xor).get(e).op(OP.and).get(g).op(OP.xor, OP.add)
  code.constant(ROUND_CONSTANTS[t] as number).op(OP.add).get(W + (t & 15)).op(OP.add, OP.localTee, h)
  code.get(d).op(OP.add, OP.localSet, d)
  code.get(h).sigma(a, 2, 13, 22).op(OP.add)
  code.get(a).get(b).op(OP.and).get(a).get(b).op(OP.or).get(c).op(OP.and, OP.or, OP.add, OP.localSet, h)
}

/** (AT, END): hashes the blocks between the two addresses, of which there is one at least. */
const body = (): Code => {
  const code = new Code()
  code.op(1, SPARE - 1, I32)
  code.op(OP.loop, EMPTY)
  for (let i = 0; i < 8; i++) {
    code.constant(STATE).op(OP.load, 2, 4 * i, OP.localSet, WORK + i)
  }
  for (let t = 0; t < 64; t++) {
    if (t < 16) word(code, t)
    else schedule(code, t)
    round(code, t)
  }
  for (let i = 0; i < 8; i++) {
    code.constant(STATE).constant(STATE).op(OP.load, 2, 4 * i).get(WORK + i).op(OP.add, OP.store, 2, 4 * i)
  }
  code.get(AT).constant(BLOCK).op(OP.add, OP.localTee, AT).get(END).op(OP.ltU, OP.brIf, 0, OP.end, OP.end)
  return code
}

const section = (out: Writer, id: number, write: () => void): void => {
  out.u8(id)
  const start = out.open()
  write()
  out.seal(start)
}

const moduleBytes = (): Uint8Array<ArrayBuffer> => {
  const out = new Writer(32_768)
  out.raw([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0])
  section(out, 1, () => out.raw([1, 0x60, 2, I32, I32, 0]))
  section(out, 3, () => out.raw([1, 0]))
  section(out, 5, () => out.raw([1, 0, PAGES]))
  section(out, 7, () => {
    out.u32(2)
    out.name('memory')
    out.raw([2, 0])
    out.name('compress')
    out.raw([0, 0])
  })
  section(out, 10, () => {
    out.u32(1)
    const start = out.open()
    out.raw(body().out.view())
    out.seal(start)
  })
  return out.view().slice()
}

/** Compiles the module; its one instance serves all hashes of a machine, one after another. */
export const makeCompress = (): Compress => {
  const { exports } = new wasm.Instance(new wasm.Module(moduleBytes()))
  const { buffer } = exports['memory'] as WebAssembly.Memory
  const compress = exports['compress'] as (at: number, end: number) => void
  const words = new Int32Array(buffer, STATE, 8)
  const room = new Uint8Array(buffer, BYTES, MOST)
  return (state, bytes, from, to) => {
    words.set(state)
    for (let at = from; at < to; at += MOST) {
      const end = Math.min(to, at + MOST)
      room.set(bytes.subarray(at, end))
      compress(BYTES, BYTES + end - at)
    }
    state.set(words)
  }
}

/** What is hashed before the module is worth its compilation, in bytes. */
const LITTLE = 1 << 20

/** Hashes as the engine does, and by the module from the moment a run turns out to be long. */
export const lateCompress = (): Compress => {
  let compress = compressBlocks
  let left = LITTLE
  return (state, bytes, from, to) => {
    if (left > 0) {
      left -= to - from
      if (left <= 0) compress = makeCompress()
    }
    compress(state, bytes, from, to)
  }
}
