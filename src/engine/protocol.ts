import type { Steps } from './history/steps.ts'
import type { Walk } from './kernel/path-walk.ts'
import type { Decision, Recipe } from './recipe.ts'
import type { Local } from './script/local.ts'
import type { Chunk, Seq, TableName } from './trace/format.ts'

/**
 * Between the page and the machine in its sandbox: two unions of messages, readable as a protocol, checked on
 * arrival. The page trusts nothing that the machine says beyond its form.
 */

/** Page to machine. */
export type ToMachine =
  | {
      readonly type: 'run'
      readonly recipe: Recipe
      /** Guests by hash. */
      readonly modules: Readonly<Record<string, Uint8Array>>
      /** From so many events on the page is told everything, line by line: the script may never come back; −1: never. */
      readonly eager: number
      /**
       * The text of @wasmer/wasi's module, `dist/Library.esm.min.js` as npm has it: the recipe's host may need it, and
       * whenever it is there its file system is the disk behind the kernel's.
       */
      readonly wasmer?: string
    }
  | { readonly type: 'input'; readonly text: string }
  | { readonly type: 'end-of-input' }
  /** By hand: what to do at the stop that the machine waits at. */
  | { readonly type: 'decide'; readonly decision: Decision }
  | { readonly type: 'stop' }
  /** So many pieces of the trace have been taken in since the last time: the machine does not run far ahead of the page. */
  | { readonly type: 'taken'; readonly chunks: number }
  /** May these bytes be a guest? A machine that is asked runs nothing. */
  | { readonly type: 'inspect'; readonly bytes: Uint8Array }
  /** While the run waits or when it has ended: its file system, and the bytes of one file; now, or as they were at an event. */
  | { readonly type: 'list-files'; readonly at?: Seq }
  | { readonly type: 'read-file'; readonly path: string; readonly at?: Seq }
  /** Likewise: the guest of an event as it was there. */
  | { readonly type: 'look'; readonly look: Look }
  /** Likewise: the instructions that its guest ran behind an event, the `from`th, from 1, and those after it. */
  | { readonly type: 'list-steps'; readonly seq: Seq; readonly from: number; readonly count: number }
  /** Likewise: who wrote these bytes of its guest last up to an event, or next after it. */
  | { readonly type: 'who-wrote'; readonly seq: Seq; readonly addr: number; readonly length: number; readonly which: 'last' | 'next' }
  /** Likewise: the way of a path as it was before an event, from the root. */
  | { readonly type: 'walk-path'; readonly seq: Seq; readonly path: string }

/** Machine to page. */
export type FromMachine =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly what: 'loading' | 'rewriting' | 'compiling' | 'rebuilding' | 'running'; readonly name: string }
  | { readonly type: 'chunk'; readonly table: TableName; readonly chunk: Chunk }
  /** `input`: what was typed has been taken up here. */
  | { readonly type: 'took'; readonly at: number; readonly text?: string; readonly end?: true }
  /** Everybody waits for the terminal. */
  | { readonly type: 'waiting'; readonly for: 'input' }
  /** By hand: this stop waits for a decision. */
  | { readonly type: 'waiting'; readonly for: 'decision'; readonly pid: number; readonly seq: number }
  /** By hand: what was decided is part of the recipe. */
  | { readonly type: 'decided'; readonly decision: Decision }
  /** Still alive, after so many entries into the kernel and events; `line` of the script, 0 outside of it. */
  | { readonly type: 'alive'; readonly entries: number; readonly events: number; readonly time: number; readonly line: number }
  /** `spins`: the guests that computed without end, as far as one can tell. */
  | { readonly type: 'ended'; readonly end: RunEnd; readonly digest: string; readonly counts: Counts; readonly spins?: readonly Spin[] }
  /** Why it is no guest, in a sentence; nothing if it is one. */
  | { readonly type: 'inspected'; readonly sentence?: string }
  /** `more`: there are more than can be listed. `at`: as they were at this event, where the past was asked for. */
  | { readonly type: 'listing'; readonly entries: readonly FileEntry[]; readonly more: boolean; readonly at?: Seq }
  /** Without bytes: there is no such file any more. */
  | { readonly type: 'file'; readonly path: string; readonly bytes?: Uint8Array }
  | { readonly type: 'sight'; readonly sight: Sight }
  | { readonly type: 'steps'; readonly steps: Steps | { readonly sentence: string } }
  | { readonly type: 'writer'; readonly writer: Writer }
  | { readonly type: 'walk'; readonly walk: Walk }

