import { EventKind, type Seq } from '../trace/format.ts'
import type { Trace } from '../trace/trace.ts'
import { signalName } from '../abi/signal.ts'
import { WEXITSTATUS, WIFEXITED, WIFSIGNALED, WTERMSIG } from '../abi/wait.ts'
import { eventLineText } from '../decode/line.ts'
import { lossyText } from '../kernel/text.ts'
import { amountOf, matcherOf, matching, seqOf, valueText } from './amount.ts'
import { ENDS, type Check, type CheckResult, type Comparison } from './check-data.ts'
import type { Answer } from './exercise.ts'
import { endingOf, guestOf, outputText, printedText, type Outcome, type Runs } from './outcome.ts'
import { shown, textFault } from './text-test.ts'

/** What was found, if it is not what was wanted, and the event that shows it. */
interface Fault {
  readonly found: string
  readonly seq?: Seq | undefined
}
type Of<K extends Check['kind']> = Extract<Check, { kind: K }>

const first = (seqs: Iterable<Seq>): Seq | undefined => {
  for (const seq of seqs) return seq
  return undefined
}
const eventName = (trace: Trace, seq: Seq): string => `event ${seq}, ${shown(eventLineText(trace, seq))}`

const some = ({ filter }: Of<'some'>, { answer }: Runs): Fault | undefined =>
  first(matching(answer.trace, filter)) === undefined ? { found: `nothing in the trace matches ${filter}` } : undefined

const none = ({ filter }: Of<'none'>, { answer: { trace } }: Runs): Fault | undefined => {
  const seq = first(matching(trace, filter))
  return seq === undefined ? undefined : { found: `there is ${eventName(trace, seq)}`, seq }
}

const every = ({ filter, also }: Of<'every'>, { answer: { trace } }: Runs): Fault | undefined => {
  const match = matcherOf(also)
  for (const seq of matching(trace, filter)) {
    if (!match(trace, seq)) return { found: `${eventName(trace, seq)}, does not match ${also}`, seq }
  }
  return undefined
}

const COMPARISONS: Readonly<Record<Comparison, readonly [words: string, holds: (a: number, b: number) => boolean]>> = {
  '=': ['', (a, b) => a === b],
  '!=': ['another number than ', (a, b) => a !== b],
  '<': ['fewer than ', (a, b) => a < b],
  '<=': ['at most ', (a, b) => a <= b],
  '>': ['more than ', (a, b) => a > b],
  '>=': ['at least ', (a, b) => a >= b],
}

/** The event with which the left side grew beyond the right one, or the last that it counts. */
const breaking = ({ left, is }: Of<'compare'>, limit: number, runs: Runs): Seq | undefined => {
  if (typeof left !== 'object' || !('count' in left) || (left.in ?? 'answer') !== 'answer') return undefined
  const seqs = [...matching(runs.answer.trace, left.count)]
  return is === '<=' || is === '=' ? (seqs[limit] ?? seqs.at(-1)) : is === '<' ? (seqs[limit - 1] ?? seqs.at(-1)) : seqs.at(-1)
}

const compare = (check: Of<'compare'>, runs: Runs): Fault | undefined => {
  const left = amountOf(check.left, runs)
  const right = amountOf(check.right, runs)
  const [words, holds] = COMPARISONS[check.is]
  return holds(left, right) ? undefined : { found: `expected ${words}${right}, found ${left}`, seq: breaking(check, right, runs) }
}

const order = (check: Of<'order'>, { answer: { trace } }: Runs): Fault | undefined => {
  const firsts = [...matching(trace, check.first)]
  const thens = [...matching(trace, check.then)]
  if (check.each !== true) {
    const [one] = firsts
    const [two] = thens
    if (one === undefined) return { found: `nothing in the trace matches ${check.first}` }
    if (two === undefined) return { found: `nothing matches ${check.then} after ${eventName(trace, one)}`, seq: one }
    return one < two ? undefined : { found: `${eventName(trace, two)}, comes before ${eventName(trace, one)}`, seq: two }
  }
  let next = 0
  for (const [i, one] of firsts.entries()) {
    while ((thens[next] ?? Infinity) <= one) next++
    const then = thens[next] ?? Infinity
    if (then === Infinity || then > (firsts[i + 1] ?? Infinity)) return { found: `nothing that matches ${check.then} follows ${eventName(trace, one)}`, seq: one }
  }
  return undefined
}

const lastOutput = ({ trace }: Outcome): Seq | undefined => (trace.outputs.length === 0 ? undefined : trace.output(trace.outputs.length - 1).seq)

const fileText = ({ files }: Outcome, path: string): string | undefined => {
  const bytes = files.get(path)
  return bytes === undefined ? undefined : lossyText(bytes)
}

const file = (check: Of<'file'>, runs: Runs): Fault | undefined => {
  const text = fileText(runs.answer, check.path)
  if (text === undefined && check.as === undefined) return { found: `there is no file ${check.path}` }
  const found = textFault(check, text ?? '', runs, true, (outcome) => fileText(outcome, check.path) ?? '')
  return found === undefined ? undefined : { found: `${check.path}: ${found}` }
}

