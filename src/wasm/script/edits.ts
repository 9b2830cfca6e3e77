/**
 * Insertions into a text by offset. At one offset everything that closes comes before everything that opens;
 * openings stand in the order of their making (outer first), closings too (inner first, if made on the way out).
 */
export class Edits {
  readonly #source: string
  readonly #opens = new Map<number, string>()
  readonly #closes = new Map<number, string>()
  /** Replaced stretches: start to end and text. */
  readonly #cuts = new Map<number, { readonly end: number; readonly text: string }>()

  constructor(source: string) {
    this.#source = source
  }

  open(at: number, text: string): void {
    this.#opens.set(at, (this.#opens.get(at) ?? '') + text)
  }

  close(at: number, text: string): void {
    this.#closes.set(at, (this.#closes.get(at) ?? '') + text)
  }

  /** Replaces [start, end); line ends inside are kept, so that lines keep their numbers. */
  replace(start: number, end: number, text: string): void {
    const lines = this.#source.slice(start, end).replaceAll(/[^\n\r\u2028\u2029]/g, '')
    this.#cuts.set(start, { end, text: text + lines })
  }

  apply(): string {
    const offsets = [...new Set([...this.#opens.keys(), ...this.#closes.keys(), ...this.#cuts.keys()])]
    offsets.sort((a, b) => a - b)
    const parts: string[] = []
    let from = 0
    for (const at of offsets) {
      parts.push(this.#source.slice(from, at), this.#closes.get(at) ?? '', this.#opens.get(at) ?? '')
      const cut = this.#cuts.get(at)
      if (cut !== undefined) parts.push(cut.text)
      from = cut?.end ?? at
    }
    parts.push(this.#source.slice(from))
    return parts.join('')
  }
}
