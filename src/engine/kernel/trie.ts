const BITS = 5
const WIDTH = 1 << BITS

interface Node<T> {
  /** The epoch that made it. Only that one may write to it: an older node belongs to a snapshot, too. */
  readonly epoch: number
  readonly slots: (Node<T> | T | undefined)[]
}

/**
 * A table from small whole numbers to values whose copy costs nothing: copies share nodes, and a write copies
 * the nodes on its way that are older than the epoch it is made in. Values must not be undefined.
 */
export class Trie<T> {
  #root: Node<T> | undefined
  /** Levels below the root. */
  #height = 0
  /** Keys below it have a place in the tree as high as it is: WIDTH ** (height + 1). */
  #room = WIDTH

  /** A table with the same content. The caller starts a new epoch before either is written to. */
  copy(): Trie<T> {
    const copy = new Trie<T>()
    copy.#root = this.#root
    copy.#height = this.#height
    copy.#room = this.#room
    return copy
  }

  get(key: number): T | undefined {
    if (key >= this.#room) return undefined
    let node = this.#root
    for (let level = this.#height; level > 0; level--) {
      node = node?.slots[(key >>> (level * BITS)) & (WIDTH - 1)] as Node<T> | undefined
    }
    return node?.slots[key & (WIDTH - 1)] as T | undefined
  }

  set(key: number, value: T, epoch: number): void {
    while (key >= this.#room) {
      if (this.#root !== undefined) this.#root = { epoch, slots: [this.#root] }
      this.#height++
      this.#room *= WIDTH
    }
    let node = (this.#root = own(this.#root, epoch))
    for (let level = this.#height; level > 0; level--) {
      const slot = (key >>> (level * BITS)) & (WIDTH - 1)
      const child = own(node.slots[slot] as Node<T> | undefined, epoch)
      node.slots[slot] = child
      node = child
    }
    node.slots[key & (WIDTH - 1)] = value
  }

  delete(key: number, epoch: number): void {
    if (this.get(key) === undefined) return
    this.#root = without(this.#root as Node<T>, key, this.#height, epoch)
    if (this.#root !== undefined) return
    this.#height = 0
    this.#room = WIDTH
  }

  /** The entries from a key on, in the order of keys. The table must not be written to meanwhile. */
  *entries(from = 0): Generator<readonly [key: number, value: T]> {
    if (this.#root !== undefined) yield* below(this.#root, 0, this.#height, from)
  }
}

const own = <T>(node: Node<T> | undefined, epoch: number): Node<T> =>
  node === undefined ? { epoch, slots: [] } : node.epoch === epoch ? node : { epoch, slots: node.slots.slice() }

/** The node without the key; undefined if nothing is left of it. */
const without = <T>(node: Node<T>, key: number, level: number, epoch: number): Node<T> | undefined => {
  const slot = (key >>> (level * BITS)) & (WIDTH - 1)
  const rest = level === 0 ? undefined : without(node.slots[slot] as Node<T>, key, level - 1, epoch)
  const mine = own(node, epoch)
  mine.slots[slot] = rest
  return mine.slots.some((value) => value !== undefined) ? mine : undefined
}

function* below<T>(node: Node<T>, base: number, level: number, from: number): Generator<readonly [number, T]> {
  const span = WIDTH ** level
  for (let slot = 0; slot < node.slots.length; slot++) {
    const value = node.slots[slot]
    const key = base + slot * span
    if (value === undefined || key + span <= from) continue
    if (level === 0) yield [key, value as T]
    else yield* below(value as Node<T>, key, level - 1, from)
  }
}
