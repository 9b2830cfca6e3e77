import { preview1ByName } from '../syscall/preview1.ts'
import { applies, type When } from './condition.ts'
import { PtraceError } from './problem.ts'
import type { RawCalls, SpawnOptions } from './raw.ts'
import type { Stop } from './stop.ts'
import { Stops } from './trace.ts'
import { CallOutcome, MISTAKE, VirtualCall, type After } from './virtual-call.ts'

/** Decides a call, or leaves that to the next rule. One that waits (for `sleep`) is awaited. */
export type Handler = (call: VirtualCall) => unknown

/** A handler for some calls of a name only. */
export interface Rule {
  readonly when?: When
  readonly do: Handler
}

/** By the name of the call: who decides about it. The first rule that decides wins. */
export type Rules = Readonly<Record<string, Handler | Rule | readonly (Handler | Rule)[] | undefined>>

/** Whom to virtualise: a task, or a program that is started for it. */
export type Guest = number | string | ({ readonly name?: string } & Omit<SpawnOptions, 'trace'>)

/** How a task ended. */
export interface Ended {
  readonly pid: number
  readonly task: string
  /** Its wait status. */
  readonly status: number
  /** Its exit code, or the signal that ended it. */
  readonly code: number | undefined
  readonly signal: number | undefined
}

const DEFAULT = 'default'

/**
 * A partial virtual machine, in umview's way: each call is run silently (PTRACE_VM_SKIPEXIT, 2), run and told about
 * (0), run with changed arguments, or virtualised (SKIPCALL, which implies SKIPEXIT: 6), as its rules decide in the
 * entry stop. A call that no rule decides runs silently, so there is one stop per call, and a second one only where
 * somebody asked for it.
 *
 * Ends when the tasks have ended. @throws PtraceError for rules that cannot be
 */
export const virtualize = async (calls: RawCalls, guests: Guest | readonly Guest[], rules: Rules): Promise<Ended | readonly Ended[]> => {
  const table = tableOf(calls, rules)
  const many = Array.isArray(guests)
  const pids = ((many ? guests : [guests]) as readonly Guest[]).map((guest) => start(calls, guest))
  const after = new Map<number, After>()
  const ended = new Map<number, Ended>()
  for await (const stop of new Stops(calls, pids, {})) {
    switch (stop.kind) {
      case 'syscall-entry': {
        const hook = await decide(calls, stop, table)
        if (hook !== undefined) after.set(stop.pid, hook)
        break
      }
      case 'syscall-exit': {
        const hook = after.get(stop.pid)
        after.delete(stop.pid)
        if (hook !== undefined) await hook(new CallOutcome(stop, stop.call))
        break
      }
      case 'exited':
      case 'killed': {
        const { pid, task, status, code, signal } = stop
        ended.set(pid, Object.freeze({ pid, task, status, code, signal }))
      }
    }
  }
  const all = pids.flatMap((pid) => ended.get(pid) ?? [])
  return many ? all : (all[0] as Ended)
}

type Table = ReadonlyMap<string, readonly Rule[]>

const tableOf = (calls: RawCalls, rules: Rules): Table => {
  const table = new Map<string, readonly Rule[]>()
  for (const [name, given] of Object.entries(rules)) {
    if (name !== DEFAULT && !preview1ByName.has(name)) {
      throw wrong(calls, `there is no call ${name}`, 'Use a name of wasi_snapshot_preview1 such as fd_write, or `default`.')
    }
    if (given === undefined) continue
    const several = (Array.isArray(given) ? given : [given]) as readonly (Handler | Rule)[]
    table.set(name, several.map((one) => {
      const rule = typeof one === 'function' ? { do: one } : one
      if (typeof (rule as Partial<Rule> | null)?.do === 'function') return rule
      throw wrong(calls, `a rule for ${name} does nothing`, 'Give a function, or `{ when: { … }, do(call) { … } }`.')
    }))
  }
  return table
}

const start = (calls: RawCalls, guest: Guest): number => {
  if (typeof guest === 'number') return guest
  if (typeof guest === 'string') return calls.spawn(guest)
  const { name, ...options } = guest
  return calls.spawn(name, options)
}

/** Asks the rules, and leaves the decision with the stop; answers what is to be called at the exit stop. */
const decide = async (calls: RawCalls, stop: Stop, table: Table): Promise<After | undefined> => {
  const seen = stop.call
  const rules = table.get(seen.name) ?? []
  const others = table.get(DEFAULT) ?? []
  if (rules.length === 0 && others.length === 0) {
    stop.skipExit()
    return undefined
  }
  const call = new VirtualCall(stop, seen, (why, cure) => wrong(calls, why, cure))
  for (const rule of rules.length === 0 ? others : [...rules, ...others]) {
    if (call.decided) break
    if (applies(rule.when, call)) await rule.do(call)
  }
  VirtualCall.finish(call)
  const decided = VirtualCall.decidedOf(call)
  if (decided?.kind === 'virtualised') return undefined
  if (decided?.report === true) return decided.then
  stop.skipExit()
  return undefined
}

const wrong = (calls: RawCalls, why: string, cure: string): PtraceError =>
  new PtraceError(MISTAKE, calls.conversation.ticks.line, why, cure)
