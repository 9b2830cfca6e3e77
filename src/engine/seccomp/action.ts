import { SECCOMP_RET, SECCOMP_RET_ACTION_FULL, SECCOMP_RET_DATA, type SeccompAction } from '../abi/seccomp.ts'

/** What becomes of a call: an action and its 16 bits of data, an errno, a tracer's message or `si_errno`. */
export interface Verdict {
  readonly action: SeccompAction
  readonly data: number
}

/** include/linux/err.h */
const MAX_ERRNO = 4095

const ACTIONS: ReadonlyMap<number, SeccompAction> = new Map(
  (Object.entries(SECCOMP_RET) as [SeccompAction, number][]).map(([name, value]) => [value, name]),
)

export const ALLOWED: Verdict = { action: 'SECCOMP_RET_ALLOW', data: 0 }

/**
 * How strict what a filter returned is; less is stricter. "the lowest BPF return value always takes priority (ignoring
 * the DATA)", with its sign: kernel/seccomp.c: ACTION_ONLY(), seccomp_run_filters().
 */
export const rank = (returned: number): number => (returned & SECCOMP_RET_ACTION_FULL) | 0

/**
 * The action and the data in what a filter returned. Values that are no action kill the process ("If an unknown action
 * is returned"), and errnos end at 4095: kernel/seccomp.c: __seccomp_filter().
 */
export const verdict = (returned: number): Verdict => {
  const action = ACTIONS.get(rank(returned) >>> 0) ?? 'SECCOMP_RET_KILL_PROCESS'
  const data = returned & SECCOMP_RET_DATA
  return { action, data: action === 'SECCOMP_RET_ERRNO' ? Math.min(data, MAX_ERRNO) : data }
}

/** SECCOMP_GET_ACTION_AVAIL: whether this whole value is an action. Where not: EOPNOTSUPP. */
export const isAction = (value: number): boolean => ACTIONS.has(value >>> 0)
