import { child } from './node.ts'
import type { Node } from './node.ts'

export const LOOPS: ReadonlySet<string> = new Set([
  'ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement',
])
/** What is no step of its own: it runs elsewhere, or not at all. */
const STILL: ReadonlySet<string> = new Set([
  'FunctionDeclaration', 'EmptyStatement', 'ImportDeclaration', 'ExportAllDeclaration',
])

export const isDirective = (node: Node): boolean => typeof node['directive'] === 'string'

/** Is a statement a step of its own? */
export const runs = (node: Node): boolean => {
  if (STILL.has(node.type) || isDirective(node)) return false
  const declared = child(node, 'declaration')
  if (node.type === 'ExportNamedDeclaration') return declared !== undefined && runs(declared)
  if (node.type === 'ExportDefaultDeclaration') return declared?.type !== 'FunctionDeclaration'
  return true
}

/** Gives the anonymous its name from the place where it stands, and therefore must not be wrapped. */
export const takesName = (node: Node): boolean =>
  node.type === 'ArrowFunctionExpression' ||
  ((node.type === 'FunctionExpression' || node.type === 'ClassExpression') && child(node, 'id') === undefined)
