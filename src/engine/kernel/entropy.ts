/** Seeded entropy: xoshiro128** (Blackman and Vigna, 2018), seeded by splitmix32. Same seed, same bytes. */
export class Entropy {
  #s0: number
  #s1: number
  #s2: number
  #s3: number

  /** @param seed any integer up to 2^53; the recipe holds it */
  constructor(seed: number) {
    let state = (seed ^ Math.floor(seed / 0x1_0000_0000)) >>> 0
    const next = (): number => {
      state = (state + 0x9e37_79b9) >>> 0
      let z = state
      z = Math.imul(z ^ (z >>> 16), 0x21f0_aaad)
      z = Math.imul(z ^ (z >>> 15), 0x735a_2d97)
      return (z ^ (z >>> 15)) >>> 0
    }
    this.#s0 = next()
    this.#s1 = next()
    this.#s2 = next()
    this.#s3 = next()
  }

  /** The next 32 bits, unsigned. */
  next(): number {
    const product = Math.imul(this.#s1, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0
    const t = this.#s1 << 9
    this.#s2 ^= this.#s0
    this.#s3 ^= this.#s1
    this.#s1 ^= this.#s2
    this.#s0 ^= this.#s3
    this.#s2 ^= t
    this.#s3 = (this.#s3 << 11) | (this.#s3 >>> 21)
    return result
  }

  fill(bytes: Uint8Array): void {
    this.fillPart(bytes, 0, bytes.length)
  }

  /** The same into a part of them, which must be there. */
  fillPart(bytes: Uint8Array, from: number, to: number): void {
    let i = from
    for (; i + 4 <= to; i += 4) {
      const word = this.next()
      bytes[i] = word
      bytes[i + 1] = word >>> 8
      bytes[i + 2] = word >>> 16
      bytes[i + 3] = word >>> 24
    }
    for (let word = i < to ? this.next() : 0; i < to; i++, word >>>= 8) bytes[i] = word
  }
}
