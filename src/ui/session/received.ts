import type { Walk } from '../../engine/kernel/path-walk.ts'
import type { Counts, FileEntry, Frame, FromMachine, RunEnd, Sight, Spin, Writer } from '../../engine/protocol.ts'
import { countsForm, decision, endForm } from '../../engine/link/recipe-form.ts'
import type { Decision } from '../../engine/recipe.ts'
import type { Local } from '../../engine/script/local.ts'
import { COLUMNS, COLUMN_NAMES, TABLES, type Chunk, type TableName } from '../../engine/trace/format.ts'

/**
 * The machine's messages, checked on arrival: it runs strangers' code, so the page believes their form only where it
 * has looked. What is none answers undefined.
 */
export const fromMachine = (data: unknown): FromMachine | undefined => {
  if (!isRecord(data)) return undefined
  const { type } = data
  switch (type) {
    case 'ready':
      return { type }
    case 'progress': {
      const { what, name } = data
      if (typeof name !== 'string' || (what !== 'loading' && what !== 'rewriting' && what !== 'compiling' && what !== 'rebuilding' && what !== 'running')) return undefined
      return { type, what, name: name.slice(0, 200) }
    }
    case 'chunk': {
      const chunk = chunkOf(data['chunk'])
      const table = data['table']
      return chunk !== undefined && isTable(table) ? { type, table, chunk } : undefined
    }
    case 'took': {
      const { at, text, end } = data
      if (!isCount(at)) return undefined
      return { type, at, ...(typeof text === 'string' ? { text } : {}), ...(end === true ? { end } : {}) }
    }
    case 'waiting': {
      const { pid, seq } = data
      if (data['for'] === 'decision') return isCount(pid) && isCount(seq) ? { type, for: 'decision', pid, seq } : undefined
      return { type, for: 'input' }
    }
    case 'decided': {
      const made = formed<Decision>(decision, data['decision'])
      return made === undefined ? undefined : { type, decision: made }
    }
    case 'alive': {
      const { entries, events, time, line } = data
      if (!isCount(entries) || !isCount(events) || !isCount(line) || typeof time !== 'number') return undefined
      return { type, entries, events, time, line }
    }
    case 'ended': {
      const { digest } = data
      const end = formed<RunEnd>(endForm, data['end'])
      const counts = formed<Counts>(countsForm, data['counts'])
      if (end === undefined || counts === undefined || typeof digest !== 'string' || !/^[0-9a-f]{64}$/.test(digest)) return undefined
      const spins = data['spins'] === undefined ? NO_SPINS : spinsOf(data['spins'])
      return spins === undefined ? undefined : { type, end, digest, counts, ...(spins.length === 0 ? {} : { spins }) }
    }
    case 'inspected': {
      const { sentence } = data
      return typeof sentence === 'string' ? { type, sentence: sentence.slice(0, 1000) } : { type }
    }
    case 'listing': {
      const { entries, more, at } = data
      if (!Array.isArray(entries) || entries.length > MOST_ENTRIES) return undefined
      const checked = entries.map(entryOf)
      return checked.every((one) => one !== undefined) ? { type, entries: checked, more: more === true, ...(isCount(at) ? { at } : {}) } : undefined
    }
    case 'steps': {
      const steps = stepsOf(data['steps'])
      return steps === undefined ? undefined : { type, steps }
    }
    case 'writer': {
      const writer = writerOf(data['writer'])
      return writer === undefined ? undefined : { type, writer }
    }
    case 'walk': {
      const walk = walkOf(data['walk'])
      return walk === undefined ? undefined : { type, walk }
    }
    case 'sight': {
      const sight = sightOf(data['sight'])
      return sight === undefined ? undefined : { type, sight }
    }
    case 'file': {
      const { path, bytes } = data
      if (typeof path !== 'string') return undefined
      return bytes instanceof Uint8Array ? { type, path, bytes } : { type, path }
    }
    default:
      return undefined
  }
}

/** More than a machine of ours lists. */
const MOST_ENTRIES = 100_000

const entryOf = (value: unknown): FileEntry | undefined => {
  if (!isRecord(value)) return undefined
  const { path, kind, size, mtim, changed, link } = value
  if (typeof path !== 'string' || !isCount(size) || typeof mtim !== 'bigint' || typeof changed !== 'boolean') return undefined
  if (kind !== 'file' && kind !== 'directory' && kind !== 'link') return undefined
  return { path, kind, size, mtim, changed, ...(typeof link === 'string' ? { link } : {}) }
}

const framesOf = (value: unknown): readonly Frame[] | undefined => {
  if (!Array.isArray(value)) return undefined
  const frames: Frame[] = []
  for (const one of value) {
    if (!isRecord(one) || !isCount(one['func'])) return undefined
    const { func, name, codeOffset } = one
    frames.push({ func, ...(typeof name === 'string' ? { name: name.slice(0, 200) } : {}), ...(isCount(codeOffset) ? { codeOffset } : {}) })
  }
  return frames
}