/** What is asked about a guest of the past. */
export interface Look {
  /** After this event. */
  readonly seq: Seq
  /** So many instructions behind it, from 1: then the function's locals are told as well. */
  readonly steps?: number
  /** Stretches of its memory that are wanted, in bytes; what lies outside of it is left out. */
  readonly ranges: readonly MemoryRange[]
  /** Where these bytes are is wanted as well. */
  readonly find?: Uint8Array
}
export interface MemoryRange {
  readonly addr: number
  readonly length: number
}

/** What was seen: or a sentence that says why nothing could be. */
export type Sight =
  | { readonly seq: Seq; readonly sentence: string }
  | {
      readonly seq: Seq
      /** Of the memory, in bytes. */
      readonly size: number
      readonly stackPointer: number
      readonly pieces: readonly { readonly addr: number; readonly bytes: Uint8Array }[]
      /** Addresses, in order; a thousand at most. */
      readonly found: readonly number[]
      /** The functions that it is in, innermost first. */
      readonly frames: readonly Frame[]
      /** At a step: the locals of the innermost of them. */
      readonly locals?: readonly Local[]
    }

/** A function that a guest is in. */
export interface Frame {
  /** Its index in the module as its toolchain made it. */
  readonly func: number
  readonly name?: string
  /** The instruction that it is at, an offset in the module's code section, where the engine says it. */
  readonly codeOffset?: number
}

/** Where a guest computes that was ended for it. */
export interface Spin {
  readonly pid: number
  readonly name: string
  /** Its program's. */
  readonly hash: string
  /** The functions that it is in, innermost first; one at least. */
  readonly frames: readonly Frame[]
}

/** Who wrote some bytes. */
export type Writer =
  | { readonly sentence: string }
  /** Nobody has, or will. */
  | { readonly by: 'nobody' }
  /** A call or a tracer, with this event; 0: there is no event of it. */
  | { readonly by: 'kernel'; readonly seq: Seq }
  /** The guest's own code, after the one event and before the other. */
  | { readonly by: 'guest'; readonly after: Seq; readonly seq: Seq; readonly frames: readonly Frame[] }

/** A name in the guests' file system. */
export interface FileEntry {
  readonly path: string
  readonly kind: 'file' | 'directory' | 'link'
  /** In bytes; 0 for what is no file. */
  readonly size: number
  /** Last modification, in nanoseconds since 1970-01-01 UTC. */
  readonly mtim: bigint
  /** Something about it is not as the recipe laid it out. */
  readonly changed: boolean
  /** Where a link leads. */
  readonly link?: string
}

/** How a run ended. */
export type RunEnd =
  | { readonly kind: 'exited' }
  /** The person pressed Stop; `at` belongs into the recipe. */
  | { readonly kind: 'stopped'; readonly at: number }
  | { readonly kind: 'failed'; readonly failure: Failure }

/** What a run cost, for the cost meter. */
export interface Counts {
  readonly stops: number
  readonly requests: number
  readonly calls: number
  readonly suspensions: number
  readonly bytesPeeked: number
}

/**
 * What went wrong, each with a title, a place, a cause and a cure, always in that order (ux.md, "Bad scripts").
 */
export interface Failure {
  readonly kind:
    | 'syntax' | 'exception' | 'errno' | 'never-resumed' | 'deadlock' | 'budget' | 'endless' | 'not-deterministic'
    | 'two-waits' | 'stuck' | 'bad-module' | 'machine'
  readonly title: string
  /** Line of the script, from 1, where there is one; column from 1. */
  readonly line?: number
  readonly column?: number
  readonly cause: string
  readonly cure: string
  /** Who waits for whom, one line a task. */
  readonly tasks?: readonly string[]
}
