import { SIGNAL_MAX, defaultAction, signalName } from '../abi/signal.ts'
import { decodeResult } from '../decode/call.ts'
import { signoText, tagsText } from '../decode/request.ts'
import { hexText, plural } from '../decode/text.ts'
import type { Decision, DecisionRequest } from '../recipe.ts'
import { effectOf, type Effect, type Standing } from './effect.ts'

/** What a decision will do, told before it is made. */
export interface Consequence {
  /** `sets ret to 51`, in the order in which it is done. */
  readonly edits: readonly string[]
  /** `ptrace(PTRACE_SYSCALL, 2, PTRACE_VM_SKIPCALL, 0)` */
  readonly request: string
  /** What follows, to stand behind a colon; ends with a full stop. */
  readonly follows: string
}

export const REQUEST_NAMES: Readonly<Record<DecisionRequest, string>> = {
  syscall: 'PTRACE_SYSCALL', sysemu: 'PTRACE_SYSEMU', cont: 'PTRACE_CONT', detach: 'PTRACE_DETACH', kill: 'PTRACE_KILL',
}

/** The request as C has it; the tracee's pid is the second argument. */
export const decisionText = (pid: number, { request, tags, signal }: Pick<Decision, 'request' | 'tags' | 'signal'>): string =>
  request === 'kill'
    ? `ptrace(${REQUEST_NAMES.kill}, ${pid}, 0, 0)`
    : `ptrace(${REQUEST_NAMES[request]}, ${pid}, ${tags === 0 || request === 'detach' ? '0' : tagsText(tags)}, ${signoText(signal)})`

/**
 * The consequence of a decision at a stop.
 * @param argName the names of the call's arguments, for edits of registers
 */
export const consequenceOf = (stop: Standing, decision: Decision, argName: (index: number) => string): Consequence => ({
  edits: editsOf(decision, argName),
  request: decisionText(stop.pid, decision),
  follows: `${sentenceOf(stop, decision, effectOf(stop, decision)).join(', ')}.`,
})

/** What a decision edits, in words. */
export const editsOf = ({ args, result, memory }: Decision, argName: (index: number) => string): readonly string[] => [
  ...(args ?? []).map(([index, value]) => `sets ${argName(index)} to ${value}`),
  ...(result === undefined ? [] : [`sets ret to ${result}`]),
  ...(memory ?? []).map(({ addr, bytes }) => `writes ${plural(bytes.length, 'byte')} to ${hexText(addr)}`),
]

const sentenceOf = (stop: Standing, decision: Decision, effect: Effect): readonly string[] => {
  const { task, call, kind } = stop
  const { request } = decision
  if (request === 'kill') return [kind === 'entry' ? `${call} does not run` : `${task} does nothing more`, 'SIGKILL ends it here']
  return [...callClause(stop, decision, effect), ...signalClause(stop, decision), ...nextClause(stop, decision, effect)]
}

/** What becomes of the call at hand. */
const callClause = (stop: Standing, decision: Decision, { runs }: Effect): readonly string[] => {
  const { task, call, kind } = stop
  if (runs === true) {
    if (!stop.returns) return [`${call} runs and does not come back: ${task} ends`]
    return [`${call} runs${decision.result === undefined ? '' : ' and overwrites ret'}`]
  }
  if (runs === false) {
    const why = stop.emulated && (decision.tags & 4) === 0 ? ', because PTRACE_SYSEMU led here' : ''
    if (!stop.returns) return [`${call} does not run${why}`, `${task} goes on behind a call that never returns, probably into unreachable`]
    return [`${call} does not run${why}`, `${task} reads ${decodeResult(stop.arch, decision.result ?? stop.ret).brief}`]
  }
  if (kind === 'exit' && decision.result !== undefined) return [`${task} reads ${decodeResult(stop.arch, decision.result).brief}`]
  return []
}

const ACTIONS = {
  term: 'ends', core: 'ends', stop: 'stops', cont: 'does nothing to', ignore: 'does nothing to',
} as const

/** What the signal does: at its own stop it is delivered, at a stop of a call it comes back as one. */
const signalClause = ({ kind, task, signo }: Standing, { signal }: Decision): readonly string[] => {
  const name = signal > 0 && signal <= SIGNAL_MAX ? signalName(signal) : `${signal}`
  switch (kind) {
    case 'signal':
      if (signal === 0) return [`${signalName(signo)} is dropped`]
      return [`${signal === signo ? '' : `${signalName(signo)} is replaced: `}${name} is delivered, and ${ACTIONS[defaultAction(signal)]} ${task}`]
    case 'entry':
    case 'exit':
      return signal === 0 ? [] : [`${name} is queued and is looked at before guest code goes on`]
    default:
      return signal === 0 ? [] : [`${name} is ignored: no signal can be given at this stop`]
  }
}

const nextClause = (stop: Standing, { request, tags, signal }: Decision, { next, runs }: Effect): readonly string[] => {
  const { task, kind } = stop
  if (request === 'detach') return [`${task} is traced no longer, and no tag survives`]
  if (runs === true && !stop.returns) return []
  const useless = tags !== 0 && stop.place === 'other' ? ['the tag does nothing here'] : []
  const silent = stop.place !== 'other' && next !== 'exit' ? ['no exit stop follows'] : []
  switch (next) {
    case 'exit':
      return ['its exit stop follows']
    case 'entry':
      if (request === 'sysemu') return [...useless, ...silent, 'the next call stops at its entry and is not run']
      return [...useless, ...silent, `the next stop is the entry of ${task}’s next call`]
    case 'signal':
      return [...useless, ...silent, 'the next stop is the signal’s']
    case 'group':
      return [...useless, 'the next stop is its group-stop']
    default:
      // A signal that ends it has been told of already.
      return kind === 'signal' && signal !== 0 && ENDS.has(defaultAction(signal)) ? useless : [...useless, ...silent, `${task} runs free`]
  }
}

const ENDS: ReadonlySet<string> = new Set(['term', 'core'])
