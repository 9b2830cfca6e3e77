/** A WASI host that runs one program again and again, each time as a new process. Here and in a page. */
export interface WasiHost {
  readonly name: string
  /** Instantiates the program and runs it to its end. Throws an Error unless it exits with 0. */
  run(args: readonly string[]): Promise<void>
}

/** What every host is given: the program, and its one file. */
export interface World {
  readonly module: Uint8Array<ArrayBuffer>
  readonly file: { readonly name: string; readonly size: number }
}

export const WORLD_FILE = { name: 'bench.dat', size: 4096 } as const

export const expectZero = (host: string, args: readonly string[], code: number): void => {
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code} on ${host}`)
}
