import { readFileSync } from 'node:fs'
import type { TreeEntry } from '../../engine/kernel/tree.ts'
import { fixture } from '../../wasm/guests/fixture.ts'
import { compileAll } from '../../wasm/sdk/compile.mjs'
import { makeFigure, median, type Figure } from './figure.ts'
import { NotHere, compileNative, ifHere, nativePrints } from './native.ts'
import { recipeFor, timed } from './timed.ts'

/** As in C, and nothing besides: one request and one wait a step. */
const stepping = (steps: number): string => `
import { Int, PTRACE_KILL, PTRACE_SINGLESTEP, ptrace, spawn, waitpid } from "ptrace"
const pid = spawn()
const status = new Int()
await waitpid(pid, status, 0)
for (let i = 0; i < ${steps}; i++) {
  ptrace(PTRACE_SINGLESTEP, pid, 0, 0)
  await waitpid(pid, status, 0)
}
ptrace(PTRACE_KILL, pid, 0, 0)
await waitpid(pid, status, 0)
`

/** Aims of the issue, as nanoseconds: ten million rebuilt calls a second, a million steps. */
const REBUILT_CALL = 100
const STEP = 1000

export interface ProcessEffort {
  readonly forks: number
  readonly signals: number
  /** Calls of a parent's past … */
  readonly calls: number
  /** … and how often it is made again. */
  readonly rebuilds: number
  readonly steps: number
  readonly repetitions: number
}

interface Guests {
  readonly processes: Uint8Array
  readonly nothing: Uint8Array
}

/** The guests, by the SDK: the same sources that gcc compiles. */
const compileGuests = async (): Promise<Guests> => {
  const names = ['processes', 'nothing']
  const programs = names.map((name) => ({ name, source: readFileSync(new URL(`${name}.c`, import.meta.url), 'utf8') }))
  const modules = await compileAll(programs)
  return { processes: modules.get('processes') as Uint8Array, nothing: modules.get('nothing') as Uint8Array }
}

const EXECUTED = '/nothing'

/** Milliseconds of a run of processes.c here. */
const inGuest = async ({ processes, nothing }: Guests, argv: readonly (string | number)[]): Promise<number> => {
  const tree: readonly TreeEntry[] = [{ path: EXECUTED, bytes: nothing }]
  return (await timed(recipeFor('processes', processes, argv.map(String), {}, tree))).milliseconds
}

/** Milliseconds that so many steps of a guest that computes take from a script. */
const stepped = async (steps: number): Promise<number> =>
  (await timed(recipeFor('compute', fixture('compute'), ['sieve', '1000000'], { script: stepping(steps) }))).milliseconds

/** Something that is measured here and on Linux, by turns. */
interface Pair {
  readonly name: string
  readonly unit: 'µs' | 'ns'
  readonly count: number
  /** Milliseconds for `count` times. */
  readonly ours: (count: number) => Promise<number>
  /** Nanoseconds for one. */
  readonly theirs: (count: number) => number
  readonly below?: number
}

const NANOSECONDS = { 'µs': 1e3, ns: 1 } as const

const figureOf = async ({ name, unit, count, ours, theirs, below }: Pair, repetitions: number): Promise<Figure> => {
  const samples = { ours: [] as number[], theirs: [] as number[] }
  let note: string | undefined
  for (let i = 0; i < repetitions; i++) {
    const around = await ours(0)
    samples.ours.push((((await ours(count)) - around) * 1e6) / count)
    const native = ifHere(() => theirs(count))
    if (native.value !== undefined) samples.theirs.push(native.value)
    note = native.note
  }
  const each = median(samples.ours)
  return makeFigure({
    name, unit, ours: each / NANOSECONDS[unit], theirs: samples.theirs.length === 0 ? undefined : median(samples.theirs) / NANOSECONDS[unit],
    ...(below === undefined ? {} : { aim: { below } }), note: note ?? aSecond(each),
  })
}

const aSecond = (nanoseconds: number): string => {
  const rate = 1e9 / nanoseconds
  return `${rate >= 1e6 ? `${(rate / 1e6).toFixed(1)} million` : rate.toFixed(0)} a second`
}

/** Nanoseconds for a call that is made again: what forks take longer of a parent that has made it before. */
const rebuiltCall = async (guests: Guests, { calls, rebuilds, repetitions }: ProcessEffort): Promise<Figure> => {
  const samples: number[] = []
  for (let i = 0; i < repetitions; i++) {
    const made = await inGuest(guests, ['calls', calls, rebuilds]) - await inGuest(guests, ['calls', calls, 0])
    const short = await inGuest(guests, ['calls', 0, rebuilds]) - await inGuest(guests, ['calls', 0, 0])
    samples.push(((made - short) * 1e6) / (calls * rebuilds))
  }
  const each = median(samples)
  return makeFigure({ name: 'a rebuilt call, clock_gettime, Node', unit: 'ns', ours: each, aim: { below: REBUILT_CALL }, note: aSecond(each) })
}

/** Processes, signals and steps: the same C programs here and on Linux. */
export const processFigures = async (effort: ProcessEffort): Promise<readonly Figure[]> => {
  const { forks, signals, steps, repetitions } = effort
  const guests = await compileGuests()
  const native = (name: string, args: (count: number) => readonly (string | number)[]): Pair['theirs'] => {
    const { value, note } = ifHere(() => compileNative(name))
    return (count) => {
      if (value === undefined) throw new NotHere(note)
      return nativePrints(value, args(count).map(String))
    }
  }
  const executed = ifHere(() => compileNative('nothing')).value ?? ''
  const own = (word: string, ...rest: readonly string[]) => (count: number): Promise<number> => inGuest(guests, [word, count, ...rest])
  const pairs: readonly Pair[] = [
    {
      name: 'fork, exit, wait, Node: C / native', unit: 'µs', count: forks,
      ours: own('fork'), theirs: native('processes', (count) => ['fork', count]),
    },
    {
      name: 'fork, exec of a small program, exit, wait, Node: C / native', unit: 'µs', count: forks,
      ours: own('exec', EXECUTED), theirs: native('processes', (count) => ['exec', count, executed]),
    },
    {
      name: 'a signal to itself and its handler, Node: C / native', unit: 'ns', count: signals,
      ours: own('signal'), theirs: native('processes', (count) => ['signal', count]),
    },
    {
      name: 'PTRACE_SINGLESTEP and waitpid, Node: a script / C on native ptrace', unit: 'ns', count: steps, below: STEP,
      ours: stepped, theirs: native('stepper', (count) => [count]),
    },
  ]
  const figures: Figure[] = []
  for (const pair of pairs) figures.push(await figureOf(pair, repetitions))
  return [...figures, await rebuiltCall(guests, effort)]
}
