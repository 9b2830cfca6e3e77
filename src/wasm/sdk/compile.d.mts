/** Where a scenario of the oracle expects its own module, to execute it again. */
export declare const scenarioPath: string

export interface SdkOptions {
  /** More flags for the compiler: `-Werror`. */
  readonly extra?: readonly string[]
  /** What the programs may include, by name. */
  readonly files?: Readonly<Record<string, string>>
  /** They are scenarios of the oracle, and get scn.c. */
  readonly scenario?: boolean
}

export interface CProgram {
  /** Without `.c`. */
  readonly name: string
  readonly source: string
}

/** Compiles and links C programs of one file each; commands by name. Throws an Error with clang's messages. */
export declare const compileAll: (
  programs: readonly CProgram[], options?: SdkOptions,
) => Promise<Map<string, Uint8Array<ArrayBuffer>>>

/** Compiles and links one C file to a command. Throws an Error with clang's messages. */
export declare const compileProgram: (program: CProgram & SdkOptions) => Promise<Uint8Array<ArrayBuffer>>
