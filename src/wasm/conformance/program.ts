import { readFileSync } from 'node:fs'
import { compileAll } from '../sdk/compile.mjs'

/** The C programs of programs/ that a test wants, compiled with the SDK; what was compiled once is found again. */
export const programs = async <Name extends string>(...names: readonly Name[]): Promise<Readonly<Record<Name, Uint8Array>>> => {
  const sources = names.map((name) => ({ name, source: readFileSync(new URL(`programs/${name}.c`, import.meta.url), 'utf8') }))
  const modules = await compileAll(sources, { extra: ['-Werror'] })
  return Object.fromEntries(modules) as Record<Name, Uint8Array>
}
