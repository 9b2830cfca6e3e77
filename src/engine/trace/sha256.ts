/** SHA-256: FIPS 180-4, "Secure Hash Standard", sections 4.1.2, 4.2.2, 5.1.1, 5.3.3 and 6.2. */

/** 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
export const ROUND_CONSTANTS = Int32Array.of(
  0x428a2f98,
  0x71374491,
  0xb5c0fbcf,
  0xe9b5dba5,
  0x3956c25b,
  0x59f111f1,
  0x923f82a4,
  0xab1c5ed5,
  0xd807aa98,
  0x12835b01,
  0x243185be,
  0x550c7dc3,
  0x72be5d74,
  0x80deb1fe,
  0x9bdc06a7,
  0xc19bf174,
  0xe49b69c1,
  0xefbe4786,
  0x0fc19dc6,
  0x240ca1cc,
  0x2de92c6f,
  0x4a7484aa,
  0x5cb0a9dc,
  0x76f988da,
  0x983e5152,
  0xa831c66d,
  0xb00327c8,
  0xbf597fc7,
  0xc6e00bf3,
  0xd5a79147,
  0x06ca6351,
  0x14292967,
  0x27b70a85,
  0x2e1b2138,
  0x4d2c6dfc,
  0x53380d13,
  0x650a7354,
  0x766a0abb,
  0x81c2c92e,
  0x92722c85,
  0xa2bfe8a1,
  0xa81a664b,
  0xc24b8b70,
  0xc76c51a3,
  0xd192e819,
  0xd6990624,
  0xf40e3585,
  0x106aa070,
  0x19a4c116,
  0x1e376c08,
  0x2748774c,
  0x34b0bcb5,
  0x391c0cb3,
  0x4ed8aa4a,
  0x5b9cca4f,
  0x682e6ff3,
  0x748f82ee,
  0x78a5636f,
  0x84c87814,
  0x8cc70208,
  0x90befffa,
  0xa4506ceb,
  0xbef9a3f7,
  0xc67178f2,
)

/** 5.3.3: the first 32 bits of the fractional parts of the square roots of the first eight primes. */
const INITIAL = Int32Array.of(
  0x6a09e667,
  0xbb67ae85,
  0x3c6ef372,
  0xa54ff53a,
  0x510e527f,
  0x9b05688c,
  0x1f83d9ab,
  0x5be0cd19,
)

const BLOCK = 64
/** The message schedule; hashing one block never interleaves with another. */
const W = new Int32Array(BLOCK)

/**
 * 6.2.2: folds the blocks from `from` up to `to` (whole ones, of 64 bytes) into the state of eight words. A machine brings
 * a faster one (wasm/sha256.ts); this one is for everybody else.
 */
export type Compress = (state: Int32Array, bytes: Uint8Array, from: number, to: number) => void

export const compressBlocks: Compress = (state, bytes, from, to) => {
  for (let at = from; at < to; at += BLOCK) compressBlock(state, bytes, at)
}

const compressBlock = (state: Int32Array, bytes: Uint8Array, from: number): void => {
  for (let t = 0, i = from; t < 16; t++, i += 4) {
    W[t] =
      ((bytes[i] as number) << 24)
      | ((bytes[i + 1] as number) << 16)
      | ((bytes[i + 2] as number) << 8)
      | (bytes[i + 3] as number)
  }
  for (let t = 16; t < 64; t++) {
    const x = W[t - 15] as number
    const y = W[t - 2] as number
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    W[t] = (s1 + (W[t - 7] as number) + s0 + (W[t - 16] as number)) | 0
  }
  let a = state[0] as number
  let b = state[1] as number
  let c = state[2] as number
  let d = state[3] as number
  let e = state[4] as number
  let f = state[5] as number
  let g = state[6] as number
  let h = state[7] as number
  for (let t = 0; t < 64; t++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND_CONSTANTS[t] as number) + (W[t] as number)) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  state[0] = ((state[0] as number) + a) | 0
  state[1] = ((state[1] as number) + b) | 0
  state[2] = ((state[2] as number) + c) | 0
  state[3] = ((state[3] as number) + d) | 0
  state[4] = ((state[4] as number) + e) | 0
  state[5] = ((state[5] as number) + f) | 0
  state[6] = ((state[6] as number) + g) | 0
  state[7] = ((state[7] as number) + h) | 0
}

/** A hash that is fed piece by piece. `digest` may be asked at any time and does not end it. */
export class Sha256 {
  #state = INITIAL.slice()
  #tail = new Uint8Array(BLOCK)
  /** Bytes fed so far, exact up to 2^53. */
  #length = 0
  readonly #compress: Compress

  constructor(compress: Compress = compressBlocks) {
    this.#compress = compress
  }

  update(bytes: Uint8Array): this {
    let from = 0
    const held = this.#length % BLOCK
    this.#length += bytes.length
    if (held > 0) {
      from = Math.min(BLOCK - held, bytes.length)
      this.#tail.set(bytes.subarray(0, from), held)
      if (held + from < BLOCK) return this
      this.#compress(this.#state, this.#tail, 0, BLOCK)
    }
    const to = bytes.length - ((bytes.length - from) % BLOCK)
    if (from < to) this.#compress(this.#state, bytes, from, to)
    this.#tail.set(bytes.subarray(to))
    return this
  }

  /** The 32 bytes of the hash of what was fed so far. */
  digest(): Uint8Array {
    const held = this.#length % BLOCK
    // 5.1.1: a one bit, zeros, and the length in bits as a 64-bit big-endian number, to a multiple of 512 bits.
    const last = new Uint8Array(held < 56 ? BLOCK : 2 * BLOCK)
    last.set(this.#tail.subarray(0, held))
    last[held] = 0x80
    const view = new DataView(last.buffer)
    view.setUint32(last.length - 8, Math.floor(this.#length / 0x2000_0000))
    view.setUint32(last.length - 4, (this.#length << 3) >>> 0)
    const state = this.#state.slice()
    this.#compress(state, last, 0, last.length)
    const out = new DataView(new ArrayBuffer(32))
    state.forEach((word, i) => out.setInt32(4 * i, word))
    return new Uint8Array(out.buffer)
  }
}

/** Bytes as lower-case hexadecimal digits. */
export const hex = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}
