import { writeFileSync } from 'node:fs'
import { deflateSync, inflateSync } from 'fflate'
import type { Recipe } from '../../engine/recipe.ts'
import { straceLines } from '../../engine/decode/strace.ts'
import type { PoolCodec } from '../../engine/trace/pool.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { fixture } from '../../wasm/guests/fixture.ts'
import { runHeadless } from '../headless.ts'
import { makeFigure, median, type Figure } from './figure.ts'
import { compileNative, ifHere, nativePrints, nativeStrace } from './native.ts'
import { recipeFor, timed, type Made } from './timed.ts'

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

const traced = (guest: string, argv: readonly string[], more: Partial<Recipe>): Made =>
  recipeFor(guest, fixture(guest), argv, { files: [{ path: '/bench.dat', text: '' }], ...more })

/** As the page has it (ui/share/pool-codec.ts). */
const pageCodec: PoolCodec = {
  pack: (bytes) => deflateSync(bytes, { level: 1 }),
  unpack: (packed, length) => inflateSync(packed, { out: new Uint8Array(length) }),
}

/** Of a trace as the page holds it once it has had the time to pack what is old. */
const bytesAnEvent = (trace: Trace): number => {
  trace.pack(pageCodec)
  return trace.heldLength / trace.length
}

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
    const around = await timed(traced('callloop', ['none', '0'], { script: STOPS }))
    const { milliseconds, finished } = await timed(traced('callloop', ['clock', String(calls)], { script: STOPS }))
    samples.stop.push(((milliseconds - around.milliseconds) * 1e6) / (finished.counts.stops - around.finished.counts.stops))
    stopBytes = bytesAnEvent(finished.trace)
    if (tracer.value !== undefined) {
      const { value, note } = ifHere(() => nativePrints(tracer.value as string, [String(calls)]))
      if (value !== undefined) samples.nativeStop.push(value)
      notes.stop = note
    } else notes.stop = tracer.note

    const writes = [String(calls)]
    const plain = traced('manywrites', writes, { untraced: true })
    const start = performance.now()
    const whole = await runHeadless(plain.recipe, { modules: plain.modules })
    writeFileSync(new URL('../../../.cache/bench/ours.txt', import.meta.url), [...straceLines(whole.trace)].join('\n'))
    samples.recorded.push(performance.now() - start)
    callBytes = bytesAnEvent(whole.trace)
    const scripted = await timed(traced('manywrites', writes, { script: SCRIPTED_STRACE }))
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
