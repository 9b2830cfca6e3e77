import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Branch } from '../../engine/branch.ts'
import type { Decision, Recipe } from '../../engine/recipe.ts'
import type { DocumentSlice } from '../state/document.ts'
import type { Theme } from '../state/view.ts'
import type { OwnGuest } from '../state/yours.ts'

/** What would be run, as it is kept; by hand with what has been decided. */
export type KeptDocument = Omit<DocumentSlice, 'edit'> & { readonly hand?: readonly Decision[] }

export interface Settings {
  readonly theme: Theme
  readonly singleKeys: boolean
  readonly notes: readonly number[]
  readonly projector: boolean
}

/** Sizes of panes in percent, by group and panel. */
export type Layouts = Readonly<Record<string, Readonly<Record<string, number>>>>

interface Kept extends DBSchema {
  kept: { key: string; value: unknown }
  /** A person's own guests by hash, without their modules: a menu must not read those. */
  guests: { key: string; value: unknown }
  /** The modules, by hash. */
  modules: { key: string; value: unknown }
}

interface Values {
  readonly document: KeptDocument
  /** What was being edited when a link was opened over it. */
  readonly draft: KeptDocument
  readonly settings: Settings
  readonly layouts: Layouts
  /** The branches of the run, and the recipe that they leave. */
  readonly branches: { readonly trunk: Recipe; readonly branches: readonly Branch[] }
  /** The last run, as a recording's file. */
  readonly recording: Uint8Array
  /** What a student has done about an exercise. */
  readonly [draft: `exercise/${string}`]: unknown
  /** An exercise that is being written. */
  readonly [written: `authored/${string}`]: unknown
}

/** What is to be read again by the next page must stay as it is: this one keeps nothing more. */
let stopped = false
/** From here on nothing is kept. */
export const stopKeeping = (): void => {
  stopped = true
}

let opening: Promise<IDBPDatabase<Kept>> | undefined
/** The database; to be opened once. Rejects where this browser keeps nothing. */
export const openStore = (): Promise<IDBPDatabase<Kept>> =>
  (opening ??= openDB<Kept>('skipcall', 2, {
    upgrade: (db, version) => {
      if (version < 1) db.createObjectStore('kept')
      if (version < 2) {
        db.createObjectStore('guests')
        db.createObjectStore('modules')
      }
    },
    // A newer page in another tab must not wait for this one.
    blocking: (_now, _next, event) => (event.target as IDBDatabase).close(),
  }))

/**
 * What was kept under a name, or undefined: nothing was, or this browser keeps nothing (a private window, a full
 * disk). The page works without, so neither is an error. Its form is the caller's to check.
 */
export const recall = async (name: keyof Values): Promise<unknown> => {
  try {
    return await (await openStore()).get('kept', name)
  } catch {
    return undefined
  }
}

/** Keeps a value; undefined forgets it. */
export const keep = async <Name extends keyof Values>(name: Name, value: Values[Name] | undefined): Promise<void> => {
  if (stopped) return
  try {
    const db = await openStore()
    await (value === undefined ? db.delete('kept', name) : db.put('kept', value, name))
  } catch {
    // As with recall: a page that cannot keep things still runs them.
  }
}

/** All that was kept under names that begin so, with the names. */
export const recallAll = async (prefix: 'exercise/' | 'authored/'): Promise<readonly (readonly [string, unknown])[]> => {
  try {
    const db = await openStore()
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`)
    const [keys, values] = await Promise.all([db.getAllKeys('kept', range), db.getAll('kept', range)])
    return keys.map((key, i) => [key, values[i]] as const)
  } catch {
    return []
  }
}

/** The guests that were kept, in the form that the caller checks. */
export const recallGuests = async (): Promise<readonly unknown[]> => {
  try {
    return await (await openStore()).getAll('guests')
  } catch {
    return []
  }
}

/** The module that was kept under a hash. Whether it is what its hash says is the caller's to check. */
export const recallModule = async (hash: string): Promise<Uint8Array | undefined> => {
  try {
    const module = await (await openStore()).get('modules', hash)
    return module instanceof Uint8Array ? module : undefined
  } catch {
    return undefined
  }
}

/** Keeps a guest and, unless it is there already, its module. Answers whether this browser could. */
export const keepGuest = async (guest: OwnGuest, module?: Uint8Array): Promise<boolean> => {
  try {
    const change = (await openStore()).transaction(['guests', 'modules'], 'readwrite')
    await Promise.all([
      change.objectStore('guests').put(guest, guest.hash),
      module === undefined ? undefined : change.objectStore('modules').put(module, guest.hash),
      change.done,
    ])
    return true
  } catch {
    return false
  }
}

/** Forgets a guest and its module. */
export const forgetGuest = async (hash: string): Promise<void> => {
  try {
    const change = (await openStore()).transaction(['guests', 'modules'], 'readwrite')
    await Promise.all([change.objectStore('guests').delete(hash), change.objectStore('modules').delete(hash), change.done])
  } catch {
    // As with keep: what could not be kept need not be forgotten.
  }
}
