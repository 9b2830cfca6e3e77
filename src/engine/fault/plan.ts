import { ERRNO, type ErrnoName } from '../abi/errno.ts'
import { callAround } from '../decode/call.ts'
import { fdNamer } from '../decode/provenance.ts'
import { DEFAULT_BUDGET, type Budget, type Forced, type Recipe } from '../recipe.ts'
import { ArchCode, EventKind, Flag, type Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { errnosOf } from './errno.ts'

/** One call of a run that is to fail, and how. */
export interface Fault {
  readonly call: Seq
  readonly name: string
  readonly errno: ErrnoName
  readonly forced: Forced
  readonly site: string
}

/** Calls of a run that are about the same: one program, one call, one file. */
export interface Site {
  readonly key: string
  /** `cat: fd_read of /home/poem.txt`. */
  readonly title: string
  readonly calls: readonly Seq[]
}

export interface Plan {
  readonly sites: readonly Site[]
  /** First the first call of every site with its likeliest errno, later calls and rarer errnos behind: who stops early has seen something of each. */
  readonly faults: readonly Fault[]
}

export interface PlanOptions {
  /** The call fails, and so does every later one of its task that has its number. */
  readonly onwards?: boolean
}

/** More are not planned: nobody waits for a hundred thousand runs. */
const MOST_FAULTS = 20_000

/**
 * The calls that close a descriptor whatever they answer: "Linux … always releases the file descriptor early in the
 * close operation, freeing it for reuse; the steps that may return an error … occur only later". close(2)
 */
const CLOSES = new Set(['fd_close', 'close'])

/**
 * Which call of a task an event is, as a recipe names it: by its entry stop or, where nobody traces, by its place
 * among the calls of its task. Undefined for an event that is no call's first.
 */
export const forcedAt = (trace: Trace, call: Seq): Pick<Forced, 'at' | 'untraced'> | undefined => {
  const { kind, pid } = trace.events.columns
  if (kind[call - 1] === EventKind.entry) return { at: call }
  if (kind[call - 1] !== EventKind.call) return undefined
  let nth = 0
  for (let i = 0; i < call - 1; i++) if (kind[i] === EventKind.call && pid[i] === pid[call - 1]) nth++
  return { at: call, untraced: { pid: pid[call - 1] as number, nth } }
}

/** What a failing call's result register holds. */
export const resultOf = (arch: number, errno: ErrnoName): number => (arch === ArchCode.preview1 ? ERRNO[errno] : -ERRNO[errno])

/** Every call of a run with every errno that it can return and has not returned. */
export const planFaults = (trace: Trace, { onwards = false }: PlanOptions = {}): Plan => {
  const sites = new Map<string, { readonly key: string; readonly title: string; readonly calls: Seq[] }>()
  const byTurn: Fault[][] = []
  const untraced = new Map<number, number>()
  const describeFd = fdNamer(trace)
  for (let seq = 1; seq <= trace.length; seq++) {
    const event = trace.event(seq)
    if (event === undefined || (event.kind !== EventKind.entry && event.kind !== EventKind.call)) continue
    const nth = untraced.get(event.pid) ?? 0
    if (event.kind === EventKind.call) untraced.set(event.pid, nth + 1)
    const errnos = errnosOf(event.arch, event.nr)
    const call = errnos.length === 0 ? undefined : callAround(trace, event, 'after', describeFd)
    if (call === undefined) continue
    const about = call.args.find(({ dir, value }) => dir === 'in' && typeof value === 'string')?.text ?? call.args.find(({ name }) => name === 'fd')?.note
    const program = trace.birthOf(event.pid, seq)?.name ?? `task ${event.pid}`
    const title = `${program}: ${call.name}${about === undefined ? '' : ` of ${about}`}`
    const site = sites.get(title) ?? { key: title, title, calls: [] }
    sites.set(title, site)
    const turn = site.calls.push(seq) - 1
    const ended = event.kind === EventKind.entry ? call.outcome : event
    const place = { at: seq, ...(event.kind === EventKind.call ? { untraced: { pid: event.pid, nth } } : {}) }
    for (const [rank, errno] of errnos.entries()) {
      const result = resultOf(event.arch, errno)
      if (ended !== undefined && (ended.flags & Flag.error) !== 0 && ended.ret === result) continue
      const fate = CLOSES.has(call.name) && errno !== 'EBADF' ? 'run' : 'skip'
      const forced: Forced = { ...place, fate, result, ...(onwards ? { onwards: true } : {}) }
      ;(byTurn[turn + rank] ??= []).push({ call: seq, name: call.name, errno, forced, site: title })
    }
  }
  return { sites: [...sites.values()], faults: byTurn.flat().slice(0, MOST_FAULTS) }
}

/** What a branch may cost beyond what its parent has, before it counts as one that hangs. */
const budgetFor = (recipe: Recipe, trace: Trace): Budget => ({
  events: Math.min(recipe.budget.events, 4 * trace.length + 4000),
  // Virtual nanoseconds. A second of them is ten or so of a laptop's milliseconds per task.
  cpu: Math.min(recipe.budget.cpu, DEFAULT_BUDGET.cpu / 10),
  output: Math.min(recipe.budget.output, 2 ** 20 + 4 * trace.outputs.payloadLength),
  statements: Math.min(recipe.budget.statements, DEFAULT_BUDGET.statements / 8),
})

/** The recipe of the branch in which a call fails. */
export const recipeWith = (recipe: Recipe, trace: Trace, { forced }: Pick<Fault, 'forced'>): Recipe => ({
  ...recipe, forced: [...(recipe.forced ?? []), forced], budget: budgetFor(recipe, trace),
})
