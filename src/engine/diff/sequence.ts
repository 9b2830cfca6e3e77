/**
 * The alignment of two sequences of numbers: which elements of one are which of the other. Myers' greedy algorithm
 * ("An O(ND) Difference Algorithm and Its Variations", 1986) where few edits part them; where many do, elements that
 * stand in both exactly once hold the two together (patience diff); where there are none such, the furthest path of
 * the greedy algorithm is taken and it begins anew from there. The work is bounded by the lengths times EDITS.
 */

/** Edits that are looked for at a time. */
const EDITS = 128

/** How often a stretch between anchors is searched for anchors of its own. */
const DEEPEST = 6

/** By index of the left sequence: the index in the right one, or −1. What is matched rises on both sides. */
export type Matching = Int32Array

/** Aligns two sequences. Exchanging them exchanges the sides of the answer, and nothing else. */
export const align = (left: Float64Array, right: Float64Array): Matching => {
  if (!comesFirst(right, left)) return alignInOrder(left, right)
  const mirrored = alignInOrder(right, left)
  const matching = new Int32Array(left.length).fill(-1)
  for (let i = 0; i < mirrored.length; i++) if ((mirrored[i] as number) >= 0) matching[mirrored[i] as number] = i
  return matching
}

/** Which of the two is taken for the left one: of several alignments that are as good, both ways must give the same. */
const comesFirst = (a: Float64Array, b: Float64Array): boolean => {
  if (a.length !== b.length) return a.length < b.length
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return (a[i] as number) < (b[i] as number)
  return false
}

/** A rectangle: elements of the left sequence against elements of the right one. */
interface Area {
  readonly a0: number
  readonly a1: number
  readonly b0: number
  readonly b1: number
  readonly depth: number
}

/** The places of elements that the other sequence has, too: no other can be matched, and looking for them costs most. */
const shared = (of: Float64Array, other: Float64Array): Int32Array => {
  const there = new Set(other)
  return Int32Array.from(of.keys()).filter((i) => there.has(of[i] as number))
}

const alignInOrder = (left: Float64Array, right: Float64Array): Matching => {
  const matching: Matching = new Int32Array(left.length).fill(-1)
  // Before anything is left out: of several that are equal, those that stand in the same place belong together.
  const { a0, a1, b0, b1 } = stripped({ a0: 0, a1: left.length, b0: 0, b1: right.length, depth: 0 }, left, right, matching)
  const [ours, theirs] = [left.subarray(a0, a1), right.subarray(b0, b1)]
  const [inLeft, inRight] = [shared(ours, theirs), shared(theirs, ours)]
  const within = alignShared(Float64Array.from(inLeft, (i) => ours[i] as number), Float64Array.from(inRight, (i) => theirs[i] as number))
  for (let i = 0; i < within.length; i++) {
    const j = within[i] as number
    if (j >= 0) matching[a0 + (inLeft[i] as number)] = b0 + (inRight[j] as number)
  }
  return matching
}

const alignShared = (a: Float64Array, b: Float64Array): Matching => {
  const matching: Matching = new Int32Array(a.length).fill(-1)
  const areas: Area[] = [{ a0: 0, a1: a.length, b0: 0, b1: b.length, depth: 0 }]
  for (let area = areas.pop(); area !== undefined; area = areas.pop()) {
    const { a0, a1, b0, b1, depth } = stripped(area, a, b, matching)
    if (a0 === a1 || b0 === b1) continue
    const path = greedy(a, b, { a0, a1, b0, b1, depth }, matching)
    if (path.done) continue
    const found = depth < DEEPEST ? anchors(a, b, { a0, a1, b0, b1, depth }) : []
    if (found.length === 0) {
      path.take()
      areas.push({ a0: path.x, a1, b0: path.y, b1, depth })
      continue
    }
    let [fromA, fromB] = [a0, b0]
    for (const [i, j] of found) {
      matching[i] = j
      areas.push({ a0: fromA, a1: i, b0: fromB, b1: j, depth: depth + 1 })
      ;[fromA, fromB] = [i + 1, j + 1]
    }
    areas.push({ a0: fromA, a1, b0: fromB, b1, depth: depth + 1 })
  }
  return matching
}

