/** A stable merge sort: with a comparator, the order of its calls is observable, and engines differ in it. */

type Compare = (a: unknown, b: unknown) => number

/** Runs up to this length are sorted by insertion. */
const RUN = 8

const insertion = (list: unknown[], from: number, to: number, compare: Compare): void => {
  for (let i = from + 1; i < to; i++) {
    const item = list[i]
    let k = i
    for (; k > from && compare(list[k - 1], item) > 0; k--) list[k] = list[k - 1]
    list[k] = item
  }
}

const merge = (source: readonly unknown[], target: unknown[], from: number, middle: number, to: number, compare: Compare): void => {
  let left = from
  let right = middle
  for (let k = from; k < to; k++) {
    const takeLeft = left < middle && (right >= to || !(compare(source[left], source[right]) > 0))
    target[k] = takeLeft ? source[left++] : source[right++]
  }
}

/** Sorts a plain list, and answers it or another with the same items in order. */
export const mergeSort = (list: unknown[], compare: Compare): unknown[] => {
  const { length } = list
  for (let from = 0; from < length; from += RUN) insertion(list, from, from + RUN < length ? from + RUN : length, compare)
  let source = list
  let target = list.slice()
  for (let width = RUN; width < length; width *= 2) {
    for (let from = 0; from < length; from += 2 * width) {
      const middle = from + width < length ? from + width : length
      merge(source, target, from, middle, from + 2 * width < length ? from + 2 * width : length, compare)
    }
    const done = target
    target = source
    source = done
  }
  return source
}

/** By code units, as `sort` without a comparator; `undefined` is not among them. */
const byText = (list: unknown[]): unknown[] => {
  const keyed = list.map((item) => ({ key: String(item), item }))
  return mergeSort(keyed, (a, b) => {
    const [left, right] = [(a as { key: string }).key, (b as { key: string }).key]
    return left < right ? -1 : left > right ? 1 : 0
  }).map((one) => (one as { item: unknown }).item)
}

const numeric = (compare: (a: unknown, b: unknown) => unknown): Compare => (a, b) => {
  const order = Number(compare(a, b))
  return order > 0 ? 1 : order < 0 ? -1 : 0
}

const checked = (compare: unknown): ((a: unknown, b: unknown) => unknown) | undefined => {
  if (compare !== undefined && typeof compare !== 'function') throw new TypeError('a comparator is a function')
  return compare as ((a: unknown, b: unknown) => unknown) | undefined
}

/** SortIndexedProperties of ECMA-262, 23.1.3.30.1: `undefined` goes last, and is never compared. */
const sorted = (items: readonly unknown[], compare: ((a: unknown, b: unknown) => unknown) | undefined): unknown[] => {
  const defined = items.filter((item) => item !== undefined)
  const done = compare === undefined ? byText(defined) : mergeSort(defined, numeric(compare))
  for (let missing = items.length - defined.length; missing > 0; missing--) done.push(undefined)
  return done
}

const define = (target: object, methods: object): void => {
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true })
  }
}

/** Replaces the sorts of a realm whose intrinsics are not frozen yet. */
export const replaceSorts = (array: object, typedArray: object): void => {
  const nativeTyped = (typedArray as { sort: (this: unknown) => unknown }).sort
  const length = Object.getOwnPropertyDescriptor(typedArray, 'length')?.get as (this: unknown) => number
  define(array, {
    sort(this: unknown[], compare?: unknown): unknown[] {
      const order = checked(compare)
      const list = Object(this) as unknown[]
      const items: unknown[] = []
      const size = list.length
      for (let i = 0; i < size; i++) if (i in list) items.push(list[i])
      const done = sorted(items, order)
      for (let i = 0; i < done.length; i++) list[i] = done[i]
      for (let i = done.length; i < size; i++) if (i in list) delete list[i]
      return list
    },
    toSorted(this: ArrayLike<unknown>, compare?: unknown): unknown[] {
      const order = checked(compare)
      return sorted(Array.from({ length: this.length }, (_, i) => this[i]), order)
    },
  })
  define(typedArray, {
    sort(this: Uint8Array, compare?: unknown): Uint8Array {
      const order = checked(compare)
      if (order === undefined) return Reflect.apply(nativeTyped, this, []) as Uint8Array
      const size = Reflect.apply(length, this, []) as number
      const done = mergeSort(Array.from({ length: size }, (_, i) => this[i]), numeric(order))
      for (let i = 0; i < done.length; i++) this[i] = done[i] as number
      return this
    },
    toSorted(this: Uint8Array, compare?: unknown): Uint8Array {
      return (this.slice() as unknown as { sort(compare?: unknown): Uint8Array }).sort(compare)
    },
  })
}
