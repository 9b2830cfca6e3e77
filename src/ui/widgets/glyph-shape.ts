import { PTRACE, PTRACE_EVENT, PTRACE_VM_SKIPCALL, PTRACE_VM_SKIPEXIT } from '../../engine/abi/ptrace.ts'
import { isResume, tagsOf } from '../../engine/decode/answers.ts'
import { EventKind, Flag, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { isStep } from './step.ts'

/** What an event looks like: a cap is a stop, a body is the call, a hatch never ran (the mock's three rules). */
export type GlyphShape =
  /** `body`: 'short' to be closed by an exit stop or still undecided; 'open': ran without an exit stop; 'hatch': not run. */
  | { readonly kind: 'entry'; readonly body: 'short' | 'open' | 'hatch'; readonly error: boolean }
  | { readonly kind: 'exit'; readonly hatch: boolean; readonly error: boolean }
  /** A call that nobody traced: no caps. */
  | { readonly kind: 'call'; readonly error: boolean }
  | { readonly kind: 'resume'; readonly tag: 0 | 2 | 4; readonly error: boolean }
  | { readonly kind: 'poke' | 'look'; readonly error: boolean }
  | { readonly kind: 'event'; readonly letter: string }
  | { readonly kind: 'seccomp' | 'signal' | 'step' | 'stop' | 'birth' | 'thread' | 'exec' | 'death' | 'print' | 'failure' }

const POKES: ReadonlySet<number> = new Set([
  PTRACE.PTRACE_POKETEXT, PTRACE.PTRACE_POKEDATA, PTRACE.PTRACE_POKEUSER, PTRACE.PTRACE_SETREGS, PTRACE.PTRACE_SETREGSET,
  PTRACE.PTRACE_SETSIGINFO, PTRACE.PTRACE_SETSIGMASK, PTRACE.PTRACE_SET_SYSCALL_INFO, PTRACE.PTRACE_POKECHARDATA,
  PTRACE.PTRACE_SETOPTIONS,
])
const LETTERS: Readonly<Record<number, string>> = {
  [PTRACE_EVENT.PTRACE_EVENT_FORK]: 'F', [PTRACE_EVENT.PTRACE_EVENT_VFORK]: 'V', [PTRACE_EVENT.PTRACE_EVENT_CLONE]: 'C',
  [PTRACE_EVENT.PTRACE_EVENT_EXEC]: 'X', [PTRACE_EVENT.PTRACE_EVENT_VFORK_DONE]: 'D', [PTRACE_EVENT.PTRACE_EVENT_EXIT]: 'E',
}

/** The requests that change a tracee without letting it go on. */
export const isPoke = (request: number): boolean => POKES.has(request)

/** The tag of a resume as the timeline writes it: 4 stands for SKIPCALL with or without SKIPEXIT. */
const tagOf = (tags: number): 0 | 2 | 4 => ((tags & PTRACE_VM_SKIPCALL) !== 0 ? 4 : (tags & PTRACE_VM_SKIPEXIT) !== 0 ? 2 : 0)

/** The shape of an event, or undefined if there is none with that seq. */
export const glyphShape = (trace: Trace, seq: Seq): GlyphShape | undefined => {
  const event = trace.event(seq)
  if (event === undefined) return undefined
  const error = (event.flags & Flag.error) !== 0
  switch (event.kind) {
    case EventKind.entry: {
      const end = trace.outcome(seq)
      if (end === undefined) return { kind: 'entry', body: 'short', error: false }
      const body = (end.flags & Flag.skipped) !== 0 ? 'hatch' : end.exit > 0 ? 'short' : 'open'
      return { kind: 'entry', body, error: end.exit === 0 && (end.flags & Flag.error) !== 0 }
    }
    case EventKind.exit:
      return { kind: 'exit', hatch: (event.flags & Flag.skipped) !== 0, error }
    case EventKind.call:
      return { kind: 'call', error }
    case EventKind.request: {
      const refused = event.ret < 0
      if (isResume(event.nr)) return { kind: 'resume', tag: tagOf(tagsOf(event.nr, trace.request(seq).addr)), error: refused }
      return { kind: isPoke(event.nr) ? 'poke' : 'look', error: refused }
    }
    case EventKind.event:
      if (event.nr === PTRACE_EVENT.PTRACE_EVENT_SECCOMP) return { kind: 'seccomp' }
      return event.nr === PTRACE_EVENT.PTRACE_EVENT_STOP ? { kind: 'stop' } : { kind: 'event', letter: LETTERS[event.nr] ?? '?' }
    case EventKind.signal:
      return { kind: isStep(trace, seq) ? 'step' : 'signal' }
    case EventKind.group:
      return { kind: 'stop' }
    case EventKind.birth:
      return { kind: (event.flags & Flag.exec) !== 0 ? 'exec' : (event.flags & Flag.thread) !== 0 ? 'thread' : 'birth' }
    case EventKind.death:
      return { kind: 'death' }
    case EventKind.print:
      return { kind: 'print' }
    case EventKind.failure:
      return { kind: 'failure' }
  }
}
