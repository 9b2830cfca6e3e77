import 'ses'
import { MATH } from '../../engine/script/math.ts'
import { replaceDate } from './date.ts'
import { replaceErrors, replaceThen } from './error.ts'
import { replaceSorts } from './sort.ts'

/**
 * Locks the realm that machine and script share. What the machine needs later of the platform (postMessage,
 * WebAssembly, MessageChannel, crypto, performance, console, import()) it must have taken into variables or closures
 * before: afterwards the globals are gone, for everybody. Frozen are the intrinsics, not what was imported.
 *
 * Call it once, before the first line of a script runs, and after everything that the machine imports is loaded.
 */

/** ECMA-262's globals that are the same in every engine once repaired. All others go. */
export const ALLOWED: ReadonlySet<string> = new Set([
  'globalThis', 'Infinity', 'NaN', 'undefined',
  'isFinite', 'isNaN', 'parseFloat', 'parseInt', 'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent',
  'Array', 'ArrayBuffer', 'BigInt', 'BigInt64Array', 'BigUint64Array', 'Boolean', 'DataView', 'Date', 'Float32Array',
  'Float64Array', 'Int8Array', 'Int16Array', 'Int32Array', 'Map', 'Number', 'Object', 'Promise', 'Proxy', 'RegExp', 'Set',
  'String', 'Symbol', 'Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'WeakMap', 'WeakSet', 'Iterator',
  'Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError',
  'JSON', 'Math', 'Reflect',
  'console',
])

/** What ECMA-262 got after 2025: one engine has it, the other not yet. */
const LATER: readonly (readonly [object: string, names: readonly string[]])[] = [
  ['Array', ['fromAsync']],
  ['Error', ['captureStackTrace', 'stackTraceLimit', 'prepareStackTrace', 'isError']],
  ['Iterator', ['concat', 'zip', 'zipKeyed', 'range']],
  ['JSON', ['rawJSON', 'isRawJSON']],
  ['Math', ['f16round', 'sumPrecise', 'clamp']],
  ['Promise', ['try', 'allKeyed', 'allSettledKeyed']],
  ['RegExp', ['escape']],
  ['Symbol', ['dispose', 'asyncDispose']],
  ['Uint8Array', ['fromBase64', 'fromHex']],
  ['DataView.prototype', ['getFloat16', 'setFloat16']],
  ['Map.prototype', ['getOrInsert', 'getOrInsertComputed']],
  ['WeakMap.prototype', ['getOrInsert', 'getOrInsertComputed']],
  ['Iterator.prototype', ['chunks', 'windows', 'sliding', 'join']],
  ['ArrayBuffer.prototype', ['transferToImmutable', 'sliceToImmutable', 'immutable']],
  ['Uint8Array.prototype', ['toBase64', 'toHex', 'setFromBase64', 'setFromHex']],
  ['String.prototype', ['anchor', 'big', 'blink', 'bold', 'fixed', 'fontcolor', 'fontsize', 'italics', 'link', 'small', 'strike', 'sub', 'sup']],
]

/** What the script's world answers in place of the platform. */
export interface World {
  /** The virtual realtime clock, in milliseconds since 1970. */
  readonly now: () => number
  /** Seeded, from 0 up to but not including 1. */
  readonly random: () => number
  readonly console: object
}

type Globals = Record<string, unknown>

/**
 * `ses` makes accessors of what programs like to override on an instance. Not of this property: the engine asks for it
 * at every `await`, and nobody overrides it.
 */
const keepPlain = (target: object, name: PropertyKey): void => {
  Object.defineProperty(target, name, { configurable: false })
}

const define = (target: object, name: PropertyKey, value: unknown): void => {
  Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true })
}

