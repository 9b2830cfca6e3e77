import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { type Found, type Preopen, type TreeEntry } from '../engine/kernel/tree.ts'
import type { Counts, FromMachine, RunEnd, ToMachine } from '../engine/protocol.ts'
import type { Recipe } from '../engine/recipe.ts'
import { Trace } from '../engine/trace/trace.ts'
import { Machine } from '../wasm/machine.ts'

/** Page to machine, for a thread of Node: host folders are added to the recipe's files. */
export type ToThread =
  | ToMachine
  | {
      readonly type: 'begin'
      readonly recipe: Recipe
      readonly modules: Readonly<Record<string, Uint8Array>>
      readonly tree: readonly TreeEntry[]
      readonly preopens: readonly Preopen[]
      readonly wasmer?: string
    }
/** What a thread is given when it is made. */
export interface ThreadData {
  readonly suspends: boolean | undefined
}
export type FromThread = FromMachine | { readonly type: 'files'; readonly found: readonly Found[] }

/** A run that is over. */
export interface Finished {
  readonly end: RunEnd
  readonly digest: string
  readonly counts: Counts
  readonly trace: Trace
  /** All files as the run left them. */
  readonly files: readonly Found[]
}

export interface HeadlessOptions {
  /** Modules by hash. */
  readonly modules: Readonly<Record<string, Uint8Array>>
  readonly tree?: readonly TreeEntry[]
  readonly preopens?: readonly Preopen[]
  /** Hears every message as it comes; the trace has taken it up already. */
  readonly listen?: (message: FromMachine, trace: Trace) => void
  /** Aborting it is pressing Stop. */
  readonly signal?: AbortSignal
  /** Text of the module of @wasmer/wasi: its MemFS is then the disk, too. A recipe on that host finds it by itself. */
  readonly wasmer?: string
  /** False: guests that wait are made again, as in a browser that cannot suspend WebAssembly. */
  readonly suspends?: boolean
}

const ROOT: readonly Preopen[] = [{ guest: '/', path: '/' }]

/**
 * Runs a recipe under Node. One with a script runs in a thread of its own, whose realm is locked as the page's is,
 * so that it does the same there and here, and so does one with the package, which then goes with its thread. Only for
 * one's own scripts: Node is no sandbox.
 */
export const runHeadless = (recipe: Recipe, options: HeadlessOptions): Promise<Finished> => {
  const wasmer = options.wasmer ?? (recipe.host === 'wasmer' ? wasmerText() : undefined)
  if (recipe.script === undefined && wasmer === undefined) return runHere(recipe, options)
  return runInThread(recipe, { ...options, ...(wasmer === undefined ? {} : { wasmer }) })
}

/** The module of @wasmer/wasi as npm installed it. */
export const wasmerText = (): string => readFileSync(createRequire(import.meta.url).resolve('@wasmer/wasi/dist/Library.esm.min.js'), 'utf8')

/** Collects what a machine says. */
const collect = (listen: HeadlessOptions['listen']) => {
  const trace = new Trace()
  let ended: Extract<FromMachine, { type: 'ended' }> | undefined
  return {
    take: (message: FromMachine): void => {
      if (message.type === 'chunk') trace.append(message.table, message.chunk)
      if (message.type === 'ended') ended = message
      listen?.(message, trace)
    },
    finished: (files: readonly Found[]): Finished => {
      if (ended === undefined) throw new Error('the machine went away without a word')
      return { end: ended.end, digest: ended.digest, counts: ended.counts, trace, files }
    },
  }
}

const runHere = async (recipe: Recipe, { modules, tree = [], preopens = ROOT, listen, signal, suspends }: HeadlessOptions): Promise<Finished> => {
  const said = collect(listen)
  const machine = new Machine({
    post: said.take,
    macrotask: () =>
      new Promise((resolve) => {
        setImmediate(resolve)
      }),
    moduleUrl: () => '',
    importModule: () => Promise.reject(new Error('no script here')),
    now: () => performance.now(),
    later: () => {},
    lock: () => {
      throw new Error('no script here')
    },
    interactive: false,
    ...(suspends === undefined ? {} : { suspends }),
  })
  signal?.addEventListener('abort', () => machine.receive({ type: 'stop' }))
  await machine.run(recipe, modules, -1, tree, preopens)
  return said.finished(machine.files())
}

/** The thread's entry; tests have it as one file (thread-setup.ts). */
const threadEntry = (): string | URL => process.env['SKIPCALL_THREAD'] ?? new URL('./machine-thread.ts', import.meta.url)

const runInThread = (recipe: Recipe, { modules, tree = [], preopens = ROOT, listen, signal, wasmer, suspends }: HeadlessOptions): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const said = collect(listen)
    const worker = new Worker(threadEntry(), { stdout: false, workerData: { suspends } satisfies ThreadData })
    worker.on('error', reject)
    signal?.addEventListener('abort', () => worker.postMessage({ type: 'stop' } satisfies ToThread))
    worker.on('message', (message: FromThread) => {
      if (message.type !== 'files') {
        said.take(message)
        return
      }
      resolve(said.finished(message.found))
      void worker.terminate()
    })
    worker.postMessage({ type: 'begin', recipe, modules, tree, preopens, ...(wasmer === undefined ? {} : { wasmer }) } satisfies ToThread)
  })
