import { WEXITSTATUS, WIFEXITED, WTERMSIG } from '../abi/wait.ts'
import { signalName } from '../abi/signal.ts'
import { lossyText } from '../kernel/text.ts'
import type { Counts, RunEnd } from '../protocol.ts'
import { EventKind, type Seq } from '../trace/format.ts'
import type { Birth, Trace } from '../trace/trace.ts'
import type { RunName } from './check-data.ts'

/** What a host hands over of a run, or of what there is of it so far. */
export interface Outcome {
  readonly trace: Trace
  /** Undefined while it runs. */
  readonly end: RunEnd | undefined
  readonly counts: Counts
  /** The files that were asked for, as the run left them; one that is not there is missing. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** The runs that a check may look at. */
export type Runs = Readonly<Record<'answer', Outcome>> & Partial<Readonly<Record<Exclude<RunName, 'answer'>, Outcome>>>

/** Bytes that guests wrote to a descriptor, or to 1 and 2 together in their order. */
export const outputText = ({ trace }: Outcome, fd?: 1 | 2): string => {
  const pieces: Uint8Array[] = []
  let length = 0
  for (let i = 0; i < trace.outputs.length; i++) {
    const output = trace.output(i)
    // 0 is the terminal's echo of what was typed.
    if (output.fd === 0 || (fd !== undefined && output.fd !== fd)) continue
    pieces.push(output.bytes)
    length += output.bytes.length
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return lossyText(whole)
}

/** What the script printed, a line each, and the event of the last one. */
export const printedText = ({ trace }: Outcome): { readonly text: string; readonly last: Seq } => {
  const { kind, pid } = trace.events.columns
  const lines: string[] = []
  let last = 0
  for (let i = 0; i < trace.length; i++) {
    // The kernel's own remarks are printed by nobody.
    if (kind[i] !== EventKind.print || pid[i] === 0) continue
    lines.push(trace.text(i + 1))
    last = i + 1
  }
  return { text: lines.join('\n'), last }
}

/** The guest that was started first, or the first with that name. */
export const guestOf = ({ trace }: Outcome, program?: string): Birth | undefined =>
  trace.births.find(({ parent, name }) => parent !== 0 && (program === undefined || name === program))

/** How a guest ended, as one says it; undefined if it has not. */
export const endingOf = (outcome: Outcome, program?: string): { readonly words: string; readonly seq: Seq; readonly status: number } | undefined => {
  const guest = guestOf(outcome, program)
  const death = guest === undefined ? undefined : outcome.trace.event(guest.death)
  if (death === undefined) return undefined
  const { status, seq } = death
  const words = WIFEXITED(status) ? `with exit code ${WEXITSTATUS(status)}` : `killed by ${signalName(WTERMSIG(status))}`
  return { words, seq, status }
}