const NO_SPINS: readonly Spin[] = []
/** More than a machine has processes. */
const MOST_SPINS = 64

const spinsOf = (value: unknown): readonly Spin[] | undefined => {
  if (!Array.isArray(value) || value.length > MOST_SPINS) return undefined
  const spins: Spin[] = []
  for (const one of value) {
    if (!isRecord(one)) return undefined
    const { pid, name, hash } = one
    const frames = framesOf(one['frames'])
    if (!isCount(pid) || typeof name !== 'string' || typeof hash !== 'string' || frames === undefined || frames.length === 0) return undefined
    spins.push({ pid, name: name.slice(0, 200), hash: hash.slice(0, 64), frames })
  }
  return spins
}

const stepsOf = (value: unknown): Extract<FromMachine, { type: 'steps' }>['steps'] | undefined => {
  if (!isRecord(value)) return undefined
  const { sentence, pcs, funcs, depths, over } = value
  if (typeof sentence === 'string') return { sentence: sentence.slice(0, 1000) }
  if (!(pcs instanceof Uint32Array) || !(funcs instanceof Uint32Array) || !(depths instanceof Uint32Array)) return undefined
  return pcs.length === funcs.length && pcs.length === depths.length ? { pcs, funcs, depths, over: over === true } : undefined
}

const TYPES: readonly unknown[] = ['i32', 'i64', 'f32', 'f64', 'v128', 'funcref', 'externref', 'exnref']

const localsOf = (value: unknown): readonly Local[] | undefined => {
  if (!Array.isArray(value)) return undefined
  const known = value.every((one) => isRecord(one) && isCount(one['index']) && TYPES.includes(one['type']) && (typeof one['value'] === 'number' || typeof one['value'] === 'bigint'))
  return known ? (value as Local[]) : undefined
}

const writerOf = (value: unknown): Writer | undefined => {
  if (!isRecord(value)) return undefined
  const { sentence, by, seq, after } = value
  if (typeof sentence === 'string') return { sentence: sentence.slice(0, 1000) }
  if (by === 'nobody') return { by }
  if (!isCount(seq)) return undefined
  if (by === 'kernel') return { by, seq }
  const frames = framesOf(value['frames'])
  return by === 'guest' && isCount(after) && frames !== undefined ? { by, after, seq, frames } : undefined
}

const FOUND: readonly unknown[] = ['directory', 'file', 'link', 'nothing', 'no-directory', 'too-long', 'too-many-links', 'outside']

const walkOf = (value: unknown): Walk | undefined => {
  if (!isRecord(value)) return undefined
  const { steps, near } = value
  if (!Array.isArray(steps) || !Array.isArray(near) || !near.every((name) => typeof name === 'string')) return undefined
  const known = steps.every((step) => isRecord(step) && typeof step['name'] === 'string' && FOUND.includes(step['found']) && (step['found'] !== 'link' || typeof step['target'] === 'string'))
  return known ? { steps: steps as Walk['steps'], near: near as string[] } : undefined
}

const sightOf = (value: unknown): Sight | undefined => {
  if (!isRecord(value)) return undefined
  const { seq, sentence, size, stackPointer, pieces, found } = value
  const frames = framesOf(value['frames'])
  if (!isCount(seq)) return undefined
  if (typeof sentence === 'string') return { seq, sentence: sentence.slice(0, 1000) }
  if (!isCount(size) || !isCount(stackPointer) || !Array.isArray(pieces) || !Array.isArray(found) || !found.every(isCount) || frames === undefined) return undefined
  const checked: { addr: number; bytes: Uint8Array }[] = []
  for (const piece of pieces) {
    if (!isRecord(piece) || !isCount(piece['addr']) || !(piece['bytes'] instanceof Uint8Array)) return undefined
    checked.push({ addr: piece['addr'], bytes: piece['bytes'] })
  }
  const locals = localsOf(value['locals'])
  return { seq, size, stackPointer, pieces: checked, found, frames, ...(locals === undefined ? {} : { locals }) }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isTable = (value: unknown): value is TableName => (TABLES as readonly unknown[]).includes(value)

const formed = <T>(form: (value: unknown, at: string) => T, value: unknown): T | undefined => {
  try {
    return form(value, 'message')
  } catch {
    return undefined
  }
}

const chunkOf = (value: unknown): Chunk | undefined => {
  if (!isRecord(value) || !isRecord(value['columns'])) return undefined
  const { first, count, base, payload, columns } = value
  if (!isCount(first) || !isCount(count) || !isCount(base) || !(payload instanceof Uint8Array)) return undefined
  for (const name of COLUMN_NAMES) {
    const column = columns[name]
    if (!(column instanceof COLUMNS[name]) || column.length !== count) return undefined
  }
  // Offsets must stay in order and within what has come, or a reader would see another row's bytes.
  const at = columns['at'] as Uint32Array
  let before = base
  for (let i = 0; i < count; i++) {
    const here = at[i] as number
    if (here < before || here > base + payload.length) return undefined
    before = here
  }
  return { first, count, base, payload, columns: columns as unknown as Chunk['columns'] }
}

