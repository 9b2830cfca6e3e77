/**
 * Which instruction of the original each piece of a rewritten body stands for: pieces that were copied byte for byte,
 * and pieces that were put in before an instruction or in its place. Offsets in the body count from its locals on, those
 * in the original are in the file.
 */
export class CodeMarks {
  private readonly from: number[] = []
  /** Where a copied piece comes from; of one that was put in the complement of where its instruction lies. */
  private readonly origin: number[] = []

  /** Begins a body, whose first instruction lies at `codeAt`: what is put in before it stands for that. */
  begin(codeAt: number): void {
    this.from.length = 0
    this.origin.length = 0
    this.added(0, codeAt)
  }

  copied(offset: number, origin: number): void {
    this.from.push(offset)
    this.origin.push(origin)
  }

  added(offset: number, place: number): void {
    this.from.push(offset)
    this.origin.push(~place)
  }

  /** What was marked of this body, to be kept. */
  taken(): BodyMap {
    return { from: Uint32Array.from(this.from), origin: Int32Array.from(this.origin) }
  }
}

/** As CodeMarks has it: pieces in the order of their offsets. */
export interface BodyMap {
  readonly from: Uint32Array
  readonly origin: Int32Array
}

/** Where in the original the instruction lies that the byte at `offset` of the rewritten body stands for. */
export const originOf = ({ from, origin }: BodyMap, offset: number): number => {
  let low = 0
  let high = from.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (from[middle]! <= offset) low = middle
    else high = middle
  }
  const place = origin[low]!
  return place < 0 ? ~place : place + offset - from[low]!
}
