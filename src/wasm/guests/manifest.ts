/** A file or symbolic link that is there before a guest starts; the directories above it are made as well. */
export type GuestFile =
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly link: string }

/** One guest in public/guests/manifest.json; its bytes are HASH.wasm, its source HASH.c. */
export interface GuestEntry {
  /** SHA-256 of the module, 64 hexadecimal digits. */
  readonly hash: string
  readonly title: string
  readonly sentence: string
  readonly source: string
  /** HASH.debug.wasm is there: nothing but DWARF, for the module's code as it is. */
  readonly debug?: boolean
  readonly compiler: string
  readonly licences: readonly string[]
  readonly argv: readonly string[]
  readonly files: readonly GuestFile[]
  /** Typed in advance if `tty`, else the whole of standard input. */
  readonly stdin?: string
  /** Descriptors 0 to 2 are a terminal. */
  readonly tty?: boolean
  /** It is linked with the SDK: it imports `linux`, too. */
  readonly sdk?: boolean
  /** Guests that it executes, and that come along. */
  readonly programs?: readonly string[]
}

/** public/guests/manifest.json. `old` has by hash what `guests` had by name before a rebuild; it never shrinks. */
export interface GuestManifest {
  readonly version: 1
  readonly guests: Readonly<Record<string, GuestEntry>>
  readonly old: Readonly<Record<string, Omit<GuestEntry, 'hash'> & { readonly name: string }>>
}
