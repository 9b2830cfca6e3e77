import type { Failure } from '../../engine/protocol.ts'
import { child, children, list, walkFlat } from './node.ts'
import type { Node } from './node.ts'

/** How deep a script may nest, in nodes of its syntax tree: far below what any engine's stack allows a parser. */
export const NESTING = 300

/** What a script asks of the compiler that is no matter of syntax. */
export interface Found {
  /** The string literals that name the module "ptrace": start and end. */
  readonly imports: readonly { readonly start: number; readonly end: number }[]
  /** All names in the script, escapes resolved. */
  readonly names: ReadonlySet<string>
}

export const problem = (node: Node | undefined, title: string, cause: string, cure: string): Failure => ({
  kind: 'syntax',
  title,
  ...(node === undefined ? {} : { line: node.loc.start.line, column: node.loc.start.column + 1 }),
  cause,
  cure,
})

export const tooDeep: Failure = problem(
  undefined,
  'The script is nested too deeply',
  `Blocks, brackets and operators may stand within one another ${NESTING} levels deep.`,
  'Split the innermost part off into a function or a variable of its own.',
)

const isFunction = (node: Node): boolean =>
  node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'

const declaredNames = (pattern: Node): readonly Node[] => {
  if (pattern.type === 'Identifier') return [pattern]
  if (pattern.type === 'MemberExpression') return []
  if (pattern.type === 'Property') return declaredNames(child(pattern, 'value') as Node)
  if (pattern.type === 'AssignmentPattern') return declaredNames(child(pattern, 'left') as Node)
  return children(pattern).flatMap(declaredNames)
}

/** The names that `var` declares in a body, however deep, without those of functions in it. */
const varNames = (body: Node): ReadonlySet<string> => {
  const names = new Set<string>()
  const visit = (node: Node): void => {
    if (node.type === 'VariableDeclaration' && node['kind'] === 'var') {
      for (const one of list(node, 'declarations')) {
        for (const id of declaredNames(child(one, 'id') as Node)) names.add(id['name'] as string)
      }
    }
    for (const inner of children(node)) if (!isFunction(inner) && inner.type !== 'StaticBlock') visit(inner)
  }
  visit(body)
  return names
}

/**
 * A body becomes a block, where a function may not share its name with a variable or another function.
 * (TypeScript does not allow it anywhere.)
 */
const doubled = (body: Node): Node | undefined => {
  const functions = list(body, 'body').filter((node) => node.type === 'FunctionDeclaration')
  if (functions.length === 0) return undefined
  const taken = new Set(varNames(body))
  for (const node of functions) {
    const id = child(node, 'id') as Node
    if (taken.has(id['name'] as string)) return id
    taken.add(id['name'] as string)
  }
  return undefined
}

/** The name of an imported or exported thing: an identifier, or (since ES2022) a string. */
const moduleName = (node: Node): string => String(node['name'] ?? node['value'])

const importProblem = (node: Node, exported: ReadonlySet<string>): Failure | undefined => {
  const from = child(node, 'source')
  if (from?.['value'] !== 'ptrace') {
    return problem(
      node,
      `There is no module ${JSON.stringify(from?.['value'] ?? '?')} here`,
      'A script runs alone with the kernel: "ptrace" is the only module that it can import.',
      'Write the code that you need into the script, or import what you need from "ptrace".',
    )
  }
  if (list(node, 'attributes').length > 0) {
    return problem(node, 'An import with attributes', 'The module "ptrace" takes none.', 'Remove what follows `with`.')
  }
  for (const one of list(node, 'specifiers')) {
    if (one.type === 'ImportDefaultSpecifier') {
      const local = (child(one, 'local') as Node)['name'] as string
      return problem(
        one,
        'The module "ptrace" has no default export',
        `\`import ${local} from "ptrace"\` asks for the one thing that a module exports by default; "ptrace" exports many by name.`,
        `Write \`import { trace } from "ptrace"\`, or \`import * as ${local} from "ptrace"\` for all.`,
      )
    }
    const imported = child(one, 'imported')
    if (imported === undefined || exported.has(moduleName(imported))) continue
    const asked = moduleName(imported)
    const close = [...exported].find((name) => name.toLowerCase() === asked.toLowerCase() || name.endsWith(`_${asked}`))
    return problem(
      one,
      `"ptrace" does not export ${asked}`,
      'The name is not among those that the module has.',
      close === undefined ? 'Look it up in the API page; the editor completes the names after `import {`.' : `Did you mean ${close}?`,
    )
  }
  return undefined
}

const nodeProblem = (node: Node, exported: ReadonlySet<string>): Failure | undefined => {
  switch (node.type) {
    case 'ImportDeclaration':
      return importProblem(node, exported)
    case 'ImportExpression':
      return problem(
        node,
        'import() cannot be used here',
        'A script may not load code while it runs: the same recipe must give the same run everywhere.',
        'Use `import { … } from "ptrace"` at the top of the script.',
      )
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      if (node['source'] === null || node['source'] === undefined) return undefined
      return problem(
        node,
        'A script cannot export from another module',
        'Nobody imports a script: what it exports goes nowhere.',
        'Remove the line, or import what you need from "ptrace".',
      )
    case 'FunctionDeclaration': case 'FunctionExpression': case 'ArrowFunctionExpression': {
      const body = child(node, 'body')
      const id = body?.type === 'BlockStatement' ? doubled(body) : undefined
      return id === undefined ? undefined : sameName(id)
    }
    case 'StaticBlock': {
      const id = doubled(node)
      return id === undefined ? undefined : sameName(id)
    }
    default:
      return undefined
  }
}

const sameName = (id: Node): Failure =>
  problem(
    id,
    `Two things are called ${id['name'] as string}`,
    'A function has the name of another function or of a variable in the same body.',
    'Rename one of them.',
  )

/** Looks for what the compiler refuses; the first in the order of the source. */
export const check = (program: Node, exported: ReadonlySet<string>): Found | Failure => {
  const imports: { start: number; end: number }[] = []
  const names = new Set<string>()
  let failure: Failure | undefined
  let deepest = 0
  const nodes: Node[] = []
  walkFlat(program, (node, depth) => {
    deepest = Math.max(deepest, depth)
    nodes.push(node)
    if (node.type === 'Identifier' || node.type === 'PrivateIdentifier') names.add(node['name'] as string)
    if (node.type === 'ImportDeclaration') {
      const { start, end } = child(node, 'source') as Node
      imports.push({ start, end })
    }
  })
  if (deepest > NESTING) return tooDeep
  for (const node of nodes) {
    failure = nodeProblem(node, exported)
    if (failure !== undefined) return failure
  }
  return { imports, names }
}
