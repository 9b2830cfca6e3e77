import { taskAt } from '../../engine/decode/task.ts'
import type { Program, Recipe } from '../../engine/recipe.ts'
import type { Source, SourcePlace } from '../../engine/source/source.ts'
import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { isStep } from '../widgets/step.ts'
import type { ProgramSource } from './program-source.ts'
import { placesFound, type StackFrame, whereKnown, type Where } from './where.ts'

/** The program that the task of an event runs; the first one where that is not known. */
export const programAt = (trace: Trace, recipe: Recipe | undefined, seq: Seq): Program | undefined => {
  const event = trace.event(seq)
  const name = event === undefined ? undefined : taskAt(trace, event.pid, seq)?.name
  return recipe?.programs.find((one) => one.name === name) ?? recipe?.programs[0]
}

/** The innermost place on a stack that is in a file: a call is made by libc, on behalf of a line of the program. */
export const placeIn = (frames: readonly StackFrame[], source: Source, file: string): SourcePlace | undefined => {
  for (const { codeOffset } of frames) {
    const place = codeOffset === undefined ? undefined : source.lineOf(codeOffset)
    if (place?.file === file) return place
  }
  return undefined
}

/** Whether an event is one that stands in the program: a call that begins, or a step. */
export const isAtLine = (trace: Trace, seq: Seq): boolean => {
  const kind = trace.events.columns.kind[seq - 1]
  return kind === EventKind.entry || kind === EventKind.call || isStep(trace, seq)
}

/** Steps are read once; a trace of so many more has too many to mark. */
const MOST_STEPS = 20_000

/** What has been read for the lines of one file. */
interface Reading {
  /** Events that have been looked through for steps, and how many these were. */
  upTo: Seq
  steps: number
  /** Places that were found by looks, of which so many have been taken in. */
  taken: number
  readonly lines: Map<number, Seq[]>
}

const readings = new WeakMap<Trace, Map<string, Reading>>()

const readingOf = (trace: Trace, key: string): Reading => {
  const known = readings.get(trace) ?? new Map<string, Reading>()
  readings.set(trace, known)
  const reading = known.get(key) ?? { upTo: 0, steps: 0, taken: 0, lines: new Map<number, Seq[]>() }
  known.set(key, reading)
  return reading
}

/** Events by line, in their order, as far as it is known where they stand: steps, and calls that a look has found. */
export const eventsByLine = (trace: Trace, length: number, { program, source }: Pick<ProgramSource, 'program' | 'source'>, file: string, recipe: Recipe | undefined): ReadonlyMap<number, readonly Seq[]> => {
  const reading = readingOf(trace, `${program.hash} ${file}`)
  const grown = new Set<number>()
  const put = (seq: Seq, where: Where | undefined): void => {
    if (where?.known !== true || programAt(trace, recipe, seq)?.hash !== program.hash) return
    const line = placeIn(where.frames, source, file)?.line
    if (line === undefined) return
    grown.add(line)
    const events = reading.lines.get(line)
    if (events === undefined) reading.lines.set(line, [seq])
    else events.push(seq)
  }
  const { kind } = trace.events.columns
  for (; reading.upTo < length && reading.steps < MOST_STEPS; reading.upTo++) {
    const seq = reading.upTo + 1
    if (kind[reading.upTo] !== EventKind.signal || !isStep(trace, seq)) continue
    reading.steps++
    put(seq, whereKnown(trace, seq))
  }
  let count = 0
  const found = placesFound(trace)
  for (const [seq, where] of found) if (count++ >= reading.taken && isAtLine(trace, seq) && !isStep(trace, seq)) put(seq, where)
  reading.taken = found.size
  for (const line of grown) reading.lines.get(line)?.sort((a, b) => a - b)
  return new Map(reading.lines)
}

/** The next of these events after `from`; after the last one the first. */
export const nextOf = (events: readonly Seq[], from: Seq): Seq => events.find((seq) => seq > from) ?? events[0] ?? 0

/** What a search for an event asks for, and how far it may go. */
export interface Search {
  readonly trace: Trace
  readonly length: number
  readonly from: Seq
  readonly find: (trace: Trace, seq: Seq) => Promise<Where>
  readonly wants: (where: Where, seq: Seq) => boolean
  /** Told now and then how far it has come. */
  readonly onProgress: (seq: Seq) => void
  readonly signal: AbortSignal
}

/** The first event after `from` that stands where it is wanted; 0 for none. Stops where it is aborted. */
export const findNext = async ({ trace, length, from, find, wants, onProgress, signal }: Search): Promise<Seq> => {
  for (let seq = from + 1; seq <= length; seq++) {
    if (!isAtLine(trace, seq)) continue
    if (signal.aborted) return 0
    const where = whereKnown(trace, seq) ?? (await find(trace, seq))
    if (wants(where, seq)) return seq
    onProgress(seq)
  }
  return 0
}