/** Matches what both begin and end with; what is left between. */
const stripped = (area: Area, a: Float64Array, b: Float64Array, matching: Matching): Area => {
  let { a0, a1, b0, b1 } = area
  while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) matching[a0++] = b0++
  while (a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]) matching[--a1] = --b1
  return { a0, a1, b0, b1, depth: area.depth }
}

interface Path {
  /** It led to the end, and its matches are made. */
  readonly done: boolean
  /** Where the furthest path stands when the edits are used up. */
  readonly x: number
  readonly y: number
  /** Makes its matches. */
  readonly take: () => void
}

/** Myers' greedy algorithm for up to EDITS edits. `v[k]` is the furthest x on the diagonal x − y = k. */
const greedy = (a: Float64Array, b: Float64Array, { a0, a1, b0, b1 }: Area, matching: Matching): Path => {
  const [n, m] = [a1 - a0, b1 - b0]
  const most = Math.min(EDITS, n + m)
  const middle = most + 1
  const v = new Int32Array(2 * most + 3)
  const before: Int32Array[] = []
  let best = { x: 0, y: 0, k: 0 }
  /** Goes the path back from its end, and matches its diagonals. */
  const back = (edits: number, at: number, to: number): void => {
    let [k, x] = [at, to]
    for (let d = edits; d >= 0; d--) {
      const was = before[d] as Int32Array
      const down = k === -d || (k !== d && (was[middle + k - 1] as number) < (was[middle + k + 1] as number))
      const k0 = down ? k + 1 : k - 1
      const start = d === 0 ? 0 : down ? (was[middle + k0] as number) : (was[middle + k0] as number) + 1
      while (x > start) {
        x--
        matching[a0 + x] = b0 + x - k
      }
      if (d === 0) return
      x = was[middle + k0] as number
      k = k0
    }
  }
  for (let d = 0; d <= most; d++) {
    before.push(v.slice())
    for (let k = -d; k <= d; k += 2) {
      let x = d === 0 ? 0 : k === -d || (k !== d && (v[middle + k - 1] as number) < (v[middle + k + 1] as number)) ? (v[middle + k + 1] as number) : (v[middle + k - 1] as number) + 1
      if (x > n || x - k > m || x - k < 0) {
        v[middle + k] = x
        continue
      }
      while (x < n && x - k < m && a[a0 + x] === b[b0 + x - k]) x++
      v[middle + k] = x
      if (x === n && x - k === m) {
        back(d, k, x)
        return { done: true, x: a1, y: b1, take: () => {} }
      }
      if (d === most && x + x - k > best.x + best.y) best = { x, y: x - k, k }
    }
  }
  return { done: false, x: a0 + best.x, y: b0 + best.y, take: () => back(most, best.k, best.x) }
}

/** Elements that both have exactly once, as many as rise on both sides. */
const anchors = (a: Float64Array, b: Float64Array, { a0, a1, b0, b1 }: Area): readonly (readonly [number, number])[] => {
  /** By element: its place, or −1 when there are several. */
  const once = (of: Float64Array, from: number, to: number): Map<number, number> => {
    const places = new Map<number, number>()
    for (let i = from; i < to; i++) places.set(of[i] as number, places.has(of[i] as number) ? -1 : i)
    return places
  }
  const there = once(b, b0, b1)
  const pairs: (readonly [number, number])[] = []
  for (const [element, i] of once(a, a0, a1)) {
    const j = there.get(element)
    if (i >= 0 && j !== undefined && j >= 0) pairs.push([i, j])
  }
  return rising(pairs.sort(([i], [j]) => i - j))
}

/** The longest part of the pairs, in the order of their first numbers, in which the second ones rise. */
const rising = (pairs: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] => {
  /** By length: the pair with the least end. */
  const ends: number[] = []
  const before = new Int32Array(pairs.length)
  for (let p = 0; p < pairs.length; p++) {
    const value = (pairs[p] as readonly [number, number])[1]
    let [low, high] = [0, ends.length]
    while (low < high) {
      const mid = (low + high) >> 1
      if ((pairs[ends[mid] as number] as readonly [number, number])[1] < value) low = mid + 1
      else high = mid
    }
    before[p] = low > 0 ? (ends[low - 1] as number) : -1
    ends[low] = p
  }
  const found: (readonly [number, number])[] = []
  for (let p = ends.at(-1) ?? -1; p >= 0; p = before[p] as number) found.push(pairs[p] as readonly [number, number])
  return found.reverse()
}
