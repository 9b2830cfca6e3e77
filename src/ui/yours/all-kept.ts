import { deleteDB } from 'idb'
import { openStore, stopKeeping } from '../session/storage.ts'
import type { OwnGuest } from '../state/yours.ts'

/** Everything that this browser keeps of the page, by what it is kept under. */
export interface AllKept {
  /** By name. */
  readonly kept: ReadonlyMap<string, unknown>
  readonly guests: readonly unknown[]
  /** By hash. */
  readonly modules: ReadonlyMap<string, Uint8Array>
}

/** All that is kept; nothing where this browser keeps nothing. */
export const recallEverything = async (): Promise<AllKept> => {
  try {
    const db = await openStore()
    const [names, values, guests, hashes, modules] = await Promise.all([
      db.getAllKeys('kept'), db.getAll('kept'), db.getAll('guests'), db.getAllKeys('modules'), db.getAll('modules'),
    ])
    return {
      kept: new Map(names.map((name, i) => [name, values[i]] as const)),
      guests,
      modules: new Map(hashes.flatMap((hash, i) => (modules[i] instanceof Uint8Array ? [[hash, modules[i]] as const] : []))),
    }
  } catch {
    return { kept: new Map(), guests: [], modules: new Map() }
  }
}

/** Keeps all of it, instead of what has the same name; the rest stays. Throws if this browser cannot. */
export const keepEverything = async ({ kept, modules }: Omit<AllKept, 'guests'>, guests: readonly OwnGuest[]): Promise<void> => {
  const change = (await openStore()).transaction(['kept', 'guests', 'modules'], 'readwrite')
  await Promise.all([
    ...[...kept].map(([name, value]) => change.objectStore('kept').put(value, name)),
    ...guests.map((guest) => change.objectStore('guests').put(guest, guest.hash)),
    ...[...modules].map(([hash, bytes]) => change.objectStore('modules').put(bytes, hash)),
    change.done,
  ])
  // The next page reads what has just been written: nothing of this one may come over it.
  stopKeeping()
}

/** Forgets everything. Throws if this browser cannot. */
export const forgetEverything = async (): Promise<void> => {
  stopKeeping()
  const db = await openStore()
  db.close()
  await deleteDB('skipcall')
}
