import { Refused } from './problem.ts'

interface Import {
  readonly module: string
  readonly name: string
}

/** What a module asks for tells who made it: of each, how it is told and what to do instead. */
const TOOLCHAINS: readonly { readonly asks: (one: Import) => boolean; readonly sentence: string }[] = [
  {
    asks: ({ module, name }) =>
      (module === 'env' && /^(_*emscripten_|__syscall_|invoke_[vijfd]+$|__cxa_throw$|_embind_|__assert_fail$)/.test(name)) || module === 'asyncify',
    sentence: 'This module was made by Emscripten for a page with Emscripten’s own JavaScript. Link it with -sSTANDALONE_WASM, or build it with wasi-sdk.',
  },
  {
    // -O2 and above: the imports are a.a, a.b, …
    asks: ({ module, name }) => module === 'a' && /^[a-zA-Z_$]{1,2}$/.test(name),
    sentence: 'This module’s imports are named a.a, a.b and so on, as Emscripten names them for its own JavaScript. Link it with -sSTANDALONE_WASM, or build it with wasi-sdk.',
  },
  {
    asks: ({ module, name }) => module === 'wbg' || module.startsWith('__wbindgen') || name.startsWith('__wbindgen') || /_bg\.js$/.test(module),
    sentence: 'This module was made by wasm-bindgen for JavaScript. Build the Rust program for wasm32-wasip1, without wasm-bindgen.',
  },
  {
    asks: ({ module }) => module === 'gojs' || module === 'go',
    sentence: 'This module was made by Go for JavaScript. Build it with GOOS=wasip1 GOARCH=wasm.',
  },
  {
    asks: ({ module, name }) => module === 'env' && (name === 'abort' || name === 'seed') ,
    sentence: 'This module asks a page for env.abort, as AssemblyScript’s do: a library for JavaScript, not a WASI program.',
  },
  {
    asks: ({ module }) => /^wasix/.test(module),
    sentence: 'This module was made for WASIX, an extension of WASI by Wasmer. Build it for wasm32-wasip1.',
  },
  {
    asks: ({ module }) => /^wasi:|^\$root$|^cm32p2/.test(module),
    sentence: 'This is the core of a WebAssembly component (WASI 0.2 or later). Build it for wasm32-wasip1, as a core module.',
  },
]

/** Refuses what was made for another host, and says whose. */
export function refuseToolchain(imports: readonly Import[]): void {
  for (const { asks, sentence } of TOOLCHAINS) if (imports.some(asks)) throw new Refused('toolchain', sentence)
}
