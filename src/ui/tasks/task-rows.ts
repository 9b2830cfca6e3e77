import type { TaskNode } from '../../engine/decode/task.ts'

/** A task as a line of the tree. */
export interface TaskRow {
  readonly node: TaskNode
  /** Generations below the top. */
  readonly depth: number
}

/** More tasks than this are not listed one by one. */
const MOST = 200

const isOver = ({ state }: TaskNode): boolean => state.kind === 'dead'

/** The tree from top to bottom, each task below its parent. */
const flatten = (roots: readonly TaskNode[]): readonly TaskRow[] => {
  const rows: TaskRow[] = []
  // A stack and no recursion: a made-up trace is as deep as it likes.
  const waiting: TaskRow[] = [...roots].reverse().map((node) => ({ node, depth: 0 }))
  for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
    rows.push(row)
    const depth = row.depth + 1
    for (let i = row.node.children.length - 1; i >= 0; i--) waiting.push({ node: row.node.children[i] as TaskNode, depth })
  }
  return rows
}

/**
 * The lines of the tree. Of a long run those that have ended long ago are left out and counted: `current` and everybody
 * who lives stays.
 */
export const taskRows = (
  roots: readonly TaskNode[], current: number,
): { readonly rows: readonly TaskRow[]; readonly more: number } => {
  const all = flatten(roots)
  if (all.length <= MOST) return { rows: all, more: 0 }
  const ended = all.filter(({ node }) => isOver(node) && node.pid !== current).sort((a, b) => a.node.born - b.node.born)
  const dropped = new Set(ended.slice(0, all.length - MOST))
  return { rows: all.filter((row) => !dropped.has(row)), more: dropped.size }
}
