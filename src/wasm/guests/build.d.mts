import type { GuestManifest } from './manifest.ts'

/** Compiles the fixtures that changed into .cache/fixtures. Throws an Error with clang's messages. */
export declare const buildFixtures: () => Promise<void>
/** Compiles every guest of the catalogue and writes public/guests. Throws an Error with clang's messages. */
export declare const buildGuests: () => Promise<void>
/** The text of manifest.json. */
export declare const printManifest: (manifest: GuestManifest) => string
/** A module with nothing but the debugging information of a guest. Throws an Error if its code would be another. */
export declare const debugTwin: (name: string, source: string, wasm: Uint8Array) => Promise<Uint8Array>
