import type { Token } from 'acorn'
import { Edits } from './edits.ts'
import { child, children, list } from './node.ts'
import type { Node } from './node.ts'
import type { Hook } from './hook.ts'
import { LOOPS, isDirective, runs, takesName } from './statement.ts'
import { tokenList } from './token-list.ts'

/** Where code stands: it decides which variable holds the call depth, and whether `await` suspends it. */
interface Place {
  /** `module`: depth 1, suspends freely. `head`: defaults, fields and the like, outside of any body. */
  readonly kind: 'module' | 'body' | 'head'
  readonly async: boolean
}

const MODULE: Place = { kind: 'module', async: true }
const HEAD: Place = { kind: 'head', async: false }

const FUNCTIONS: ReadonlySet<string> = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])
/**
 * Inserts ticks into a parsed module: before every statement, at the start of every loop's body and of every
 * function (with the depth of calls), and around what runs outside of bodies (defaults, fields, computed
 * keys). Rewrites `**` and `import.meta`, and shows every caught value to the machine first.
 * Lines keep their numbers.
 * @param name the name under which a hook is imported
 * @param depth the name of the variable that holds the depth of a call
 * @param imports the module specifiers to be replaced by `specifier`
 */
export const instrument = (
  source: string,
  program: Node,
  tokens: readonly Token[],
  name: (hook: Hook) => string,
  depth: string,
  imports: readonly { readonly start: number; readonly end: number }[],
  specifier: string,
): string => {
  const edits = new Edits(source)
  const line = (node: Node): number => node.loc.start.line
  const depthOf = (place: Place): string => (place.kind === 'body' ? depth : name('base'))
  const tick = (node: Node, place: Place): string => `${name('tick')}(${line(node)},${depthOf(place)});`

  const { tokenAfter, tokenBefore } = tokenList(tokens)

  const visitAll = (nodes: readonly Node[], place: Place): void => {
    for (const node of nodes) visit(node, place)
  }

  const statements = (nodes: readonly Node[], place: Place): void => {
    for (const node of nodes) {
      if (runs(node)) edits.open(node.start, tick(node, place))
      visit(node, place)
    }
  }

  /** A statement that may stand without braces. A loop's body ticks even if it is empty. */
  const body = (node: Node, place: Place, loop: boolean): void => {
    if (node.type === 'BlockStatement') {
      const first = list(node, 'body')[0]
      if (loop && (first === undefined || !runs(first))) edits.open(node.start + 1, tick(node, place))
      visit(node, place)
      return
    }
    edits.open(node.start, `{${tick(node, place)}`)
    visit(node, place)
    edits.close(node.end, '}')
  }

  /** Code that runs outside of any body: counted as a call of its own. */
  const guarded = (node: Node, place: Place): void => {
    if (takesName(node) || node.type === 'Identifier' || node.type === 'Literal') {
      visit(node, place)
      return
    }
    edits.open(node.start, `${name('guard')}(${name('enter')}(${line(node)}),(`)
    visit(node, place)
    edits.close(node.end, '))')
  }

  /** The statements between two braces, as the body of a call. */
  const callBody = (node: Node, brace: number, inner: readonly Node[], place: Place): void => {
    const directives = inner.filter(isDirective)
    const from = directives.at(-1)?.end ?? brace + 1
    const prologue = `${directives.length > 0 ? ';' : ''}let ${depth}=${name('enter')}(${line(node)});try{`
    const epilogue = `}finally{${name('leave')}(${depth})}`
    if (from === node.end - 1) {
      edits.open(from, prologue + epilogue)
      return
    }
    edits.open(from, prologue)
    statements(inner, place)
    edits.close(node.end - 1, epilogue)
  }

  const visitFunction = (node: Node): void => {
    const place: Place = { kind: 'body', async: node['async'] === true }
    visitAll(list(node, 'params'), HEAD)
    const inner = child(node, 'body') as Node
    if (inner.type === 'BlockStatement') {
      callBody(inner, inner.start, list(inner, 'body'), place)
      return
    }
    const arrow = tokenBefore(inner.start, '=>')
    edits.open(arrow.end, `{let ${depth}=${name('enter')}(${line(inner)});try{return(`)
    visit(inner, place)
    edits.close(node.end, `)}finally{${name('leave')}(${depth})}}`)
  }

  const visitClass = (node: Node, place: Place): void => {
    const parent = child(node, 'superClass')
    if (parent !== undefined) guarded(parent, place)
    const members = child(node, 'body')
    for (const member of members === undefined ? [] : list(members, 'body')) {
      if (member.type === 'StaticBlock') {
        const brace = tokenAfter(member.start, '{')
        callBody(member, brace.start, list(member, 'body'), { kind: 'body', async: false })
        continue
      }
      const key = child(member, 'key')
      if (key !== undefined && member['computed'] === true) guarded(key, place)
      const value = child(member, 'value')
      if (value === undefined) continue
      if (member.type === 'PropertyDefinition') guarded(value, HEAD)
      else visit(value, place)
    }
  }

  /** Before a suspension the depth goes back to the caller's; the new one counts from the event loop. */
  const suspending = (from: number, to: number, place: Place): (() => void) => {
    if (place.kind !== 'body') return () => {}
    edits.open(from, ` ${name('rest')}(`)
    return () => edits.close(to, `,${depth},${depth}=1)`)
  }

  const visitYield = (node: Node, place: Place): void => {
    const argument = child(node, 'argument')
    edits.open(node.start, `${name('again')}(`)
    if (node['delegate'] === true && argument !== undefined) visit(argument, place)
    else if (argument === undefined) edits.close(node.end, ` ${name('rest')}(void 0,${depth})`)
    else {
      edits.open(node.start + 'yield'.length, ` ${name('rest')}(`)
      visit(argument, place)
      edits.close(node.end, `,${depth})`)
    }
    edits.close(node.end, `,${depth}=${name('resumed')}())`)
  }

  const visitPower = (node: Node, place: Place): void => {
    const left = child(node, 'left') as Node
    const right = child(node, 'right') as Node
    const operator = tokenAfter(left.end, '**')
    edits.open(node.start, `${name('pow')}(`)
    visit(left, place)
    edits.replace(operator.start, operator.end, ',')
    visit(right, place)
    edits.close(node.end, ')')
  }

  /** `target **= value`: the target's parts are evaluated once and in order. */
  const visitPowerAssignment = (node: Node, place: Place): void => {
    const target = child(node, 'left') as Node
    const value = child(node, 'right') as Node
    const operator = tokenAfter(target.end, '_=')
    const text = (part: Node): string => source.slice(part.start, part.end)
    const finish = (replacement: string): void => {
      edits.replace(operator.start, operator.end, replacement)
      visit(value, place)
      edits.close(node.end, ')')
    }
    if (target.type !== 'MemberExpression') {
      finish(`=${name('pow')}(${text(target)},`)
      return
    }
    const object = child(target, 'object') as Node
    const key = child(target, 'property') as Node
    const computed = target['computed'] === true
    if (object.type === 'Super') {
      if (computed) {
        edits.open(key.start, `${name('hold')}((`)
        visit(key, place)
        edits.close(key.end, '),true)')
      }
      finish(`=${name('pow')}(super${computed ? `[${name('held')}()]` : `.${text(key)}`},`)
    } else if (key.type === 'PrivateIdentifier') {
      edits.open(target.start, `${name('hold')}(`)
      visit(object, place)
      edits.close(tokenBefore(key.start, '.').start, ')')
      finish(`=${name('pow')}(${name('held')}().${text(key)},`)
    } else {
      edits.open(node.start, `${name('powTo')}(`)
      edits.open(target.start, `${name('powOf')}(`)
      visit(object, place)
      if (computed) {
        const bracket = tokenBefore(key.start, '[')
        edits.replace(bracket.start, bracket.end, ',(')
        visit(key, place)
        const end = tokenAfter(key.end, ']')
        edits.replace(end.start, end.end, '))')
      } else {
        const dot = tokenBefore(key.start, '.')
        edits.replace(dot.start, key.end, `,${JSON.stringify(key['name'])})`)
      }
      finish(',')
    }
  }

  /** What is caught is shown to the machine: it ends a script that was stopped, and hides engines' messages. */
  const visitCatch = (node: Node, place: Place): void => {
    const param = child(node, 'param')
    const block = child(node, 'body') as Node
    const caught = name('caught')
    // Not the depth's name: the body's statements need that one.
    const thrown = `${depth}e`
    if (param === undefined) edits.open(block.start, `(${thrown})`)
    if (param === undefined || param.type === 'Identifier') {
      edits.open(block.start + 1, `${caught}(${param === undefined ? thrown : source.slice(param.start, param.end)});`)
    } else {
      const open = tokenBefore(param.start, '(')
      const close = tokenAfter(param.end, ')')
      edits.replace(open.start, open.end, `(${thrown}){let `)
      visit(param, place)
      edits.replace(close.start, close.end, `=${caught}(${thrown});`)
      edits.replace(block.start, block.start + 1, ' ')
    }
    statements(list(block, 'body'), place)
  }

  const visit = (node: Node, place: Place): void => {
    if (FUNCTIONS.has(node.type)) {
      visitFunction(node)
      return
    }
    if (LOOPS.has(node.type)) {
      for (const part of children(node)) {
        if (part === node['body']) body(part, place, true)
        else if (part === node['right'] && node['await'] === true) {
          // The first wait of `for await` follows right after its iterable.
          const done = suspending(tokenAfter((child(node, 'left') as Node).end, 'name').end, part.end, place)
          visit(part, place)
          done()
        } else visit(part, place)
      }
      return
    }
    switch (node.type) {
      case 'Program': case 'BlockStatement':
        statements(list(node, 'body'), place)
        return
      case 'SwitchCase':
        visitAll(children(node).filter((part) => part === node['test']), place)
        statements(list(node, 'consequent'), place)
        return
      case 'IfStatement': {
        visit(child(node, 'test') as Node, place)
        body(child(node, 'consequent') as Node, place, false)
        const alternate = child(node, 'alternate')
        if (alternate !== undefined) body(alternate, place, false)
        return
      }
      case 'ClassDeclaration': case 'ClassExpression':
        visitClass(node, place)
        return
      case 'CatchClause':
        visitCatch(node, place)
        return
      case 'AwaitExpression': {
        const done = suspending(node.start + 'await'.length, node.end, place)
        visitAll(children(node), place)
        done()
        return
      }
      case 'YieldExpression':
        visitYield(node, place)
        return
      case 'MetaProperty':
        if (source.startsWith('import', node.start)) edits.replace(node.start, node.end, name('meta'))
        return
      case 'AssignmentPattern':
        visit(child(node, 'left') as Node, place)
        if (place.kind === 'head') guarded(child(node, 'right') as Node, place)
        else visit(child(node, 'right') as Node, place)
        return
      case 'Property': {
        const key = child(node, 'key') as Node
        // A shorthand's key is its value.
        if (node['shorthand'] !== true && node['computed'] === true) {
          if (place.kind === 'head') guarded(key, place)
          else visit(key, place)
        }
        visit(child(node, 'value') as Node, place)
        return
      }
      case 'BinaryExpression':
        if (node['operator'] === '**') visitPower(node, place)
        else visitAll(children(node), place)
        return
      case 'AssignmentExpression':
        if (node['operator'] === '**=') visitPowerAssignment(node, place)
        else visitAll(children(node), place)
        return
      default:
        visitAll(children(node), place)
    }
  }

  for (const { start, end } of imports) edits.replace(start, end, specifier)
  visit(program, MODULE)
  return edits.apply()
}
