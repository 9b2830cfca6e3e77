// npm run guests: compiles the guests into public/guests, each under the SHA-256 of its bytes, and keeps the
// manifest. A link names a guest by its hash, so what was ever published stays: a changed guest adds files and
// never removes one. With --twins: makes the debug twins that are missing, and nothing else. With --fixtures: compiles
// what changed among the fixtures of the tests into .cache/fixtures.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import { catalogue } from './catalogue.mjs'
import { compile, compilerName, compilerPackage, flags } from './compile.mjs'
import { compileProgram } from '../sdk/compile.mjs'

const sources = new URL('./', import.meta.url)
const fixtures = new URL('./fixtures/', import.meta.url)
const published = new URL('../../../public/guests/', import.meta.url)
const cache = new URL('../../../.cache/fixtures/', import.meta.url)

/** What is linked into every guest; the texts are in public/guests/LICENSES.txt. */
const licences = [
  'wasi-libc: Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT',
  'musl (in wasi-libc): MIT',
  'cloudlibc (in wasi-libc): BSD-2-Clause',
  'dlmalloc (in wasi-libc): CC0-1.0',
  'LLVM compiler-rt builtins: Apache-2.0 WITH LLVM-exception',
]

const sha256 = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/** Other processes may read or build the same file now: they see the old one or the new one, never a half. */
const writeWhole = (file, content) => {
  const draft = new URL(`${file.href}.${process.pid}`)
  writeFileSync(draft, content)
  renameSync(draft, file)
}

const readManifest = () => {
  const file = new URL('manifest.json', published)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { version: 1, guests: {}, old: {} }
}

/** The manifest's text: keys in a fixed order, so that building twice changes nothing. */
export const printManifest = ({ version, guests, old }) => {
  const sorted = Object.fromEntries(Object.entries(old).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return `${JSON.stringify({ version, guests, old: sorted }, null, 2)}\n`
}

/** How a guest of the SDK is compiled; what it includes beside the SDK's own headers is made from the engine's tables. */
const sdkOptions = { extra: ['-std=gnu23', '-Werror'] }

/** Compiles a guest as the catalogue has it; `extra`: more flags. Throws an Error with clang's messages. */
export const compileGuest = async (name, source, extra = []) => {
  if (catalogue[name]?.sdk !== true) return compile(name, source, extra)
  // The tables are TypeScript, which not every Node reads: they are asked for where they are wanted.
  const files = source.includes('"call-names.h"') ? { 'call-names.h': (await import('./call-names.ts')).callNames() } : {}
  return compileProgram({ name, source, extra: [...sdkOptions.extra, ...extra], files })
}

const customSection = 0
const headerBytes = 8

/** An unsigned LEB128: its value, and where it ends. */
const readLeb = (bytes, start) => {
  let [value, scale, at] = [0, 1, start]
  for (; bytes[at] >= 0x80; at++, scale *= 128) value += (bytes[at] & 0x7f) * scale
  return [value + bytes[at] * scale, at + 1]
}

/** The sections of a module, each with its id and length in front; `name` of custom ones. */
const sectionsOf = (bytes) => {
  const sections = []
  for (let at = headerBytes; at < bytes.length;) {
    const [length, payload] = readLeb(bytes, at + 1)
    const [nameLength, nameAt] = readLeb(bytes, payload)
    const name = bytes[at] === customSection ? new TextDecoder().decode(bytes.subarray(nameAt, nameAt + nameLength)) : undefined
    sections.push({ name, bytes: bytes.subarray(at, payload + length) })
    at = payload + length
  }
  return sections
}

/**
 * The twin of a guest: a module that holds nothing but debugging information, of variables and types too. Compiled with
 * -g the guest must be the same but for custom sections, or offsets would lead astray: otherwise it throws an Error.
 */
export const debugTwin = async (name, source, wasm) => {
  const full = sectionsOf(await compileGuest(name, source, ['-g']))
  const essence = (sections) => Buffer.concat(sections.filter((section) => section.name === undefined).map(({ bytes }) => bytes))
  if (!essence(full).equals(essence(sectionsOf(wasm)))) throw new Error(`${name} comes out otherwise with -g: its lines would be wrong.`)
  return Buffer.concat([wasm.subarray(0, headerBytes), ...full.filter((section) => section.name?.startsWith('.debug_')).map(({ bytes }) => bytes)])
}

/** Compiles every guest of the catalogue and writes public/guests. Throws an Error with clang's messages. */
export const buildGuests = async () => {
  const before = readManifest()
  const old = { ...before.old }
  for (const [name, { hash, ...entry }] of Object.entries(before.guests)) old[hash] = { name, ...entry }

  const compiler = await compilerName()
  const guests = {}
  for (const [name, { title, sentence, ...world }] of Object.entries(catalogue)) {
    const source = readFileSync(new URL(`${name}.c`, sources), 'utf8')
    const wasm = await compileGuest(name, source)
    const hash = sha256(wasm)
    writeWhole(new URL(`${hash}.wasm`, published), wasm)
    writeWhole(new URL(`${hash}.c`, published), source)
    const debug = await debugTwin(name, source, wasm)
    writeWhole(new URL(`${hash}.debug.wasm`, published), debug)
    guests[name] = { hash, title, sentence, source: `${name}.c`, compiler, licences, ...world, debug: true }
    delete old[hash]
    console.log(`${name}: ${wasm.length} bytes, ${debug.length} of debugging information, ${hash}`)
  }
  writeWhole(new URL('manifest.json', published), printManifest({ version: 1, guests, old }))
}

/**
 * Makes the twins that are missing, from the published sources, and leaves the guests alone. One that these flags and
 * libraries don't make again, as may be with an old guest, gets none.
 */
export const buildTwins = async () => {
  const manifest = readManifest()
  const entries = [...Object.entries(manifest.guests).map(([name, entry]) => [entry.hash, name, entry]), ...Object.entries(manifest.old).map(([hash, entry]) => [hash, entry.name, entry])]
  for (const [hash, name, entry] of entries) {
    if (entry.debug === true) continue
    const [source, wasm] = [readFileSync(new URL(`${hash}.c`, published), 'utf8'), readFileSync(new URL(`${hash}.wasm`, published))]
    try {
      writeWhole(new URL(`${hash}.debug.wasm`, published), await debugTwin(name, source, wasm))
      entry.debug = true
    } catch (error) {
      console.log(`${name} (${hash}): ${error instanceof Error ? error.message : error}`)
    }
  }
  writeWhole(new URL('manifest.json', published), printManifest(manifest))
}

/** Compiles the fixtures whose source, compiler or flags have changed. Throws as buildGuests does. */
export const buildFixtures = async () => {
  mkdirSync(cache, { recursive: true })
  const files = [...readdirSync(fixtures).map((file) => new URL(file, fixtures)), new URL('probe.c', sources)]
  for (const file of files) {
    if (!file.pathname.endsWith('.c')) continue
    const name = basename(file.pathname, '.c')
    const source = readFileSync(file, 'utf8')
    const key = sha256(compilerPackage, flags.join('\0'), source)
    const [binary, stamp] = [new URL(`${name}.wasm`, cache), new URL(`${name}.key`, cache)]
    if (existsSync(binary) && existsSync(stamp) && readFileSync(stamp, 'utf8') === key) continue
    writeWhole(binary, await compile(name, source))
    writeWhole(stamp, key)
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await (process.argv.includes('--fixtures') ? buildFixtures() : process.argv.includes('--twins') ? buildTwins() : buildGuests())
}
