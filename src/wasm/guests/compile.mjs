// C to WebAssembly with @yowasp/clang: the same bytes from the same source, on every machine.
import { readFileSync } from 'node:fs'

const yowasp = new URL('../../../node_modules/@yowasp/clang/package.json', import.meta.url)

/** The version of the npm package that is the compiler: with the flags, all that its output depends on. */
export const compilerPackage = `@yowasp/clang ${JSON.parse(readFileSync(yowasp, 'utf8')).version}`

/**
 * -fno-inline keeps each function of a source visible in a stack; -gline-tables-only gives its lines (some hundred
 * bytes: libc.a has none); no guest prints fractions. The driver's own directory is `/`, and sources are named
 * without one, so that no path of the building machine gets in.
 */
export const flags = [
  '--target=wasm32-wasip1', '-std=gnu23', '-Oz', '-fno-inline', '-gdwarf-4', '-gline-tables-only',
  '-Wall', '-Wextra', '-Werror', '-lc-printscan-no-floating-point',
  '-Wl,--export-if-defined=flag', '-Wl,--export-if-defined=errnos', '-Wl,--export-if-defined=errno_count',
]

/**
 * Runs clang in a file system of its own, `files`. Answers the files it made and the text it said; throws an Error
 * with clang's messages if it will not compile.
 */
export const clang = async (args, files) => {
  const { runClang, Exit } = await import('@yowasp/clang')
  const decoder = new TextDecoder()
  let said = ''
  const listen = (bytes) => { said += bytes === null ? '' : decoder.decode(bytes, { stream: true }) }
  try {
    await runClang(null, {}, { fetchProgress: () => {} }) // without this it reports on the console
    const made = await runClang(['clang', ...args], files, { stdout: listen, stderr: listen })
    return { made, said }
  } catch (error) {
    if (error instanceof Exit) throw new Error(`clang ${args.join(' ')}\n${said}`, { cause: error })
    throw error
  }
}

/** "clang 22.1.0 (@yowasp/clang 22.0.0-git20542-10)", as the manifest names it. */
export const compilerName = async () => {
  const { said } = await clang(['--version'], {})
  const [, version] = /clang version (\S+)/.exec(said) ?? []
  if (version === undefined) throw new Error(`clang --version said: ${said}`)
  return `clang ${version} (${compilerPackage})`
}

/**
 * Compiles and links one C file.
 * @param {string} name the program's name, without `.c`
 * @param {string} source
 * @param {readonly string[]} [extra] more flags, which come after `flags`
 * @returns {Promise<Uint8Array>} a preview1 command; throws an Error with clang's messages
 */
export const compile = async (name, source, extra = []) => {
  const { made } = await clang([...flags, ...extra, `${name}.c`, '-o', `${name}.wasm`], { [`${name}.c`]: source })
  return made[`${name}.wasm`]
}
