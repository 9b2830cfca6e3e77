import type { Counts, FileEntry, RunEnd } from '../../engine/protocol.ts'
import type { Recipe } from '../../engine/recipe.ts'
import { Trace } from '../../engine/trace/trace.ts'
import { startMachine } from './frame.ts'
import { loadManifest } from './manifest.ts'
import { moduleOf, sha256 } from './modules.ts'
import { loadWasmer, wasmerHere } from './wasmer.ts'

/** A machine that says nothing for so long, in milliseconds, is given up: it may have a large module to rewrite. */
const SILENCE = 60_000

/** Files beyond this are compared by size alone, in bytes; more of them than this by name. */
const LARGEST_FILE = 2 ** 20
const MOST_FILES = 64

/** A run that nobody sees, over. */
export interface AsideRun {
  readonly recipe: Recipe
  readonly end: RunEnd
  readonly counts: Counts
  readonly digest: string
  readonly trace: Trace
  /** A digest of the files that it has left, where it was asked for. */
  readonly files: string | undefined
}

export interface AsideOptions {
  /** Its abort ends the run, and is an Error for whoever waits for it. */
  readonly signal: AbortSignal
  /** Look at the files afterwards. */
  readonly files?: boolean
  /** Give it up after so many milliseconds of silence. */
  readonly silence?: number
}

/** What a recipe's run needs besides itself. Throws an Error with a sentence if it is not to be had. */
export const modulesOf = async (recipe: Recipe): Promise<Readonly<Record<string, Uint8Array>>> => {
  const manifest = await loadManifest()
  if (recipe.host === 'wasmer') await loadWasmer()
  return Object.fromEntries(await Promise.all(recipe.programs.map(async (program) => [program.hash, await moduleOf(program, manifest)] as const)))
}

const join = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/**
 * Runs a recipe in a machine of its own, beside the one that is shown. What it waits for is ended: nobody will type or
 * decide in it.
 */
export const runAside = (recipe: Recipe, modules: Readonly<Record<string, Uint8Array>>, { signal, files = false, silence = SILENCE }: AsideOptions): Promise<AsideRun> =>
  new Promise((resolve, reject) => {
    const trace = new Trace()
    let ended: Pick<AsideRun, 'end' | 'counts' | 'digest'> | undefined
    let watchdog: ReturnType<typeof setTimeout> | undefined
    const asked: FileEntry[] = []
    const seen: Uint8Array[] = []
    const over = (): void => {
      clearTimeout(watchdog)
      signal.removeEventListener('abort', cancel)
      machine.dispose()
    }
    const fail = (why: string): void => {
      over()
      reject(new Error(why))
    }
    const cancel = (): void => fail('It was cancelled.')
    const wait = (): void => {
      clearTimeout(watchdog)
      watchdog = setTimeout(() => fail('The machine fell silent.'), silence)
    }
    const finish = (digest?: string): void => {
      over()
      if (ended !== undefined) resolve({ recipe, ...ended, trace, files: digest })
    }
    /** What is asked next of the files; when all have been seen, their digest. */
    const next = (): void => {
      const [entry] = asked
      if (entry !== undefined) machine.send({ type: 'read-file', path: entry.path })
      else void sha256(join(seen)).then((digest) => finish(digest))
    }
    const machine = startMachine((message) => {
      wait()
      switch (message.type) {
        case 'chunk':
          trace.append(message.table, message.chunk)
          break
        case 'waiting':
          machine.send(message.for === 'decision' ? { type: 'stop' } : { type: 'end-of-input' })
          break
        case 'ended':
          ended = { end: message.end, counts: message.counts, digest: message.digest }
          if (files && message.end.kind !== 'failed') machine.send({ type: 'list-files' })
          else finish()
          break
        case 'listing': {
          const words = new TextEncoder()
          for (const { path, kind, size, link = '' } of message.entries) seen.push(words.encode(`${path}\0${kind}\0${size}\0${link}\n`))
          asked.push(...message.entries.filter(({ kind, size, changed }) => kind === 'file' && changed && size <= LARGEST_FILE).slice(0, MOST_FILES))
          next()
          break
        }
        case 'file':
          asked.shift()
          if (message.bytes !== undefined) seen.push(message.bytes)
          next()
          break
        default:
      }
    }, fail)
    signal.addEventListener('abort', cancel)
    if (signal.aborted) return cancel()
    wait()
    const wasmer = wasmerHere()
    machine.send({ type: 'run', recipe, modules, eager: -1, ...(wasmer === undefined ? {} : { wasmer }) })
  })
