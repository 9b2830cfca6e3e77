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

interface Steps {
  /** Events that have been looked at. */
  upTo: Seq
  count: number
  readonly lines: Map<number, Seq[]>
}

const stepsRead = new WeakMap<Trace, Map<string, Steps>>()

const put = (lines: Map<number, Seq[]>, line: number, seq: Seq): void => {
  const events = lines.get(line)
  if (events === undefined) lines.set(line, [seq])
  else events.push(seq)
}

const stepsByLine = (trace: Trace, length: number, source: Source, file: string, key: string, isOf: (seq: Seq) => boolean): Steps['lines'] => {
  const known = stepsRead.get(trace) ?? new Map<string, Steps>()
  stepsRead.set(trace, known)
  const steps = known.get(key) ?? { upTo: 0, count: 0, lines: new Map<number, Seq[]>() }
  known.set(key, steps)
  const { kind } = trace.events.columns
  for (; steps.upTo < length && steps.count < MOST_STEPS; steps.upTo++) {
    const seq = steps.upTo + 1
    if (kind[steps.upTo] !== EventKind.signal || !isStep(trace, seq)) continue
    steps.count++
    const where = whereKnown(trace, seq)
    const place = where?.known === true && isOf(seq) ? placeIn(where.frames, source, file) : undefined
    if (place !== undefined) put(steps.lines, place.line, seq)
  }
  return steps.lines
}

/** Events by line, in their order, as far as it is known where they stand: steps, and calls that a look has found. */
export const eventsByLine = (trace: Trace, length: number, { program, source }: Pick<ProgramSource, 'program' | 'source'>, file: string, recipe: Recipe | undefined): ReadonlyMap<number, readonly Seq[]> => {
  const isOf = (seq: Seq): boolean => programAt(trace, recipe, seq)?.hash === program.hash
  const lines = new Map<number, Seq[]>()
  for (const [line, events] of stepsByLine(trace, length, source, file, `${program.hash} ${file}`, isOf)) lines.set(line, [...events])
  for (const [seq, where] of placesFound(trace)) {
    if (!where.known || !isAtLine(trace, seq) || isStep(trace, seq) || !isOf(seq)) continue
    const place = placeIn(where.frames, source, file)
    if (place !== undefined) put(lines, place.line, seq)
  }
  for (const events of lines.values()) events.sort((a, b) => a - b)
  return lines
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
