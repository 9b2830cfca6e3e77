import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { DocumentSlice } from '../state/document.ts'
import type { Theme } from '../state/view.ts'

/** What would be run, as it is kept. */
export type KeptDocument = Pick<
  DocumentSlice,
  'script' | 'guest' | 'argv' | 'stdin' | 'tty' | 'seed' | 'untraced' | 'example'
>

export interface Settings {
  readonly theme: Theme
  readonly singleKeys: boolean
  readonly notes: readonly number[]
}

/** Sizes of panes in percent, by group and panel. */
export type Layouts = Readonly<Record<string, Readonly<Record<string, number>>>>

interface Kept extends DBSchema {
  kept: { key: string; value: unknown }
}

interface Values {
  readonly document: KeptDocument
  /** What was being edited when a link was opened over it. */
  readonly draft: KeptDocument
  readonly settings: Settings
  readonly layouts: Layouts
  /** The last run, as a recording's file. */
  readonly recording: Uint8Array
}

let opening: Promise<IDBPDatabase<Kept>> | undefined
const open = (): Promise<IDBPDatabase<Kept>> =>
  (opening ??= openDB<Kept>('skipcall', 1, { upgrade: (db) => void db.createObjectStore('kept') }))

/**
 * What was kept under a name, or undefined: nothing was, or this browser keeps nothing (a private window, a full
 * disk). The page works without, so neither is an error. Its form is the caller's to check.
 */
export const recall = async (name: keyof Values): Promise<unknown> => {
  try {
    return await (await open()).get('kept', name)
  } catch {
    return undefined
  }
}

/** Keeps a value; undefined forgets it. */
export const keep = async <Name extends keyof Values>(name: Name, value: Values[Name] | undefined): Promise<void> => {
  try {
    const db = await open()
    await (value === undefined ? db.delete('kept', name) : db.put('kept', value, name))
  } catch {
    // As with recall: a page that cannot keep things still runs them.
  }
}
