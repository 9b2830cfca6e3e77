/** Three kinds and no more: V8 keeps `push` fast for up to four (measured: with five, 1.1 µs a push). */
type Numbers = Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>

/** A typed array that grows by doubling. Only indices below `length` mean something; growing replaces `values`. */
export class Growing<A extends Numbers> {
  values: A
  length = 0
  #make: (capacity: number) => A

  constructor(make: (capacity: number) => A, capacity = 64) {
    this.#make = make
    this.values = make(capacity)
  }
  /** Appends a number; answers its index. */
  push(value: number): number {
    if (this.length === this.values.length) this.resize(this.length)
    this.values[this.length] = value
    return this.length++
  }
  /** Sees to it that index `least` exists, zero unless set; `length` stays. */
  resize(least: number): void {
    if (least < this.values.length) return
    const grown = this.#make(Math.max(this.values.length * 2, least + 1))
    grown.set(this.values as never)
    this.values = grown
  }
}

export const bytes = (capacity?: number): Growing<Uint8Array<ArrayBuffer>> =>
  new Growing((n) => new Uint8Array(n), capacity)
export const words = (capacity?: number): Growing<Uint32Array<ArrayBuffer>> =>
  new Growing((n) => new Uint32Array(n), capacity)
export const floats = (capacity?: number): Growing<Float64Array<ArrayBuffer>> =>
  new Growing((n) => new Float64Array(n), capacity)

/** The first index in `values[0 … length)`, ascending, whose value is at least `value`; `length` if there is none. */
export const lowerBound = (values: { readonly [i: number]: number }, length: number, value: number): number => {
  let low = 0
  let high = length
  while (low < high) {
    const mid = (low + high) >>> 1
    if ((values[mid] as number) < value) low = mid + 1
    else high = mid
  }
  return low
}
