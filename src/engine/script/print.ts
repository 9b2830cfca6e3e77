import { Call } from './call.ts'
import { Struct } from './struct.ts'

/**
 * What a script prints, as text: like Node's util.inspect for plain data, but a fixed function of the value, the
 * same in every engine. Cycles are marked, and everything is bounded.
 */

const WIDTH = 72
const MOST_ITEMS = 100
const MOST_TEXT = 16_384
const DEEPEST = 4

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/
const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f', '\v': '\\v', '\\': '\\\\', "'": "\\'",
}

const quote = (text: string): string =>
  `'${text.replaceAll(/[\0-\x1f\x7f\\']/g, (one) => ESCAPES[one] ?? `\\x${one.charCodeAt(0).toString(16).padStart(2, '0')}`)}'`

const cut = (text: string): string =>
  text.length <= MOST_TEXT ? text : `${text.slice(0, MOST_TEXT)}… ${text.length - MOST_TEXT} more characters`

const keyText = (key: PropertyKey): string =>
  typeof key === 'symbol' ? `[${String(key)}]` : IDENTIFIER.test(String(key)) ? String(key) : quote(String(key))

const className = (value: object): string | null => {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null) return null
  const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value
  return typeof constructor === 'function' ? constructor.name : className(prototype as object)
}

const functionText = (value: object): string => {
  const name: unknown = Object.getOwnPropertyDescriptor(value, 'name')?.value
  const isClass = Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false
  const kind = isClass ? 'class' : 'Function'
  if (typeof name !== 'string' || name === '') return isClass ? '[class (anonymous)]' : '[Function (anonymous)]'
  return isClass ? `[${kind} ${name}]` : `[${kind}: ${name}]`
}

interface Seen {
  readonly above: Set<object>
  /** Values that may still be shown: what is bounded in every part is bounded as a whole. */
  left: number
}

/** Prefix and brackets around parts, on one line if they fit. */
const wrap = (prefix: string, open: string, parts: readonly string[], close: string, indent: number): string => {
  const head = prefix === '' ? open : `${prefix} ${open}`
  if (parts.length === 0) return `${head}${close}`
  const oneLine = `${head} ${parts.join(', ')} ${close}`
  if (oneLine.length + indent <= WIDTH && !oneLine.includes('\n')) return oneLine
  const pad = ' '.repeat(indent + 2)
  return `${head}\n${pad}${parts.join(`,\n${pad}`)}\n${' '.repeat(indent)}${close}`
}

const items = (all: Iterable<unknown>, size: number, show: (item: unknown) => string): string[] => {
  const parts: string[] = []
  for (const item of all) {
    if (parts.length === MOST_ITEMS) {
      parts.push(`... ${size - MOST_ITEMS} more item${size - MOST_ITEMS === 1 ? '' : 's'}`)
      break
    }
    parts.push(show(item))
  }
  return parts
}

const properties = (value: object, skipIndices: boolean, indent: number, seen: Seen): string[] => {
  const parts: string[] = []
  for (const key of Reflect.ownKeys(value)) {
    if (skipIndices && typeof key === 'string' && (key === 'length' || /^\d+$/.test(key))) continue
    const property = Object.getOwnPropertyDescriptor(value, key)
    if (property?.enumerable !== true) continue
    const text = property.get !== undefined || property.set !== undefined
      ? property.get === undefined ? '[Setter]' : property.set === undefined ? '[Getter]' : '[Getter/Setter]'
      : show(property.value, indent + 2, seen)
    if (parts.length === MOST_ITEMS) {
      parts.push('...')
      break
    }
    parts.push(`${keyText(key)}: ${text}`)
  }
  return parts
}

const listText = (value: readonly unknown[], name: string | null, indent: number, seen: Seen): string => {
  const parts: string[] = []
  let holes = 0
  const flush = (): void => {
    if (holes > 0) parts.push(`<${holes} empty item${holes === 1 ? '' : 's'}>`)
    holes = 0
  }
  for (let i = 0; i < value.length && parts.length < MOST_ITEMS; i++) {
    if (i in value) {
      flush()
      parts.push(show(value[i], indent + 2, seen))
    } else if (++holes > MOST_TEXT) break
  }
  flush()
  const rest = value.length - MOST_ITEMS
  if (rest > 0) parts.push(`... ${rest} more item${rest === 1 ? '' : 's'}`)
  const prefix = name === 'Array' ? '' : `${name ?? '[Array: null prototype]'}(${value.length})`
  return wrap(prefix, '[', [...parts, ...properties(value, true, indent, seen)], ']', indent)
}

