// C programs that fork, trace and signal, to WebAssembly: clang, wasi-libc, and over it this folder's headers and
// library. What was compiled once is found again in .cache/sdk, under a hash of everything it depends on.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { clang, compilerPackage } from '../guests/compile.mjs'

const folder = new URL('./', import.meta.url)
const cache = new URL('../../../.cache/sdk/', import.meta.url)

/** Where a scenario of the oracle expects its own module, to execute it again: `scn_self_path` of scn.c. */
export const scenarioPath = '/scenario.wasm'

/** As gcc has it, `char word[4] = "word"` is worth no warning. */
const compileFlags = [
  '--target=wasm32-wasip1', '-std=gnu17', '-Oz', '-fno-inline', '-gdwarf-4', '-gline-tables-only',
  '-Wall', '-Wextra', '-Wno-unterminated-string-initialization',
  '-mllvm', '-wasm-enable-sjlj', '-isystem', 'sdk/include',
  '-D_WASI_EMULATED_GETPID', '-D_WASI_EMULATED_PROCESS_CLOCKS', '-D_WASI_EMULATED_MMAN',
]

/**
 * Table slots 0 to 2 stay free, so that SIG_DFL, SIG_IGN and SIG_HOLD are no function's address. A stack that
 * overflows meets address 0, not data.
 */
const linkFlags = [
  '--target=wasm32-wasip1', '-Wl,--table-base=3', '-Wl,--stack-first', '-Wl,-z,stack-size=262144',
  '-Wl,--wrap=open', '-Wl,--wrap=openat', '-Wl,--wrap=strerror', '-Lsdk',
]

/** What wasi-libc makes up in libraries of its own: clock(), mmap() without a file, setjmp(). */
const wasiLibraries = ['-lwasi-emulated-process-clocks', '-lwasi-emulated-mman', '-lsetjmp']

/** A command line names so many sources: one start of clang serves them all. */
const BATCH = 16

const hashOf = (value) => createHash('sha256').update(JSON.stringify(value)).digest('hex')

/** A folder as clang's file system wants it. */
const treeOf = (url) => Object.fromEntries(readdirSync(url, { withFileTypes: true }).map((entry) => [
  entry.name,
  entry.isDirectory() ? treeOf(new URL(`${entry.name}/`, url)) : readFileSync(new URL(entry.name, url), 'utf8'),
]))

/** The bytes kept under a key, or those that `make` makes. */
const cached = async (key, make) => {
  const file = new URL(key, cache)
  if (existsSync(file)) return readFileSync(file)
  const bytes = await make()
  mkdirSync(cache, { recursive: true })
  const draft = new URL(`${file.href}.${process.pid}`)
  writeFileSync(draft, bytes) // others may read or build the same file now: never a half of it
  renameSync(draft, file)
  return bytes
}

/** Assembler takes no flags: with -g it would describe the empty section in which globals are declared, and fail. */
const flagsFor = (name, extra) => (name.endsWith('.s') ? ['--target=wasm32-wasip1'] : [...compileFlags, ...extra])

/** Compiles sources of one language ({'a.c': text}) to objects ({'a.o': bytes}). Throws an Error as clang does. */
const compileObjects = async (sources, files, extra) => {
  const objects = {}
  const names = Object.keys(sources)
  for (let at = 0; at < names.length; at += BATCH) {
    const batch = names.slice(at, at + BATCH)
    const given = Object.fromEntries(batch.map((name) => [name, sources[name]]))
    const { made } = await clang([...flagsFor(batch[0], extra), '-c', ...batch], { ...files, ...given })
    for (const name of batch) {
      const object = name.replace(/\.[cs]$/, '.o')
      objects[object] = made[object]
    }
  }
  return objects
}

const archive = async (objects) => {
  const { runLLVM } = await import('@yowasp/clang')
  const made = await runLLVM(['ar', 'rcsD', 'lib.a', ...Object.keys(objects)], objects)
  return made['lib.a']
}

/** The headers, and the two archives: the C library's additions, and what scenarios of the oracle call. */
const readSdk = async () => {
  const include = treeOf(new URL('include/', folder))
  const library = treeOf(new URL('lib/', folder))
  const scenario = { 'scn.c': readFileSync(new URL('scn.c', folder), 'utf8') }
  const files = { sdk: { include } }
  const strict = ['-Werror', '-g0'] // its lines would pass for those of a program's file of the same name
  const stamp = hashOf([compilerPackage, compileFlags, linkFlags, wasiLibraries, strict, include, library, scenario])
  const { 'signal-entry.s': entry, ...c } = library
  const linux = await cached(`${stamp}.linux.a`, async () => archive({
    ...await compileObjects(c, files, strict), ...await compileObjects({ 'signal-entry.s': entry }, files, []),
  }))
  const scn = await cached(`${stamp}.scn.a`, async () => archive(await compileObjects(scenario, files, strict)))
  return { stamp, files: { sdk: { include, 'liblinux.a': linux, 'libscn.a': scn } } }
}

/**
 * Compiles and links C programs of one file each.
 * @param {readonly {name: string, source: string}[]} programs names without `.c`, each once
 * @param {object} [options] `extra`: more flags for the compiler (`-Werror`); `files`: what they may include;
 *   `scenario`: they are scenarios of the oracle, and get scn.c
 * @returns {Promise<Map<string, Uint8Array>>} commands by name; throws an Error with clang's messages
 */
export const compileAll = async (programs, { extra = [], files = {}, scenario = false } = {}) => {
  const sdk = await readSdk()
  const keyOf = (program) => `${hashOf([sdk.stamp, program.name, program.source, extra, files, scenario])}.wasm`
  const missing = programs.filter((program) => !existsSync(new URL(keyOf(program), cache)))
  const objects = await compileObjects(
    Object.fromEntries(missing.map(({ name, source }) => [`${name}.c`, source])), { ...sdk.files, ...files }, extra)

  const libraries = [...(scenario ? ['-lscn'] : []), '-llinux', ...wasiLibraries]
  const modules = new Map()
  for (const program of programs) {
    const object = `${program.name}.o`
    modules.set(program.name, await cached(keyOf(program), async () => {
      const { made } = await clang([...linkFlags, object, ...libraries, '-o', 'a.wasm'],
        { sdk: sdk.files.sdk, [object]: objects[object] })
      return made['a.wasm']
    }))
  }
  return modules
}

/**
 * Compiles and links one C file.
 * @param {object} program `name` without `.c`, `source`, and the options of compileAll
 * @returns {Promise<Uint8Array>} a command; throws an Error with clang's messages
 */
export const compileProgram = async ({ name, source, ...options }) => {
  const modules = await compileAll([{ name, source }], options)
  return modules.get(name)
}
