/**
 * A run is a function of its recipe: the same recipe gives the same trace, event for event, in every browser and
 * in Node. Everything that could make a difference is here, and nothing else reaches the engine.
 */
export interface Recipe {
  readonly version: 1
  /** The engine's semantics (`SEMANTICS`); tables of costs, pids and limits belong to it. */
  readonly engine: number
  /** Programs that a script may spawn, by name; the first is the one that `spawn()` without a name starts. */
  readonly programs: readonly Program[]
  /** Source of the tracer script (TypeScript), or undefined: the first program then runs untraced. */
  readonly script?: string
  readonly files: readonly RecipeFile[]
  /** What fd 0 reads at once; with `tty` it is typed before the start. */
  readonly stdin: string
  /** fd 0 is a terminal: it waits for what is typed. Otherwise it ends after `stdin`. */
  readonly tty: boolean
  readonly env: readonly string[]
  readonly seed: number
  /** Seeds who of the ready runs next, and for how long; absent or 0: first come, first served, in equal slices. */
  readonly schedule?: number
  /** What was typed while it ran, with the place where the machine took it up. */
  readonly input: readonly Input[]
  /** A person is the tracer, instead of a script: what was decided so far, in the order of the stops. */
  readonly hand?: readonly Decision[]
  /**
   * With a script and `hand`: from the first stop with this seq (or a later one) that the script waits for, the script
   * is not heard any more, and the person is the tracer in its place.
   */
  readonly handFrom?: number
  /** What a branch does otherwise than the run that it left, in the order of the calls. */
  readonly forced?: readonly Forced[]
  /** Who executes the guests' calls; the kernel unless told. Stops, tags and signals are the kernel's on either. */
  readonly host?: HostName
  /** Record calls that nobody traces as well. */
  readonly untraced: boolean
  readonly budget: Budget
  /** A person pressed Stop: the place where the machine took it up. */
  readonly stopAt?: number
}

/** What a person, who is the tracer, decided at a stop. Edits are made before the request. */
export interface Decision {
  /** The stop's seq in the trace. */
  readonly at: number
  /** Argument registers by index, as decimal text: they have 64 bits. */
  readonly args?: readonly (readonly [number, string])[]
  /** The result register. */
  readonly result?: number
  readonly memory?: readonly { readonly addr: number; readonly bytes: readonly number[] }[]
  readonly request: DecisionRequest
  /** PTRACE_VM's: 0, 2, 4 or 6. */
  readonly tags: number
  /** The signal that the request injects, or 0. */
  readonly signal: number
}
export type DecisionRequest = 'syscall' | 'sysemu' | 'cont' | 'detach' | 'kill'

/**
 * What becomes of one call, whatever its tracer says at its entry: what the tracer left in the registers is changed
 * when the entry stop is resumed, before seccomp looks. An exit stop is made as the tracer asked; what it does there
 * stands. Of a call that nobody traces it is decided before the call is recorded.
 */
export interface Forced {
  /** Of a traced call its entry stop's seq; of another one the seq of its event in the run that was left. */
  readonly at: number
  /**
   * A call that nobody traces has no event until it is over: it is named by its task, and by how many calls of that
   * task the trace shows before it.
   */
  readonly untraced?: { readonly pid: number; readonly nth: number }
  /** `skip`: the call is not run, and returns `result`, or ENOSYS without one. */
  readonly fate: 'run' | 'skip'
  /** What the call returns, as its register holds it: of preview1 an errno, of linux a value or −errno. */
  readonly result?: number
  /** Argument registers by index, as decimal text: they have 64 bits. */
  readonly args?: readonly (readonly [number, string])[]
  /** Every later call of that task with the same number fares likewise. */
  readonly onwards?: true
}

/** The TypeScript kernel, or the npm package `@wasmer/wasi` with a file system of its own. */
export type HostName = 'kernel' | 'wasmer'

export interface Program {
  readonly name: string
  /** SHA-256 of the module's bytes, in hex. */
  readonly hash: string
  /** Arguments after the program's name when the script gives none. */
  readonly argv: readonly string[]
}

export type RecipeFile =
  | { readonly path: string; readonly text: string }
  /** Bytes in base64 (RFC 4648, section 4). */
  | { readonly path: string; readonly base64: string }
  | { readonly path: string; readonly link: string }
  | { readonly path: string; readonly directory: true }

/** Typed text, or the end of the input (^D), taken up after `at` entries into the kernel. */
export interface Input {
  readonly at: number
  readonly text?: string
  readonly end?: true
}

export interface Budget {
  /** Events in the trace; the run ends there. */
  readonly events: number
  /** Virtual nanoseconds that a process may compute (RLIMIT_CPU): then SIGXCPU, a second later SIGKILL. */
  readonly cpu: number
  /** Bytes that the guests may write to the terminal; the run ends there. */
  readonly output: number
  /** Statements that a script may run between two calls of the kernel; the run ends there. */
  readonly statements: number
}

/**
 * The version of what a recipe means: raised by every change after which some recipe gives another trace, be it a table
 * of costs, an errno or the order of two stops. A link has the version that it was made with, so that a run which is not
 * the sender's can say why.
 */
export const SEMANTICS = 1

/** What a stranger's link may cost: a few seconds of a laptop. */
export const DEFAULT_BUDGET: Budget = { events: 1_500_000, cpu: 10_000_000_000, output: 16 * 2 ** 20, statements: 2 ** 27 }

/** Seven is as good as any other: a person who wants another run changes it. */
export const DEFAULT_SEED = 7

/** A recipe with defaults for all but what is given. */
export const makeRecipe = (given: Partial<Recipe> & Pick<Recipe, 'programs'>): Recipe => ({
  version: 1,
  engine: SEMANTICS,
  files: [],
  stdin: '',
  tty: false,
  env: [],
  seed: DEFAULT_SEED,
  input: [],
  untraced: false,
  budget: DEFAULT_BUDGET,
  ...given,
})
