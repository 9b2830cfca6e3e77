import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { printManifest } from './build.mjs'
import { catalogue } from './catalogue.mjs'
import { compile } from './compile.mjs'
import { guest, guestManifest } from './fixture.ts'

const published = new URL('../../../public/guests/', import.meta.url)
const sources = new URL('./', import.meta.url)
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, published)))
const text = (name: string): string => readFileSync(new URL(name, published), 'utf8')
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const manifest = guestManifest()
const current = Object.entries(manifest.guests)
const hashes = [...current.map(([, { hash }]) => hash), ...Object.keys(manifest.old)]

describe('the manifest', () => {
  test('names every guest of the catalogue, in its order', () => {
    expect(current.map(([name]) => name)).toEqual(Object.keys(catalogue))
  })

  test('says of each guest what the catalogue says', () => {
    for (const [name, entry] of current) expect(entry).toMatchObject(catalogue[name] ?? {})
  })

  test.for(hashes)('has the module and the source of %s', (hash) => {
    expect(sha256(read(`${hash}.wasm`))).toBe(hash)
    expect(text(`${hash}.c`)).toMatch(/^\/\* \w+: /)
  })

  test('accounts for every file beside it', () => {
    const twins = [...current.map(([, { hash, debug }]) => [hash, debug] as const), ...Object.entries(manifest.old).map(([hash, { debug }]) => [hash, debug] as const)]
      .flatMap(([hash, debug]) => (debug === true ? [`${hash}.debug.wasm`] : []))
    const expected = [...hashes.flatMap((hash) => [`${hash}.wasm`, `${hash}.c`]), ...twins, 'LICENSES.txt', 'manifest.json']
    expect(readdirSync(published).toSorted()).toEqual(expected.toSorted())
  })

  test('is printed as it lies on disk', () => {
    expect(printManifest(manifest)).toBe(text('manifest.json'))
  })

  test('does not list a guest as old that is still current', () => {
    expect(new Set(hashes).size).toBe(hashes.length)
  })
})

describe('the published guests', () => {
  test.for(current)('%s was built from the source that is here', ([, { hash, source }]) => {
    expect(text(`${hash}.c`)).toBe(readFileSync(new URL(source, sources), 'utf8'))
  })

  test('hello comes out of the compiler byte for byte again', { timeout: 60_000 }, async () => {
    const source = readFileSync(new URL('hello.c', sources), 'utf8')
    expect(sha256(await compile('hello', source))).toBe(manifest.guests.hello?.hash)
  })

  test.for(current)('%s imports nothing but preview1, and the table linux where it is made with the SDK', async ([name, { sdk }]) => {
    const modules = WebAssembly.Module.imports(await WebAssembly.compile(new Uint8Array(guest(name))))
    expect(new Set(modules.map(({ module }) => module))).toEqual(new Set(sdk === true ? ['wasi_snapshot_preview1', 'linux'] : ['wasi_snapshot_preview1']))
  })

  test.for(current)('%s tells nothing about the machine that built it', ([name]) => {
    const bytes = Buffer.from(guest(name)).toString('latin1')
    expect(bytes).not.toMatch(/\/(home\/(?!poem|notes|counter|minutes)|Users|work(?!\/(?:box|door|draft|letter|mine|plan|report|v1))|tmp|root)\b/)
    expect(bytes).not.toContain('node_modules')
  })

  test.for(current)('%s keeps the names of its functions and the lines of its source', async ([name]) => {
    const module = await WebAssembly.compile(new Uint8Array(guest(name)))
    expect(WebAssembly.Module.customSections(module, 'name')).toHaveLength(1)
    expect(WebAssembly.Module.customSections(module, '.debug_line')).toHaveLength(1)
  })
})

test('a source that will not compile is refused with the words of the compiler', { timeout: 60_000 }, async () => {
  await expect(compile('bad', 'int main(void) { return nothing; }\n')).rejects.toThrow(
    /bad\.c:1:25: error: use of undeclared identifier 'nothing'/,
  )
})
