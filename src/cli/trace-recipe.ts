import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { posix, resolve } from 'node:path'
import { filesOf, guestsNamedIn, programsOf } from '../engine/bundle.ts'
import type { Preopen, TreeEntry } from '../engine/kernel/tree.ts'
import { makeRecipe, type HostName, type Program, type Recipe } from '../engine/recipe.ts'
import type { GuestEntry, GuestManifest } from '../wasm/guests/manifest.ts'
import { readHostTree } from './host-tree.ts'
import { UsageError, type TraceOptions } from './trace-options.ts'

/** A folder of the host, as it was before the run. */
export interface HostFolder {
  /** Where it lies in the guest's file system: '/' or a path without a slash at its end. */
  readonly path: string
  readonly host: string
  readonly before: readonly TreeEntry[]
}

/** All that a run needs. */
export interface Prepared {
  readonly recipe: Recipe
  readonly modules: Readonly<Record<string, Uint8Array>>
  readonly tree: readonly TreeEntry[]
  readonly preopens: readonly Preopen[]
  readonly folders: readonly HostFolder[]
}

/** An entry of public/examples/index.json. */
interface Example {
  readonly id: string
  readonly guest: string
  readonly script: string
  readonly argv?: readonly string[]
  readonly stdin?: string
  readonly tty?: boolean
  readonly untraced?: boolean
  readonly host?: HostName
}

const published = new URL('../../public/', import.meta.url)

const readText = (url: URL | string): string => {
  const bytes = read(url)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new UsageError(`${String(url)} is not UTF-8`)
  }
}
const read = (file: URL | string | 0): Uint8Array => {
  try {
    return new Uint8Array(readFileSync(file))
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

const findExample = (id: string): Example => {
  const examples = JSON.parse(readText(new URL('examples/index.json', published))) as readonly Example[]
  const found = examples.find((example) => example.id === id)
  if (found === undefined) throw new UsageError(`no example ${id}: there are ${examples.map((one) => one.id).join(', ')}`)
  return found
}

/** Reads everything that the options name. Throws a UsageError for what is not there. */
export const prepare = (options: TraceOptions): Prepared => {
  const { guests } = JSON.parse(readText(new URL('guests/manifest.json', published))) as GuestManifest
  const example = options.example === undefined ? undefined : findExample(options.example)
  const name = example?.guest ?? options.guest ?? ''
  const bundled = !name.includes('/') && Object.hasOwn(guests, name) ? guests[name] : undefined
  const script = example !== undefined ? readText(new URL(`examples/${example.script}`, published))
    : options.script === undefined ? undefined : readText(options.script)

  const modules: Record<string, Uint8Array> = {}
  const load = ({ hash }: GuestEntry): void => {
    modules[hash] = read(new URL(`guests/${hash}.wasm`, published))
  }
  let first: Program
  if (bundled === undefined) {
    const bytes = read(name)
    const hash = createHash('sha256').update(bytes).digest('hex')
    modules[hash] = bytes
    first = { name: posix.basename(name), hash, argv: options.args }
  } else {
    load(bundled)
    const argv = example?.argv ?? (options.args.length > 0 ? options.args : bundled.argv.slice(1))
    first = { name, hash: bundled.hash, argv }
  }
  const others = guestsNamedIn(script ?? '', guests, bundled === undefined ? '' : name)
  for (const [, entry] of others) load(entry)
  const chosen = bundled === undefined ? others : [[name, bundled] as const, ...others]
  const folders = options.dirs.map(({ guest, host }): HostFolder => ({
    // Where the guest has no current directory, "." is the root.
    path: posix.resolve('/', guest), host: resolve(host), before: readFolder(host),
  }))
  const preopens = options.dirs.map(({ guest }, i): Preopen => ({ guest, path: (folders[i] as HostFolder).path }))
  const rooted = preopens.some(({ path }) => path === '/')
  return {
    recipe: makeRecipe({
      programs: [first, ...programsOf(others)],
      ...(script === undefined ? {} : { script }),
      files: filesOf(chosen),
      stdin: options.stdin === undefined ? (example?.stdin ?? bundled?.stdin ?? '') : stdinText(options.stdin),
      tty: options.stdin === undefined && (example?.tty ?? bundled?.tty ?? false),
      env: options.env,
      seed: options.seed,
      ...(options.schedule === 0 ? {} : { schedule: options.schedule }),
      ...hostOf(options, example),
      untraced: script === undefined || example?.untraced === true,
      budget: options.budget,
    }),
    modules,
    tree: folders.flatMap(({ path, before }) => before.map((entry) => ({ ...entry, path: posix.join(path, entry.path) }))),
    // A bundled guest's own files lie below the root.
    preopens: rooted || (bundled === undefined && preopens.length > 0) ? preopens : [{ guest: '/', path: '/' }, ...preopens],
    folders,
  }
}

/** The kernel is what a recipe means that says nothing: so it says nothing. */
const hostOf = ({ host }: TraceOptions, example: Example | undefined): Pick<Recipe, 'host'> =>
  (host ?? example?.host) === 'wasmer' ? { host: 'wasmer' } : {}

const stdinText = (file: string): string => {
  if (file !== '-') return readText(file)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(read(0))
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError('the standard input is not UTF-8')
  }
}

const readFolder = (host: string): readonly TreeEntry[] => {
  try {
    return readHostTree(host)
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
