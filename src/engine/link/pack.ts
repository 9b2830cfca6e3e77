/** Deflate, given from outside: the engine names no package. */
export type Compress = (bytes: Uint8Array) => Uint8Array

/** Inflates to at most `most` bytes. */
export type Inflate = (bytes: Uint8Array, most: number) => Uint8Array | 'too-big' | 'broken'