const find = (global: Globals, path: string): object | undefined => {
  let found: unknown = global
  for (const name of path.split('.')) found = (found as Globals | undefined)?.[name]
  return found as object | undefined
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz'

/** A fraction in another base than ten: ECMA-262 leaves its digits to the implementation. As V8's DoubleToRadixCString. */
const radixText = (value: number, radix: number): string => {
  const size = Math.abs(value)
  let integer = Math.floor(size)
  let fraction = size - integer
  // Half the distance to the next number: further digits would say nothing.
  let delta = Math.max(Number.MIN_VALUE, 0.5 * Number.EPSILON * 2 ** Math.floor(MATH.log2(size)))
  const digits: number[] = []
  while (fraction >= delta) {
    fraction *= radix
    delta *= radix
    const digit = Math.floor(fraction)
    digits.push(digit)
    fraction -= digit
    if (fraction > 0.5 || (fraction === 0.5 && digit % 2 === 1)) {
      if (fraction + delta > 1) {
        let last = digits.length - 1
        while (last >= 0 && (digits[last] as number) + 1 === radix) {
          digits.pop()
          last--
        }
        if (last < 0) integer++
        else digits[last] = (digits[last] as number) + 1
        break
      }
    }
  }
  const tail = digits.map((digit) => DIGITS[digit]).join('')
  return `${value < 0 ? '-' : ''}${BigInt(integer).toString(radix)}${tail === '' ? '' : `.${tail}`}`
}

const replaceTexts = (global: Globals): void => {
  const number = (global['Number'] as NumberConstructor).prototype
  const native = number.toString
  define(number, 'toString', {
    toString(this: number, radix?: unknown): string {
      const base = radix === undefined ? 10 : Math.trunc(Number(radix))
      const value = Number(Reflect.apply(number.valueOf, this, []))
      if (base === 10 || Number.isInteger(value) || !Number.isFinite(value) || !(base >= 2 && base <= 36)) return Reflect.apply(native, value, [base])
      return radixText(value, base)
    },
  }.toString)
  // The text of a function tells engines, and compiled from original code, apart.
  define(Function.prototype, 'toString', {
    toString(this: { name?: unknown }): string {
      if (typeof this !== 'function') throw new TypeError('toString of a function, called on something else')
      return `function ${String((this as { name?: unknown }).name)}() { [code] }`
    },
  }.toString)
}

const replaceMath = (global: Globals, random: () => number): void => {
  const math = global['Math'] as object
  for (const [name, compute] of Object.entries(MATH)) {
    const ours = {
      [name](...args: unknown[]): number {
        return (compute as (...numbers: number[]) => number)(...args.map(Number))
      },
    }[name] as (...args: number[]) => number
    const single = {
      [name](x: unknown): number {
        return (compute as (x: number) => number)(Number(x))
      },
    }[name] as (x: unknown) => number
    const length = (math as Record<string, { readonly length: number }>)[name]?.length ?? 1
    const replacement = length === 1 ? single : ours
    Object.defineProperty(replacement, 'length', { value: length, configurable: true })
    define(math, name, replacement)
  }
  define(math, 'random', { random: () => random() }.random)
}

/** Deletes every global that is not allowed, over the whole prototype chain; answers what could not be removed. */
const removeGlobals = (global: object): readonly string[] => {
  const left: string[] = []
  for (let at: object | null = global; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at) as object | null) {
    for (const key of Reflect.ownKeys(at)) {
      if (typeof key === 'string' && ALLOWED.has(key)) continue
      if (Reflect.deleteProperty(at, key)) continue
      if (Reflect.defineProperty(at, key, { value: undefined })) continue
      if (Reflect.set(at, key, undefined) && (at as Record<PropertyKey, unknown>)[key] === undefined) continue
      // A constant of an interface (Chromium's TEMPORARY and PERSISTENT) stays on its prototype: it is hidden instead.
      if (at !== global && Reflect.defineProperty(global, key, { value: undefined })) continue
      left.push(String(key))
    }
    if (at !== global) Object.freeze(at)
  }
  return left
}

/**
 * Repairs and freezes the intrinsics and removes the platform.
 * @returns names of globals that could not be removed: a machine that finds any must not run a script
 */
export const lockRealm = (world: World): readonly string[] => {
  const global = globalThis as unknown as Globals
  // An environment variable of Node must not choose what a realm is like.
  repairIntrinsics({
    errorTaming: 'unsafe',
    errorTrapping: 'none',
    unhandledRejectionTrapping: 'none',
    reporting: 'none',
    consoleTaming: 'unsafe',
    evalTaming: 'no-eval',
    regExpTaming: 'safe',
    localeTaming: 'safe',
    overrideTaming: 'moderate',
    overrideDebug: [],
    stackFiltering: 'concise',
    domainTaming: 'unsafe',
    legacyRegeneratorRuntimeTaming: 'safe',
    __hardenTaming__: 'safe',
  })
  for (const [path, names] of LATER) {
    const target = find(global, path)
    if (target !== undefined) for (const name of names) Reflect.deleteProperty(target, name)
  }
  replaceErrors(global)
  replaceMath(global, world.random)
  replaceDate(global, world.now)
  replaceSorts(Array.prototype, Object.getPrototypeOf(Uint8Array.prototype) as object)
  replaceThen(Promise.prototype)
  replaceTexts(global)
  keepPlain(Promise.prototype, 'constructor')
  hardenIntrinsics()
  define(global, 'console', Object.freeze(world.console))
  return removeGlobals(global)
}
