/**
 * Errors in the script's realm. Messages and stacks differ from engine to engine, so a script sees neither: an
 * error that the engine made is given a message of ours before a script can catch it, and no error has a stack.
 */

const NAMES = ['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'URIError', 'EvalError'] as const

const WORDS: Readonly<Record<(typeof NAMES)[number] | 'InternalError', string>> = {
  TypeError: 'a value is not of the kind that is needed here',
  RangeError: 'a number is outside of its range',
  ReferenceError: 'a name has no value',
  SyntaxError: 'a text does not have the form that it needs',
  URIError: 'a text is no URI',
  EvalError: 'code cannot be made while it runs',
  InternalError: 'the engine gave up',
}

type ErrorClass = new (...args: unknown[]) => Error

/** Errors that somebody made on purpose, with words of their own. */
const made = new WeakSet<object>()
const words = new WeakMap<object, string>()

const { apply, construct, defineProperty, deleteProperty, getOwnPropertyDescriptor } = Reflect
const { getPrototypeOf, setPrototypeOf } = Object
const hasMade = made.has.bind(made)
const addMade = made.add.bind(made)
const wordsOf = words.get.bind(words)

const strip = (error: Error): Error => {
  deleteProperty(error, 'stack')
  addMade(error)
  return error
}

const wrap = (global: Record<string, unknown>, name: string, parent: object): ErrorClass | undefined => {
  const native = global[name] as ErrorClass | undefined
  if (native === undefined) return undefined
  const wrapped = function (this: unknown, ...args: unknown[]): Error {
    return strip(construct(native, args, (new.target as unknown as ErrorClass | undefined) ?? wrapped))
  } as unknown as ErrorClass
  setPrototypeOf(wrapped, parent)
  defineProperty(wrapped, 'prototype', { value: native.prototype, writable: false, enumerable: false, configurable: false })
  defineProperty(wrapped, 'name', { value: name, configurable: true })
  defineProperty(wrapped, 'length', { value: native.length, configurable: true })
  defineProperty(native.prototype as object, 'constructor', { value: wrapped, writable: true, enumerable: false, configurable: true })
  defineProperty(global, name, { value: wrapped, writable: true, enumerable: false, configurable: true })
  return wrapped
}

/** Replaces the error constructors of a realm whose intrinsics are not frozen yet. */
export const replaceErrors = (global: Record<string, unknown>): void => {
  const prototype = (global['Error'] as ErrorClass).prototype as object
  deleteProperty(prototype, 'stack')
  const error = wrap(global, 'Error', Function.prototype)
  if (error === undefined) return
  for (const name of [...NAMES, 'InternalError', 'AggregateError'] as const) {
    const native = global[name] as ErrorClass | undefined
    if (native === undefined) continue
    if (name in WORDS) words.set(native.prototype as object, WORDS[name as keyof typeof WORDS])
    wrap(global, name, error)
  }
}

/** The engine's own words of the errors that were given others: for the page, never for a script. */
const engineWords = new WeakMap<object, string>()

/** What the engine said of an error, if it made it. */
export const wordsOfEngine = (thrown: unknown): string | undefined =>
  typeof thrown === 'object' && thrown !== null ? engineWords.get(thrown) : undefined

/** What a script may see of a caught value: the engine's own errors say what ours say, in every engine. */
export const tame = (thrown: unknown): unknown => {
  if (typeof thrown !== 'object' || thrown === null || hasMade(thrown)) return thrown
  const prototype: unknown = getPrototypeOf(thrown)
  const text = typeof prototype === 'object' && prototype !== null ? wordsOf(prototype) : undefined
  if (text === undefined) return thrown
  for (const key of ['stack', 'lineNumber', 'columnNumber', 'fileName', 'line', 'column', 'sourceURL']) deleteProperty(thrown, key)
  const message: unknown = getOwnPropertyDescriptor(thrown, 'message')?.value
  if (message !== undefined) {
    if (typeof message === 'string' && !engineWords.has(thrown)) engineWords.set(thrown, message)
    defineProperty(thrown, 'message', { value: text, writable: true, enumerable: false, configurable: true })
  }
  return thrown
}

/** Rejections reach a script through `then` as well, which `catch`, `finally` and `allSettled` call. */
export const replaceThen = (promise: { then: unknown }): void => {
  const native = promise.then as (...args: unknown[]) => unknown
  const then = {
    then(this: unknown, onFulfilled: unknown, onRejected: unknown): unknown {
      const shown = typeof onRejected === 'function' ? (reason: unknown): unknown => onRejected(tame(reason)) : onRejected
      return apply(native, this, [onFulfilled, shown])
    },
  }.then
  defineProperty(promise, 'then', { value: then, writable: true, enumerable: false, configurable: true })
}
