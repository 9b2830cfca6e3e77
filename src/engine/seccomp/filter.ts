import { ERRNO, type Errno } from '../abi/errno.ts'
import { SECCOMP_RET } from '../abi/seccomp.ts'
import { ALLOWED, rank, type Verdict, verdict } from './action.ts'
import { checkFilter } from './check.ts'
import type { SeccompData } from './data.ts'
import type { Program } from './instruction.ts'
import { runFilter } from './run.ts'
import { translatedLength } from './translation.ts'

/**
 * A filter and those that were there before it. A chain is never changed: a forked child shares its parent's, and each
 * puts its own in front.
 */
export interface Filter {
  readonly program: Program
  /** SECCOMP_FILTER_FLAG_LOG. */
  readonly logs: boolean
  readonly previous: Filter | undefined
  /** Instructions as Linux counts them, of this and all previous ones with their penalties. */
  readonly length: number
  /** How many filters there are, with this. */
  readonly count: number
}

export type Chain = Filter | undefined

/** (1 << 18) / sizeof(struct sock_filter): kernel/seccomp.c */
const MAX_INSNS_PER_PATH = 32768
/** "4 instr penalty" for each filter that there was before. */
const PENALTY = 4

export type Added = { readonly ok: true; readonly chain: Filter } | { readonly ok: false; readonly errno: Errno }

/**
 * Puts a filter in front of a chain. EINVAL: the program is none (`checkFilter`). ENOMEM: "The total length of all
 * filter programs attached to the calling thread would exceed MAX_INSNS_PER_PATH" (seccomp(2)).
 */
export const addFilter = (chain: Chain, program: Program, logs: boolean): Added => {
  const errno = checkFilter(program)
  if (errno !== 0) return { ok: false, errno }
  const length = translatedLength(program) + (chain === undefined ? 0 : chain.length + PENALTY)
  if (length > MAX_INSNS_PER_PATH) return { ok: false, errno: ERRNO.ENOMEM }
  return { ok: true, chain: { program, logs, previous: chain, length, count: (chain?.count ?? 0) + 1 } }
}

/**
 * What the filters say about a call. All are run, the latest first; the strictest counts, and among equals the latest,
 * with its data. kernel/seccomp.c: seccomp_run_filters()
 */
export const runFilters = (chain: Chain, data: SeccompData): Verdict => {
  let strictest = rank(SECCOMP_RET.SECCOMP_RET_ALLOW)
  let found: number | undefined
  for (let filter = chain; filter !== undefined; filter = filter.previous) {
    const returned = runFilter(filter.program, data)
    if (rank(returned) >= strictest) continue
    strictest = rank(returned)
    found = returned
  }
  return found === undefined ? ALLOWED : verdict(found)
}

/**
 * The filter that PTRACE_SECCOMP_GET_FILTER and GET_METADATA mean: "the index of 0 is the oldest" (ptrace(2)).
 * Undefined past the latest: ENOENT.
 */
export const nthFilter = (chain: Chain, index: number): Filter | undefined => {
  let filter = chain
  while (filter !== undefined && filter.count - 1 !== index) filter = filter.previous
  return filter
}

/**
 * Whether `chain` holds all of `ancestor`, in its place: only then may SECCOMP_FILTER_FLAG_TSYNC give a thread that has
 * `ancestor` the other's. kernel/seccomp.c: is_ancestor()
 */
export const isAncestor = (ancestor: Chain, chain: Chain): boolean => {
  if (ancestor === undefined) return true
  for (let filter = chain; filter !== undefined; filter = filter.previous) if (filter === ancestor) return true
  return false
}
