/** Where two sequences of lines part. The one that has ended there has no line. */
export interface Divergence {
  /** How many lines they have in common. */
  readonly after: number
  readonly left: string | undefined
  readonly right: string | undefined
}

/**
 * The first difference of two traces as lines (`straceLines`, or what a script printed): where two hosts, two seeds or
 * two scripts part. Undefined if there is none.
 */
export const firstDivergence = (left: Iterable<string>, right: Iterable<string>): Divergence | undefined => {
  const others = right[Symbol.iterator]()
  let after = 0
  for (const line of left) {
    const other = others.next()
    if (other.done === true || other.value !== line) return { after, left: line, right: other.done === true ? undefined : other.value }
    after++
  }
  const rest = others.next()
  return rest.done === true ? undefined : { after, left: undefined, right: rest.value }
}
