import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { DEFAULT_BUDGET, makeRecipe, type Recipe } from '../../engine/recipe.ts'
import { straceLines } from '../../engine/decode/strace.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { fixture } from '../../wasm/guests/fixture.ts'
import { runHeadless, type Finished } from '../headless.ts'
import { makeFigure, median, type Figure } from './figure.ts'
import { compileNative, ifHere, nativeStop, nativeStrace } from './native.ts'

/** As in C, and nothing besides: one request and one wait a stop. */
const STOPS = `
import { Int, PTRACE_SYSCALL, WIFSTOPPED, ptrace, spawn, waitpid } from "ptrace"
const pid = spawn()
const status = new Int()
await waitpid(pid, status, 0)
while (WIFSTOPPED(status)) {
  ptrace(PTRACE_SYSCALL, pid, 0, 0)
  await waitpid(pid, status, 0)
}
`

/** strace as a script writes it: a line for each call, printed at its exit-stop. */
const SCRIPTED_STRACE = `
import { spawn, trace } from "ptrace"
for await (const stop of trace(spawn())) {
  const last = stop.kind === "syscall-entry" && stop.call.name === "proc_exit"
  if (last || stop.kind !== "syscall-entry") console.log(stop.line)
}
`

const TIMES_CHEAPER = 20
const TIMES_FASTER = 30
const EVENT_BYTES = 64

const recipeFor = (guest: string, argv: readonly string[], more: Partial<Recipe>): { recipe: Recipe; modules: Record<string, Uint8Array> } => {
  const module = fixture(guest)
  const hash = createHash('sha256').update(module).digest('hex')
  const budget = { ...DEFAULT_BUDGET, events: 4_000_000 }
  return {
    recipe: makeRecipe({ programs: [{ name: guest, hash, argv }], budget, files: [{ path: '/bench.dat', text: '' }], ...more }),
    modules: { [hash]: module },
  }
}

/** Runs it; `milliseconds` go from the script's start (the thread and its realm are there) to the last event. */
const timed = async (made: ReturnType<typeof recipeFor>): Promise<{ readonly milliseconds: number; readonly finished: Finished }> => {
  let began = 0
  let ended = 0
  const finished = await runHeadless(made.recipe, {
    modules: made.modules,
    listen: ({ type, ...rest }) => {
      if (type === 'progress' && 'what' in rest && rest.what === 'running') began = performance.now()
      if (type === 'ended') ended = performance.now()
    },
  })
  if (finished.end.kind === 'failed') throw new Error(finished.end.failure.cause)
  return { milliseconds: ended - began, finished }
}

const bytesAnEvent = ({ events, outcomes, outputs, length }: Trace): number => (events.byteLength + outcomes.byteLength + outputs.byteLength) / length

export interface TracedEffort {
  readonly calls: number
  readonly repetitions: number
}

/** A traced stop, strace, and the bytes of their traces. */
export const tracedFigures = async ({ calls, repetitions }: TracedEffort): Promise<readonly Figure[]> => {
  const samples = { stop: [] as number[], nativeStop: [] as number[], recorded: [] as number[], scripted: [] as number[], nativeStrace: [] as number[] }
  const notes: { stop?: string | undefined; strace?: string | undefined } = {}
  let stopBytes = 0
  let lineBytes = 0
  let callBytes = 0
  const tracer = ifHere(() => compileNative('tracer'))
  const writer = ifHere(() => compileNative('writes'))
  for (let i = 0; i < repetitions; i++) {
    const around = await timed(recipeFor('callloop', ['none', '0'], { script: STOPS }))
    const { milliseconds, finished } = await timed(recipeFor('callloop', ['clock', String(calls)], { script: STOPS }))
    samples.stop.push(((milliseconds - around.milliseconds) * 1e6) / (finished.counts.stops - around.finished.counts.stops))
    stopBytes = bytesAnEvent(finished.trace)
    if (tracer.value !== undefined) {
      const { value, note } = ifHere(() => nativeStop(tracer.value as string, calls))
      if (value !== undefined) samples.nativeStop.push(value)
      notes.stop = note
    } else notes.stop = tracer.note

    const writes = [String(calls)]
    const plain = recipeFor('manywrites', writes, { untraced: true })
    const start = performance.now()
    const whole = await runHeadless(plain.recipe, { modules: plain.modules })
    writeFileSync(new URL('../../../.cache/bench/ours.txt', import.meta.url), [...straceLines(whole.trace)].join('\n'))
    samples.recorded.push(performance.now() - start)
    callBytes = bytesAnEvent(whole.trace)
    const scripted = await timed(recipeFor('manywrites', writes, { script: SCRIPTED_STRACE }))
    samples.scripted.push(scripted.milliseconds)
    lineBytes = bytesAnEvent(scripted.finished.trace)
    if (writer.value !== undefined) {
      const { value, note } = ifHere(() => nativeStrace(writer.value as string, writes))
      if (value !== undefined) samples.nativeStrace.push(value)
      notes.strace = note
    } else notes.strace = writer.note
  }
  const theirs = (values: readonly number[]): number | undefined => (values.length === 0 ? undefined : median(values))
  return [
    makeFigure({
      name: 'traced stop, Node: a script / C on native ptrace', unit: 'ns', ours: median(samples.stop), theirs: theirs(samples.nativeStop),
      aim: { ratioAbove: TIMES_CHEAPER }, note: notes.stop,
    }),
    makeFigure({
      name: `strace of ${calls} writes as text, Node: recorded / strace`, unit: 'ms', ours: median(samples.recorded), theirs: theirs(samples.nativeStrace),
      aim: { ratioAbove: TIMES_FASTER }, note: notes.strace,
    }),
    makeFigure({
      name: `strace of ${calls} writes as text, Node: a script, at every stop / strace`, unit: 'ms', ours: median(samples.scripted), theirs: theirs(samples.nativeStrace),
      aim: { ratioAbove: TIMES_FASTER }, note: notes.strace,
    }),
    makeFigure({ name: 'trace, stops and requests of a script, clock_time_get', unit: 'bytes an event', ours: stopBytes, aim: { below: EVENT_BYTES } }),
    makeFigure({ name: 'trace, the same with writes of 16 bytes and a printed line each', unit: 'bytes an event', ours: lineBytes, aim: { below: EVENT_BYTES } }),
    makeFigure({ name: 'trace, writes of 16 bytes recorded whole, with the output', unit: 'bytes an event', ours: callBytes, aim: { below: EVENT_BYTES } }),
  ]
}
