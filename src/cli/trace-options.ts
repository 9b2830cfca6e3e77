import { parseArgs } from 'node:util'
import type { StraceOptions, StraceTimes } from '../engine/decode/strace.ts'
import { DEFAULT_BUDGET, DEFAULT_SEED, type Budget, type HostName } from '../engine/recipe.ts'

/** What the whole trace can be written as, on stdout; the text of strace has a flag of its own, too, for stderr. */
export const EXPORT_FORMATS = ['strace-text', 'json', 'perfetto', 'csv', 'html'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** What `npm run trace` was asked to do. */
export interface TraceOptions {
  readonly show: 'strace' | 'digest' | 'quiet' | ExportFormat
  /** How strace's lines look. */
  readonly lines: StraceOptions
  /** A path, or the name of a bundled guest; undefined where an example says it. */
  readonly guest: string | undefined
  readonly args: readonly string[]
  readonly script: string | undefined
  readonly example: string | undefined
  readonly dirs: readonly { readonly guest: string; readonly host: string }[]
  /** A file, `-` for the standard input. */
  readonly stdin: string | undefined
  readonly seed: number
  /** 0: first come, first served. */
  readonly schedule: number
  /** Undefined: as the example says, else the kernel. */
  readonly host: HostName | undefined
  readonly budget: Budget
  readonly env: readonly string[]
}

/** A mistake in the arguments: told with a hint at --help, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

export const HELP = `Usage: npm run trace -- [options] GUEST [ARGUMENT]...
       npm run trace -- [options] --example ID

Runs a WASI guest (preview1) on the deterministic machine and shows its system calls.
GUEST is the path of a .wasm file, or the name of a bundled guest (hello, cat, ls, …),
which brings its own files and, unless you give some, its own arguments and input.

What is shown
      --strace        the calls as strace -f writes them, on stderr, when the run is over;
                      what the guest writes goes to stdout and stderr as it comes (default)
      --format NAME   the whole trace on stdout, nothing else, when the run is over:
                        strace    as --strace, but on stdout
                        json      one JSON object a line (see below); --json is short for it
                        perfetto  Chrome's trace events, for ui.perfetto.dev
                        csv       a row a call, for spreadsheets
                        html      a page that stands alone; printed it is a handout
      --digest        the digest of the trace on stdout, nothing else: same recipe, same digest
      --quiet         only what the guest writes
      --who NAME      of strace's lines, the tasks: terminal (the default: [pid N] while there
                      are several), file (N in every line, as with -o) or nobody
      --times NAME    the times in front of them: none (the default), r, t, tt or ttt, as
                      strace's options of these names; UTC, by the clock of the machine
      --durations     the time in each call behind them (-T)
      --paths         what descriptors are (-y)

Who traces
      --script FILE   a tracer script (TypeScript, as in the playground). What it prints goes
                      to stderr as it comes; the calls are listed only with --strace
      --example ID    an example of the playground: its script with its guest

What the guest finds
      --dir GUEST=HOST   a folder of the host under the name GUEST; may be repeated. It works
                      on a copy; when the run is over its changes, deletions too, are made in
                      the folder. A run that fails changes nothing
      --stdin FILE    its standard input (UTF-8); - reads this program's own to its end first
      --env NAME=VALUE   a variable of its environment, which is empty otherwise; repeatable
      --seed N        seeds its random numbers (default ${DEFAULT_SEED})
      --schedule N    seeds who of several runs next, and for how long; 0, the default, is
                      first come, first served
      --host NAME     who executes its calls: kernel (ours, the default) or wasmer (the npm
                      package @wasmer/wasi): the same stops, and a trace to compare
      --budget LIST   where the run ends, e.g. events=200k,cpu=500ms,output=1M
                        events      events in the trace (default ${DEFAULT_BUDGET.events})
                        cpu         computing time of a process: then SIGXCPU (default ${DEFAULT_BUDGET.cpu / 1e9}s)
                        output      bytes written to the terminal (default ${DEFAULT_BUDGET.output})
                        statements  of the script between two calls (default ${DEFAULT_BUDGET.statements})
                      numbers take k, M, G (powers of 1000), times take ns, us, ms, s
      --help          this text

Options come before GUEST: what follows it belongs to the guest.

Exit code: the guest's own, 128 + N when signal N killed it; 1 when the run failed (the reason
is on stderr: what, where, why, and what to do), 2 for a mistake in the arguments.
^C stops the run and shows what there is.

JSON lines, version 1: every object has a "kind".
  head      format version title epoch           the first line
  birth     seq time pid parent name argv        a task begins
  entry     seq time pid call args [ret result]  a syscall-entry-stop; args by name, as text;
                                                 how it ended, if it has no exit-stop
  exit      seq time pid call args ret result link   its exit-stop; link: seq of the entry
  call      seq time pid call args ret result    a call that nobody traced, whole
  event     seq time pid event message           a PTRACE_EVENT stop
  signal    seq time pid signal code sender      a signal-delivery-stop
  group     seq time pid signal                  a group-stop
  request   seq time pid by request text result link line   a tracer's request
  print     seq time line text                   a line of the script (line 0: of the machine)
  death     seq time pid status                  a wait status, as waitpid(2) gives it
  outcome   time pid link ret                    how the call of entry link ended without a stop
  output    seq time pid fd text | base64url     bytes for the terminal, after event seq
  end       events digest end counts             the last line; "end" says how it ended
Beside these, "row" and "payload" are the trace itself: the playground opens the file again.
seq counts events from 1, time is virtual nanoseconds since boot.

Examples
  npm run trace -- cat /home/poem.txt
  npm run trace -- --dir /=. --seed 8 ./program.wasm --flag
  npm run trace -- --script tracer.ts ls
  npm run trace -- --digest --example strace`

const FLAGS = {
  strace: { type: 'boolean' },
  json: { type: 'boolean' },
  format: { type: 'string' },
  who: { type: 'string' },
  times: { type: 'string' },
  durations: { type: 'boolean' },
  paths: { type: 'boolean' },
  digest: { type: 'boolean' },
  quiet: { type: 'boolean' },
  script: { type: 'string' },
  example: { type: 'string' },
  dir: { type: 'string', multiple: true },
  stdin: { type: 'string' },
  seed: { type: 'string' },
  schedule: { type: 'string' },
  host: { type: 'string' },
  budget: { type: 'string', multiple: true },
  env: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
} as const

/** Where the guest's own arguments begin: behind the first word that is no option and no option's value. */
const splitAtGuest = (words: readonly string[]): { readonly own: readonly string[]; readonly rest: readonly string[] } => {
  let i = 0
  while (i < words.length) {
    const word = words[i] as string
    if (word === '--') return { own: words.slice(0, i), rest: words.slice(i + 1) }
    if (!word.startsWith('-') || word === '-') break
    const flag = FLAGS[word.slice(2) as keyof typeof FLAGS] as { readonly type: string } | undefined
    i += flag?.type === 'string' ? 2 : 1
  }
  return { own: words.slice(0, i), rest: words.slice(i) }
}

/** Reads the command line; undefined where help was asked for. Throws a UsageError. */
export const readTraceOptions = (words: readonly string[]): TraceOptions | undefined => {
  const { own, rest } = splitAtGuest(words)
  const given = parsed(own)
  if (given.help === true) return undefined
  const shown = (['strace', 'json', 'digest', 'quiet'] as const).filter((name) => given[name] === true)
  const flags = [...shown, ...(given.format === undefined ? [] : ['format'])]
  if (flags.length > 1) throw new UsageError(`--${flags[0]} and --${flags[1]} exclude each other`)
  const { script, example } = given
  if (script !== undefined && example !== undefined) throw new UsageError('--example brings its own script')
  const [guest, ...args] = rest
  if (example !== undefined && guest !== undefined) throw new UsageError(`--example brings its own guest: what is ${guest}?`)
  if (example === undefined && guest === undefined) throw new UsageError('which guest?')
  const traced = script !== undefined || example !== undefined
  return {
    show: formatOf(given.format) ?? shown[0] ?? (traced ? 'quiet' : 'strace'),
    lines: {
      who: oneOf('who', given.who, WHO, 'terminal'), times: oneOf<StraceTimes>('times', given.times, TIMES_OF_LINES, 'none'),
      durations: given.durations === true, paths: given.paths === true,
    },
    guest, args, script, example,
    dirs: (given.dir ?? []).map((text) => {
      const [name, host] = pair(text, '--dir GUEST=HOST')
      return { guest: name, host }
    }),
    stdin: given.stdin,
    seed: seedOf('seed', given.seed, DEFAULT_SEED),
    schedule: seedOf('schedule', given.schedule, 0),
    host: hostOf(given.host),
    budget: (given.budget ?? []).flatMap((list) => list.split(',')).reduce(withLimit, DEFAULT_BUDGET),
    env: (given.env ?? []).map((text) => pair(text, '--env NAME=VALUE').join('=')),
  }
}

const parsed = (words: readonly string[]) => {
  try {
    return parseArgs({ args: [...words], options: FLAGS, allowPositionals: false }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

const pair = (text: string, form: string): [string, string] => {
  const at = text.indexOf('=')
  if (at < 1) throw new UsageError(`${form}: ${JSON.stringify(text)} is not of that form`)
  return [text.slice(0, at), text.slice(at + 1)]
}

const WHO = ['terminal', 'file', 'nobody'] as const
const TIMES_OF_LINES = ['none', 'r', 't', 'tt', 'ttt'] as const

const oneOf = <T extends string>(option: string, text: string | undefined, words: readonly T[], usual: T): T => {
  const found = text === undefined ? usual : words.find((word) => word === text)
  if (found === undefined) throw new UsageError(`--${option}: ${JSON.stringify(text)} is none of ${words.join(', ')}`)
  return found
}

const formatOf = (text: string | undefined): ExportFormat | undefined => {
  if (text === undefined) return undefined
  return oneOf('format', text === 'strace' ? 'strace-text' : text, EXPORT_FORMATS, 'json')
}

const hostOf = (text: string | undefined): HostName | undefined => {
  if (text === undefined || text === 'kernel' || text === 'wasmer') return text
  throw new UsageError(`--host: ${JSON.stringify(text)} is none of kernel, wasmer`)
}

const seedOf = (option: string, text: string | undefined, usual: number): number => {
  if (text === undefined) return usual
  const seed = Number(text)
  if (/^\d+$/.test(text) && seed <= 0xffff_ffff) return seed
  throw new UsageError(`--${option}: ${JSON.stringify(text)} is no whole number below 2^32`)
}

const COUNTS: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, G: 1e9 }
const TIMES: Readonly<Record<string, number>> = { '': 1, ns: 1, us: 1e3, ms: 1e6, s: 1e9 }

const withLimit = (budget: Budget, text: string): Budget => {
  const [name, amount] = pair(text, '--budget NAME=AMOUNT')
  if (!Object.hasOwn(DEFAULT_BUDGET, name)) {
    throw new UsageError(`--budget: ${name} is none of ${Object.keys(DEFAULT_BUDGET).join(', ')}`)
  }
  const [, digits = '', suffix = ''] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(amount) ?? []
  const unit = (name === 'cpu' ? TIMES : COUNTS)[suffix]
  if (digits === '' || unit === undefined) throw new UsageError(`--budget: ${JSON.stringify(amount)} is no amount of ${name}`)
  return { ...budget, [name]: Math.round(Number(digits) * unit) }
}