const exit = (check: Of<'exit'>, runs: Runs): Fault | undefined => {
  const name = check.program ?? guestOf(runs.answer)?.name ?? 'the guest'
  const ending = endingOf(runs.answer, check.program)
  if (guestOf(runs.answer, check.program) === undefined) return { found: `${check.program ?? 'the guest'} was never started` }
  if (ending === undefined) return { found: `${name} has not ended` }
  const { status, words, seq } = ending
  if (check.as !== undefined) {
    const other = runs[check.as]
    const wanted = other === undefined ? undefined : endingOf(other, check.program)
    return wanted?.status === status ? undefined : { found: `expected it to end ${wanted?.words ?? 'never'}, it ended ${words}`, seq }
  }
  const right =
    check.signal !== undefined ? WIFSIGNALED(status) && signalName(WTERMSIG(status)) === check.signal
    : check.code === undefined || (WIFEXITED(status) && WEXITSTATUS(status) === check.code)
  const wanted = check.signal !== undefined ? `killed by ${check.signal}` : `with exit code ${check.code}`
  return right ? undefined : { found: `expected ${name} to end ${wanted}, it ended ${words}`, seq }
}

const plain = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ').replace(/[.!;]$/, '')

const question = (check: Of<'question'>, runs: Runs, answer: Answer): Fault | undefined => {
  const reply = answer.replies[check.id]
  if (reply === undefined || reply.trim() === '') return { found: 'you have not answered yet' }
  const right = valueText(check.right, runs)
  const same = plain(reply) === plain(right) || (/^\s*-?[\d_.]+\s*$/.test(reply) && /^-?\d+$/.test(right) && Number(reply.replaceAll('_', '')) === Number(right))
  // The right answer stays unsaid: it is to be found, not copied.
  return same ? undefined : { found: `${shown(reply)} is not it`, seq: seqOf(check.right, runs) || undefined }
}

const fault = (check: Check, runs: Runs, answer: Answer): Fault | undefined => {
  switch (check.kind) {
    case 'some':
      return some(check, runs)
    case 'none':
      return none(check, runs)
    case 'every':
      return every(check, runs)
    case 'compare':
      return compare(check, runs)
    case 'order':
      return order(check, runs)
    case 'output': {
      const textOf = (outcome: Outcome): string => outputText(outcome, check.fd)
      const found = textFault(check, textOf(runs.answer), runs, true, textOf)
      return found === undefined ? undefined : { found, seq: lastOutput(runs.answer) }
    }
    case 'printed': {
      const { text, last } = printedText(runs.answer)
      const found = textFault(check, text, runs, false, (outcome) => printedText(outcome).text)
      return found === undefined ? undefined : { found, seq: last || undefined }
    }
    case 'file':
      return file(check, runs)
    case 'no-file':
      return runs.answer.files.has(check.path) ? { found: `${check.path} is there` } : undefined
    case 'exit':
      return exit(check, runs)
    case 'question':
      return question(check, runs, answer)
  }
}

/** Does it stay so, whatever the rest of the run brings? */
const isSettled = (check: Check, passed: boolean): boolean => {
  switch (check.kind) {
    case 'some':
      return passed
    case 'none':
    case 'every':
      return !passed
    case 'compare':
      if (typeof check.right !== 'number') return false
      return check.is === '>' || check.is === '>=' ? passed : (check.is === '<' || check.is === '<=') && !passed
    default:
      return false
  }
}

const capital = (text: string): string => text.replace(/^./u, (letter) => letter.toUpperCase())

/** What one check says of the runs. While the student's run goes on, what may still change is open. */
export const evaluate = (check: Check, runs: Runs, answer: Answer): CheckResult => {
  const { id } = check
  const found = fault(check, runs, answer)
  if (runs.answer.end === undefined && !isSettled(check, found === undefined)) return { id, state: 'open' }
  if (found === undefined) return { id, state: 'passed' }
  const text = check.otherwise === undefined ? `${capital(found.found)}.` : `${check.otherwise} (${capital(found.found)}.)`
  return { id, state: 'failed', found: text, ...(found.seq === undefined || found.seq === 0 ? {} : { seq: found.seq }) }
}

/** The check that every exercise has: the run comes to its end. */
export const evaluateEnd = ({ end, trace }: Outcome): CheckResult => {
  if (end === undefined) return { id: ENDS, state: 'open' }
  if (end.kind === 'exited') return { id: ENDS, state: 'passed' }
  const found = end.kind === 'stopped' ? 'The run was stopped before its end.' : `${end.failure.title}: ${end.failure.cause}`
  const { kind } = trace.events.columns
  const last = trace.length > 0 && kind[trace.length - 1] === EventKind.failure ? trace.length : undefined
  return { id: ENDS, state: 'failed', found, ...(last === undefined ? {} : { seq: last }) }
}
