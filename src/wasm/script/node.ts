import type { Node as AcornNode } from 'acorn'

/** A node of the ESTree as a walker sees it: a type, a place, and children under names that depend on the type. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly loc: { readonly start: { readonly line: number; readonly column: number } }
  readonly [key: string]: unknown
}

export const asNode = (node: AcornNode): Node => node as unknown as Node

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

/** The child under a name, where there is one. */
export const child = (node: Node, key: string): Node | undefined => {
  const value = node[key]
  return isNode(value) ? value : undefined
}

/** The children in a list under a name, without the holes of array patterns. */
export const list = (node: Node, key: string): readonly Node[] => {
  const value = node[key]
  return Array.isArray(value) ? value.filter(isNode) : []
}

/** All children in the order of their names in the node, which is that of the source but for a few. */
export const children = (node: Node): readonly Node[] => {
  const found: Node[] = []
  for (const value of Object.values(node)) {
    if (isNode(value)) found.push(value)
    else if (Array.isArray(value)) for (const item of value) if (isNode(item)) found.push(item)
  }
  return found
}

/** Walks without recursion, so that hostile nesting cannot overflow: `visit` sees each node with its depth. */
export const walkFlat = (root: Node, visit: (node: Node, depth: number, parent: Node | undefined) => void): void => {
  const stack: { node: Node; depth: number; parent: Node | undefined }[] = [{ node: root, depth: 0, parent: undefined }]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    visit(next.node, next.depth, next.parent)
    const below = children(next.node)
    for (let i = below.length - 1; i >= 0; i--) {
      stack.push({ node: below[i] as Node, depth: next.depth + 1, parent: next.node })
    }
  }
}
