import type { DecisionRequest } from '../recipe.ts'

/**
 * The table and the rules of ptrace-vm.md as data: what happens after a resume with a tag. The page shows them, the
 * conformance test holds the machine to them.
 */

/** Where the tracee stood when it was resumed: the table's columns. `inside`: an event stop inside a call. */
export type Place = 'entry' | 'other' | 'inside'
export const PLACES: readonly { readonly id: Place; readonly title: string }[] = [
  { id: 'entry', title: 'entry stop' },
  { id: 'other', title: 'exit, signal, group or attach stop' },
  { id: 'inside', title: 'event stop inside a call' },
]

/** The rows. STEP is PTRACE_SINGLESTEP or SINGLEBLOCK. */
export const ROWS = [
  { id: 'syscall-0', title: 'SYSCALL 0' },
  { id: 'syscall-2', title: 'SYSCALL 2' },
  { id: 'syscall-4', title: 'SYSCALL 4, 6' },
  { id: 'cont-0', title: 'CONT 0, 2' },
  { id: 'cont-4', title: 'CONT 4, 6' },
  { id: 'step-0', title: 'STEP 0' },
  { id: 'step-2', title: 'STEP 2' },
  { id: 'step-4', title: 'STEP 4, 6' },
  { id: 'sysemu', title: 'SYSEMU' },
] as const
export type RowId = (typeof ROWS)[number]['id']

/** A sentence that decides, and where it stands: in ptrace-vm.md by number, or in ptrace(2). */
export interface Rule {
  readonly name: string
  readonly sentence: string
}

const rule = (number: number, sentence: string): Rule => ({ name: `rule ${number}`, sentence })

export const RULES = {
  replaced: rule(1, 'Tags are replaced by every successful resume, whatever the stop.'),
  skipCall: rule(2, 'Skip-call is read once: when the tracee leaves a syscall-entry-stop.'),
  skipCallElsewhere: rule(2, 'Skip-call is read when the tracee leaves an entry stop. Given at any other stop it does nothing: no call is pending.'),
  skipExit: rule(3, 'Skip-exit is read when the call has finished, from the latest resume.'),
  skipExitElsewhere: rule(3, 'Skip-exit is read when a call has finished. Here none is going on.'),
  insideCall: rule(3, 'An event stop inside a call is a resume like any other: with 0 the exit stop comes back, a tag suppresses it. A call that has run is never undone.'),
  order: rule(4, 'The skip decision is made, the call runs or not; the queued signal is delivered before guest code goes on.'),
  contSkips: rule(6, 'PTRACE_CONT with 4 at an entry stop skips that call and then lets the tracee run free.'),
  step: rule(7, 'A step from an entry stop runs or skips the call, makes no exit stop, and traps on return to the guest.'),
  noReturn: rule(9, 'A call that does not return can be skipped: the guest goes on, and runs into unreachable (SIGILL).'),
  noTags: rule(10, 'PTRACE_KILL, LISTEN, INTERRUPT and DETACH take no tags.'),
  latched: { name: 'SYSEMU', sentence: 'SYSEMU is latched before the entry stop; PTRACE_VM is decided in it.' },
  syscall: { name: 'ptrace(2)', sentence: 'PTRACE_SYSCALL stops the tracee at the next entry to or exit from a system call.' },
  cont: { name: 'ptrace(2)', sentence: 'PTRACE_CONT restarts the tracee, and its calls do not stop.' },
  noStep: { name: 'ptrace(2)', sentence: 'PTRACE_SINGLESTEP stops the tracee after the execution of a single instruction.' },
} as const satisfies Record<string, Rule>

export interface Cell {
  /** As ptrace-vm.md has it. */
  readonly text: string
  readonly rule: Rule
}

const cell = (text: string, rule: Rule): Cell => ({ text, rule })

const FREE = cell('free', RULES.cont)
const STEP = cell('step', RULES.noStep)
const STEP_ON_RETURN = cell('step trap on return', RULES.step)

export const TABLE: Readonly<Record<RowId, Readonly<Record<Place, Cell>>>> = {
  'syscall-0': {
    entry: cell('run; exit stop', RULES.skipExit),
    other: cell('next entry stop', RULES.syscall),
    inside: cell('call completes; exit stop', RULES.insideCall),
  },
  'syscall-2': {
    entry: cell('run; next stop is the next entry', RULES.skipExit),
    other: cell('as 0', RULES.skipExitElsewhere),
    inside: cell('no exit stop', RULES.insideCall),
  },
  'syscall-4': {
    entry: cell('not run; next stop is the next entry', RULES.skipCall),
    other: cell('as 0', RULES.skipCallElsewhere),
    inside: cell('no exit stop; the call stays done', RULES.insideCall),
  },
  'cont-0': { entry: cell('run; free', RULES.cont), other: FREE, inside: FREE },
  'cont-4': { entry: cell('not run; free', RULES.contSkips), other: cell('free', RULES.skipCallElsewhere), inside: FREE },
  'step-0': { entry: cell('run; step trap on return', RULES.step), other: STEP, inside: STEP_ON_RETURN },
  'step-2': { entry: cell('run; no exit stop; step trap on return', RULES.step), other: STEP, inside: STEP_ON_RETURN },
  'step-4': { entry: cell('not run; step trap on return', RULES.step), other: STEP, inside: STEP_ON_RETURN },
  sysemu: {
    entry: cell('skipped if the previous resume was SYSEMU, or if the tag has 4; no exit stop; next call: entry stop, skipped', RULES.latched),
    other: cell('next call: entry stop, skipped', RULES.latched),
    inside: cell('no exit stop; next call: entry stop, skipped', RULES.latched),
  },
}

/** The row of a request with these tags; undefined for one that takes no tags (rule 10). */
export const rowOfRequest = (request: DecisionRequest, tags: number): RowId | undefined => {
  const skips = (tags & 4) !== 0
  switch (request) {
    case 'syscall':
      return skips ? 'syscall-4' : (tags & 2) !== 0 ? 'syscall-2' : 'syscall-0'
    case 'cont':
      return skips ? 'cont-4' : 'cont-0'
    case 'sysemu':
      return 'sysemu'
    default:
      return undefined
  }
}