const errorText = (error: Error, indent: number, seen: Seen): string => {
  const { name, message, cause } = error as { readonly name: unknown; readonly message: unknown; readonly cause?: unknown }
  const head = message === '' ? String(name) : `${String(name)}: ${cut(String(message))}`
  const own = properties(error, false, indent, seen).filter((part) => !/^(name|message|stack|line|why|cure): /.test(part))
  if ('cause' in error) own.push(`[cause]: ${show(cause, indent + 2, seen)}`)
  return own.length === 0 ? head : wrap(head, '{', own, '}', indent)
}

const objectText = (value: object, indent: number, seen: Seen): string => {
  if (typeof value === 'function') return functionText(value)
  const name = className(value)
  const inner = (part: unknown): string => show(part, indent + 2, seen)
  if (Array.isArray(value)) return listText(value, name, indent, seen)
  if (value instanceof Error) return errorText(value, indent, seen)
  if (value instanceof Struct) {
    return wrap(name ?? 'Struct', '{', Struct.entriesOf(value).map(([key, field]) => `${key}: ${inner(field)}`), '}', indent)
  }
  if (value instanceof Call) {
    return wrap('', '{', Call.entriesOf(value).map(([key, field]) => `${key}: ${inner(field)}`), '}', indent)
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (value instanceof RegExp) return String(value)
  if (value instanceof Map) {
    const parts = items(value, value.size, (entry) => (entry as [unknown, unknown]).map(inner).join(' => '))
    return wrap(`${name}(${value.size})`, '{', parts, '}', indent)
  }
  if (value instanceof Set) return wrap(`${name}(${value.size})`, '{', items(value, value.size, inner), '}', indent)
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const list = value as Uint8Array
    return wrap(`${name}(${list.length})`, '[', items(list, list.length, inner), ']', indent)
  }
  if (value instanceof ArrayBuffer) return `ArrayBuffer { byteLength: ${value.byteLength} }`
  if (value instanceof Promise) return 'Promise {}'
  const boxed = value instanceof Number || value instanceof String || value instanceof Boolean
  if (boxed) return `[${name}: ${inner(value.valueOf())}]`
  const tag: unknown = (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag]
  const prefix = name === null ? '[Object: null prototype]' : typeof tag === 'string' && tag !== name ? `${name} [${tag}]` : name
  return wrap(prefix === 'Object' ? '' : prefix, '{', properties(value, false, indent, seen), '}', indent)
}

const show = (value: unknown, indent: number, seen: Seen): string => {
  switch (typeof value) {
    case 'string': return quote(cut(value))
    case 'bigint': return `${value}n`
    case 'number': return Object.is(value, -0) ? '-0' : String(value)
    case 'symbol': return String(value)
    case 'function':
    case 'object': break
    default: return String(value)
  }
  if (value === null) return 'null'
  if (seen.above.has(value)) return '[Circular]'
  if (seen.above.size > DEEPEST && typeof value !== 'function') return Array.isArray(value) ? '[Array]' : `[${className(value) ?? 'Object'}]`
  if (--seen.left < 0) return '…'
  seen.above.add(value)
  try {
    return objectText(value, indent, seen)
  } finally {
    seen.above.delete(value)
  }
}

/** A value as `console.log` shows it inside of others: strings are quoted. */
export const inspect = (value: unknown): string => show(value, 0, { above: new Set(), left: 2000 })

const FORMATS: Readonly<Record<string, (value: unknown) => string>> = {
  s: (value) => (typeof value === 'string' ? value : inspect(value)),
  d: (value) => (typeof value === 'bigint' ? `${value}n` : String(Number(value))),
  i: (value) => (typeof value === 'bigint' ? `${value}n` : String(Math.trunc(Number(value)))),
  f: (value) => String(Number(value)),
  x: (value) => (typeof value === 'bigint' || typeof value === 'number' ? value.toString(16) : inspect(value)),
  o: inspect,
  O: inspect,
  j: (value) => JSON.stringify(value) ?? 'undefined',
}

/** The line that `console.log(...values)` prints: `%s %d %i %f %x %o %j %%` are replaced as in Node. */
export const format = (values: readonly unknown[]): string => {
  let rest = values
  const parts: string[] = []
  const [first] = values
  // Most of what is printed; alone, even `%%` stays as it is.
  if (typeof first === 'string' && values.length === 1) return cut(first)
  if (typeof first === 'string') {
    let used = 1
    const text = first.replaceAll(/%([sdifxoOj%])/g, (directive, letter: string) => {
      if (letter === '%') return '%'
      if (used >= values.length) return directive
      return (FORMATS[letter] as (value: unknown) => string)(values[used++])
    })
    parts.push(cut(text))
    rest = values.slice(used)
  }
  for (const value of rest) parts.push(typeof value === 'string' ? cut(value) : inspect(value))
  return parts.join(' ')
}
