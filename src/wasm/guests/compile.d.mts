/** "@yowasp/clang" and its version. */
export declare const compilerPackage: string
export declare const flags: readonly string[]
/** "clang 22.1.0 (@yowasp/clang …)", as the manifest names it. */
export declare const compilerName: () => Promise<string>
/** Compiles and links one C file to a preview1 command; `extra`: more flags. Throws an Error with clang's messages. */
export declare const compile: (name: string, source: string, extra?: readonly string[]) => Promise<Uint8Array>
