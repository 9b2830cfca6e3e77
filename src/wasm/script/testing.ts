import { Ticks } from '../../engine/script/ticks.ts'
import { compile, hooksModuleSource, link } from './compile.ts'

/** What a script did: the values that it `out`-ed, what it threw, and the lines that ticked. */
export interface Outcome {
  readonly out: readonly unknown[]
  readonly thrown?: unknown
  readonly lines: readonly number[]
  readonly ticks: Ticks
}

export const EXPORTED: ReadonlySet<string> = new Set(['out', 'later'])

const dataUrl = (text: string): string => `data:text/javascript;charset=utf-8,${encodeURIComponent(text)}`
let runs = 0

const API = `const a=globalThis.testApi;delete globalThis.testApi;export const out=a.out;export const later=a.later;`

const run = async (code: (api: string, hooks: string) => string, ticks: Ticks): Promise<Outcome> => {
  const out: unknown[] = []
  const lines: number[] = []
  const api = {
    out: (value: unknown) => {
      out.push(value)
    },
    later: (value: unknown) => Promise.resolve(value),
  }
  const hooks = {
    ...ticks,
    tick: (line: number, depth: number) => {
      lines.push(line)
      ticks.tick(line, depth)
    },
  }
  const serial = ++runs
  const apiUrl = dataUrl(`${API}//${serial}`)
  const hooksUrl = dataUrl(`${hooksModuleSource('testHooks')}//${serial}`)
  Object.assign(globalThis, { testApi: api, testHooks: hooks })
  try {
    await import(/* @vite-ignore */ apiUrl)
    await import(/* @vite-ignore */ hooksUrl)
    await import(/* @vite-ignore */ dataUrl(`${code(apiUrl, hooksUrl)}//${serial}`))
    return { out, lines, ticks }
  } catch (thrown) {
    return { out, thrown, lines, ticks }
  }
}

const newTicks = (limit: number): Ticks => new Ticks({ limit, pow: (base, exponent) => base ** exponent })

/** Runs a script as compiled; with `import { out } from "ptrace"` it says what it sees. */
export const runCompiled = async (source: string, limit = 1_000_000): Promise<Outcome> => {
  const compiled = compile(source, EXPORTED)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.failure))
  return run((api, hooks) => link(compiled, api, hooks), newTicks(limit))
}

/** Runs the JavaScript source as it is. */
export const runPlain = (source: string): Promise<Outcome> =>
  run((api) => source.replaceAll(/from\s*["']ptrace["']/g, () => `from ${JSON.stringify(api)}`), newTicks(1))
