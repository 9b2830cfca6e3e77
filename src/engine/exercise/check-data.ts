import type { Counts } from '../protocol.ts'

/** Whose run: the student's, the same case with nobody tracing, or the model solution's. */
export type RunName = 'answer' | 'plain' | 'solution'

/** A number found in a run. A call counts once, whether it had one stop, two or none. */
export type Amount =
  | number
  /** How many calls, requests, signals, … match the filter. */
  | { readonly count: string; readonly in?: RunName }
  /** How many different calls, tasks, … the matching events have. */
  | { readonly distinct: KeyName; readonly of: string; readonly in?: RunName }
  | { readonly cost: keyof Counts; readonly in?: RunName }
  | { readonly sum: readonly Amount[] }
  | { readonly times: number; readonly of: Amount }

/** What an event is sorted by, or what is asked about it. `text` is a printed line, `line` what strace would print. */
export type KeyName = 'call' | 'pid' | 'comm' | 'path' | 'errno' | 'ret' | 'seq' | 'line' | 'text' | 'signal' | 'size'

/** A word found in a run: of the first or the last event that matches; or the commonest of all. */
export interface Word {
  readonly field: KeyName
  readonly of: string
  readonly which?: 'first' | 'last' | 'commonest'
  readonly in?: RunName
}
export type Value = Amount | Word

/** One test of a text. `{name}` in `text` is replaced by what `values` says of the name. */
export interface TextTest {
  /**
   * `equals` (as a whole), `contains`, `lacks`, `matches` (a regular expression as the filter has them), `words`: one line
   * has all of the words, in any order, and numbers as whole numbers; `lines`: the same lines, in any order.
   */
  readonly test: 'equals' | 'contains' | 'lacks' | 'matches' | 'words' | 'lines'
  /** What is looked for; or the same thing of another run. */
  readonly text?: string
  readonly as?: 'plain' | 'solution'
  readonly values?: Readonly<Record<string, Value>>
  /** Repeats the test for each group of matching events, with `{key}` and `{count}`. */
  readonly each?: { readonly by: KeyName; readonly of: string; readonly in?: RunName }
}

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='

interface Common {
  readonly id: string
  /** What is wanted, as a sentence to the student. */
  readonly wanted: string
  /** In the first case only; in every one unless told. */
  readonly cases?: 'first'
  /** What to say when it fails, instead of what was compared. */
  readonly otherwise?: string
}

/** Something that an answer must fulfil. Filters are those of the page (ux.md, "Filter"). */
export type Check = Common & (
  /** Some event matches; or none; or all that match one match another as well. */
  | { readonly kind: 'some'; readonly filter: string }
  | { readonly kind: 'none'; readonly filter: string }
  | { readonly kind: 'every'; readonly filter: string; readonly also: string }
  | { readonly kind: 'compare'; readonly left: Amount; readonly is: Comparison; readonly right: Amount }
  /** Nothing matches `then` before something matched `first`; with `each`, every `first` is followed by a `then` of its own. */
  | { readonly kind: 'order'; readonly first: string; readonly then: string; readonly each?: boolean }
  /** What guests wrote to their terminal. */
  | ({ readonly kind: 'output'; readonly fd?: 1 | 2 } & TextTest)
  /** What the script printed, a line for each `console.log`. */
  | ({ readonly kind: 'printed' } & TextTest)
  /** A file when all is over. */
  | ({ readonly kind: 'file'; readonly path: string } & TextTest)
  | { readonly kind: 'no-file'; readonly path: string }
  /** How a program ended: the first one, or the first of that name. */
  | { readonly kind: 'exit'; readonly program?: string; readonly code?: number; readonly signal?: string; readonly as?: 'plain' | 'solution' }
  /** The student says it: one of the choices, a number, or words. */
  | { readonly kind: 'question'; readonly choices?: readonly string[]; readonly right: Value | string; readonly in?: RunName }
)

/** What a check came to. `open`: the run is not over, and it may still go either way. */
export interface CheckResult {
  readonly id: string
  readonly state: 'passed' | 'failed' | 'open'
  /** Of a failed one: what was expected and what was found. */
  readonly found?: string
  /** The event that broke it. */
  readonly seq?: number
}

/** Every run must come to its end; that check has this id, and is not written down. */
export const ENDS = 'ends'
