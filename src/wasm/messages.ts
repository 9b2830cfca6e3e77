import type { Check } from '../engine/link/check.ts'
import { decision, recipeForm } from '../engine/link/recipe-form.ts'
import type { Look, MemoryRange, ToMachine } from '../engine/protocol.ts'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const checked = <T>(form: Check<T>, value: unknown): T | undefined => {
  try {
    return form(value, 'message')
  } catch {
    return undefined
  }
}

/** A message of the page, checked on arrival; undefined for what is none. */
export const toMachine = (data: unknown): ToMachine | undefined => {
  if (!isRecord(data)) return undefined
  switch (data['type']) {
    case 'run': {
      const { modules, eager } = data
      if (!isRecord(modules) || !Number.isInteger(eager)) return undefined
      const recipe = checked(recipeForm, data['recipe'])
      if (recipe === undefined) return undefined
      const bytes: Record<string, Uint8Array> = {}
      for (const [hash, module] of Object.entries(modules)) if (module instanceof Uint8Array) bytes[hash] = module
      const { wasmer } = data
      return { type: 'run', recipe, modules: bytes, eager: eager as number, ...(typeof wasmer === 'string' ? { wasmer } : {}) }
    }
    case 'input':
      return typeof data['text'] === 'string' ? { type: 'input', text: data['text'] } : undefined
    case 'decide': {
      const decided = checked(decision, data['decision'])
      return decided === undefined ? undefined : { type: 'decide', decision: decided }
    }
    case 'taken':
      return Number.isInteger(data['chunks']) ? { type: 'taken', chunks: data['chunks'] as number } : undefined
    case 'inspect':
      return data['bytes'] instanceof Uint8Array ? { type: 'inspect', bytes: data['bytes'] } : undefined
    case 'read-file':
      return typeof data['path'] === 'string' ? { type: 'read-file', path: data['path'], ...atOf(data['at']) } : undefined
    case 'list-files':
      return { type: 'list-files', ...atOf(data['at']) }
    case 'list-steps': {
      const { seq, from, count } = data
      return isCount(seq) && isCount(from) && from > 0 && isCount(count) ? { type: 'list-steps', seq, from, count } : undefined
    }
    case 'who-wrote': {
      const { seq, addr, length, which } = data
      if (!isCount(seq) || !isCount(addr) || !isCount(length) || length === 0 || (which !== 'last' && which !== 'next')) return undefined
      return { type: 'who-wrote', seq, addr, length, which }
    }
    case 'walk-path': {
      const { seq, path } = data
      return isCount(seq) && typeof path === 'string' ? { type: 'walk-path', seq, path } : undefined
    }
    case 'look': {
      const look = lookOf(data['look'])
      return look === undefined ? undefined : { type: 'look', look }
    }
    case 'end-of-input':
    case 'stop':
      return { type: data['type'] }
    default:
      return undefined
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

const atOf = (at: unknown): { readonly at?: number } => (isCount(at) ? { at } : {})

const lookOf = (value: unknown): Look | undefined => {
  if (!isRecord(value)) return undefined
  const { seq, steps, ranges, find } = value
  if (!isCount(seq) || !Array.isArray(ranges)) return undefined
  const checked = ranges.filter((one): one is MemoryRange => isRecord(one) && isCount(one['addr']) && isCount(one['length']))
  return { seq, ...(isCount(steps) && steps > 0 ? { steps } : {}), ranges: checked, ...(find instanceof Uint8Array ? { find } : {}) }
}
