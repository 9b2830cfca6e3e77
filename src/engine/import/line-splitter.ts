/** No program's line is longer, in characters; strace's are cut at 32 bytes a string unless it is told otherwise. */
export const LONGEST_LINE = 2 ** 20

/** Cuts a text that comes in pieces into lines: every piece is looked at once, however the lines lie in it. */
export class LineSplitter {
  #kept: string[] = []
  #length = 0

  /** The lines that end in this piece, without their ends. `undefined` when one is longer than LONGEST_LINE. */
  add(piece: string): readonly string[] | undefined {
    const lines: string[] = []
    let from = 0
    for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', from)) {
      this.#keep(piece.slice(from, at))
      if (this.#length > LONGEST_LINE) return undefined
      lines.push(this.rest())
      from = at + 1
    }
    this.#keep(piece.slice(from))
    return this.#length > LONGEST_LINE ? undefined : lines
  }

  /** What stands behind the last line's end, and forgets it. */
  rest(): string {
    const line = this.#kept.length === 1 ? (this.#kept[0] as string) : this.#kept.join('')
    this.#kept = []
    this.#length = 0
    return line.endsWith('\r') ? line.slice(0, -1) : line
  }

  #keep(part: string): void {
    if (part === '') return
    this.#kept.push(part)
    this.#length += part.length
  }
}
