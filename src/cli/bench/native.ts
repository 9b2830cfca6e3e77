import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const cache = new URL('../../../.cache/bench/', import.meta.url)

/** Why something native is not measured. */
export class NotHere extends Error {
  override name = 'NotHere'
}

const run = (program: string, args: readonly string[]): string => {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (error !== undefined) throw new NotHere((error as NodeJS.ErrnoException).code === 'ENOENT' ? `there is no ${program} here` : error.message)
  if (status !== 0) throw new NotHere(`${program} ended with ${status}: ${stderr.trim().split('\n').at(-1) ?? ''}`)
  return stdout
}

/** Compiles a program of this folder with gcc. Throws NotHere where there is none. @returns its path */
export const compileNative = (name: string): string => {
  mkdirSync(cache, { recursive: true })
  const program = fileURLToPath(new URL(name, cache))
  run('gcc', ['-O2', '-Wall', '-o', program, fileURLToPath(new URL(`${name}.c`, import.meta.url))])
  return program
}

/** The number that a program prints: its nanoseconds for whatever it does. */
export const nativePrints = (program: string, args: readonly string[]): number => Number(run(program, args))

/** Milliseconds that strace takes for a program, its text written to a file. */
export const nativeStrace = (program: string, args: readonly string[]): number => {
  if (!existsSync('/usr/bin/strace')) throw new NotHere('there is no strace here (apt install strace)')
  const text = fileURLToPath(new URL('strace.txt', cache))
  const began = performance.now()
  run('/bin/sh', ['-c', 'exec /usr/bin/strace -f -o "$0" "$@" >/dev/null', text, program, ...args])
  return performance.now() - began
}

/** The value, or why there is none. */
export const ifHere = <T>(measure: () => T): { readonly value?: T; readonly note?: string } => {
  try {
    return { value: measure() }
  } catch (error) {
    if (error instanceof NotHere) return { note: error.message }
    throw error
  }
}
