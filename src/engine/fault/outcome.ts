import { WEXITSTATUS, WIFEXITED, WTERMSIG } from '../abi/wait.ts'
import { SIGNAL, signalName } from '../abi/signal.ts'
import { lossyText } from '../kernel/text.ts'
import type { Failure, RunEnd } from '../protocol.ts'
import type { Trace } from '../trace/trace.ts'

/** What a run came to, as far as somebody could tell who sees only its outside. */
export interface Ending {
  readonly end: RunEnd
  /** The wait status of the first guest; undefined if it has not ended. */
  readonly status: number | undefined
  readonly stdout: string
  readonly stderr: string
  /** A digest of the files that it has left; undefined where nobody looked. */
  readonly files: string | undefined
}

/** What became of a run in which a call was made to fail. */
export const OUTCOMES = ['same', 'clean', 'wrong', 'crash', 'hang', 'tracer'] as const
export type OutcomeKind = (typeof OUTCOMES)[number]

export interface FaultOutcome {
  readonly kind: OutcomeKind
  readonly sentence: string
}

/** What guests wrote to a descriptor of the terminal, as text. */
const textOf = (trace: Trace, fd: 1 | 2): string => {
  let text = ''
  for (let i = 0; i < trace.outputs.length; i++) {
    const output = trace.output(i)
    if (output.fd === fd) text += lossyText(output.bytes)
  }
  return text
}

/** What a run that is over came to. */
export const endingOf = (trace: Trace, end: RunEnd, files?: string): Ending => {
  // A script is a process, too: the one that nobody has started.
  const first = trace.births.find(({ parent }) => parent !== 0)
  return { end, status: first === undefined ? undefined : trace.event(first.death)?.status, stdout: textOf(trace, 1), stderr: textOf(trace, 2), files }
}

/** Failures of a run in which it went on for ever, or would have waited for ever. */
const HANGS: ReadonlySet<Failure['kind']> = new Set(['budget', 'deadlock', 'endless', 'stuck'])

/** What a run whose call was made to fail came to, beside the run in which it did not. */
export const judge = (usual: Ending, ending: Ending): FaultOutcome => {
  const { end, status } = ending
  if (end.kind === 'failed') {
    return HANGS.has(end.failure.kind)
      ? { kind: 'hang', sentence: `${end.failure.title}.` }
      : { kind: 'tracer', sentence: `The tracer failed: ${end.failure.title}.` }
  }
  if (status === undefined) return { kind: 'hang', sentence: 'It did not end.' }
  if (!WIFEXITED(status)) {
    const signo = WTERMSIG(status)
    return signo === SIGNAL.SIGXCPU
      ? { kind: 'hang', sentence: 'It computed until its time was up (SIGXCPU).' }
      : { kind: 'crash', sentence: `Killed by ${signalName(signo)}.` }
  }
  const says = ending.stderr.trim() !== '' && ending.stderr !== usual.stderr ? ` It says: ${firstLine(ending.stderr)}` : ''
  const other = [ending.stdout === usual.stdout ? '' : 'output', ending.files === usual.files ? '' : 'files'].filter((what) => what !== '')
  const code = WEXITSTATUS(status)
  if (status === usual.status && other.length === 0) return { kind: 'same', sentence: says === '' ? 'As if nothing had happened.' : `All the same.${says}` }
  if (code !== 0) return { kind: 'clean', sentence: `Exits with ${code}.${says === '' ? ' It says nothing.' : says}` }
  return { kind: 'wrong', sentence: `Exits with 0, with other ${other.length === 0 ? 'status' : other.join(' and ')}.${says}` }
}

const LONGEST = 120

const firstLine = (text: string): string => {
  const [line = ''] = text.trim().split('\n')
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}
