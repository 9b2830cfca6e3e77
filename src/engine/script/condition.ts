import type { Value } from '../decode/value.ts'
import type { VirtualCall } from './virtual-call.ts'

/**
 * What an argument has to be: a value, one of several, a text that matches, or whatever a function says. Numbers of
 * both kinds are compared by value.
 */
export type Condition = unknown

/** When a rule is about a call: all of its conditions hold, or its function says so. */
export type When = Readonly<Record<string, Condition>> | ((call: VirtualCall) => unknown)

const isEqual = (value: Value | undefined, wanted: unknown): boolean =>
  value === wanted ||
  (typeof value === 'number' && typeof wanted === 'bigint' && BigInt(value) === wanted) ||
  (typeof value === 'bigint' && typeof wanted === 'number' && Number.isInteger(wanted) && value === BigInt(wanted))

const meets = (value: Value | undefined, condition: Condition): boolean => {
  if (typeof condition === 'function') return Boolean((condition as (value: unknown) => unknown)(value))
  if (condition instanceof RegExp) {
    if (typeof value !== 'string') return false
    // A global one goes on where its last match ended; a condition is about the whole text.
    condition.lastIndex = 0
    return condition.test(value)
  }
  if (Array.isArray(condition)) return condition.some((one) => meets(value, one))
  return isEqual(value, condition)
}

/** Does the rule apply? An argument that the call does not have meets no condition. */
export const applies = (when: When | undefined, call: VirtualCall): boolean => {
  if (when === undefined) return true
  if (typeof when === 'function') return Boolean(when(call))
  const { args } = call
  return Object.entries(when).every(([name, condition]) => name in args && meets(args[name], condition))
}
