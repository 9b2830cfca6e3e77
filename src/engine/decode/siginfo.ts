import {
  CLD, FPE_INTDIV, FPE_INTOVF, ILL_ILLOPC, SEGV_MAPERR, SI, SIGNAL, SYS_SECCOMP, TRAP_BRKPT, TRAP_TRACE, signalName,
} from '../abi/signal.ts'
import { ARCH_LINUX, ARCH_PREVIEW1 } from '../abi/ptrace.ts'
import { rowOf } from '../syscall/find.ts'
import type { KeptSiginfo } from '../trace/trace.ts'
import { hexText } from './text.ts'

const named = (table: Readonly<Record<string, number>>): ReadonlyMap<number, string> =>
  new Map(Object.entries(table).map(([name, value]) => [value, name]))

const GENERAL = named(SI)
/** The codes that mean something only with their signal: sigaction(2), "The siginfo_t argument". */
const OF_SIGNAL: ReadonlyMap<number, ReadonlyMap<number, string>> = new Map([
  [SIGNAL.SIGCHLD, named(CLD)],
  [SIGNAL.SIGSEGV, named({ SEGV_MAPERR })],
  [SIGNAL.SIGILL, named({ ILL_ILLOPC })],
  [SIGNAL.SIGFPE, named({ FPE_INTDIV, FPE_INTOVF })],
  [SIGNAL.SIGTRAP, named({ TRAP_BRKPT, TRAP_TRACE, TRAP_BRANCH: 3, TRAP_HWBKPT: 4 })],
  [SIGNAL.SIGSYS, named({ SYS_SECCOMP })],
])
const FAULTS: ReadonlySet<number> = new Set([
  SIGNAL.SIGSEGV,
  SIGNAL.SIGILL,
  SIGNAL.SIGFPE,
  SIGNAL.SIGBUS,
  SIGNAL.SIGTRAP,
])
const ARCHS: ReadonlyMap<number, string> = new Map([[ARCH_PREVIEW1, 'preview1'], [ARCH_LINUX, 'linux']])

/** `SI_USER`, `CLD_EXITED`, or the number. */
export const siCodeText = (signo: number, code: number): string =>
  OF_SIGNAL.get(signo)?.get(code) ?? GENERAL.get(code) ?? (code < 0 ? `${code}` : hexText(code))

/** `__NR_getpid`: as strace prints si_syscall. */
const numberText = ({ nr, arch }: { readonly nr: number; readonly arch: number }): string => {
  const name = rowOf(arch, nr)?.name
  return name === undefined ? `${nr}` : `__NR_${name}`
}

/** The fields of a siginfo, in strace's order (src/printsiginfo.c). */
const siginfoFields = (signo: number, { code, pid, addr, refused }: KeptSiginfo): readonly string[] => {
  const fields = [`si_signo=${signalName(signo)}`, `si_code=${siCodeText(signo, code)}`]
  if (signo === SIGNAL.SIGCHLD && code > 0) {
    const status = code === CLD.CLD_EXITED ? `${addr}` : signalName(addr)
    return [...fields, `si_pid=${pid}`, 'si_uid=0', `si_status=${status}`]
  }
  if (signo === SIGNAL.SIGSYS && code === SYS_SECCOMP) {
    const of = refused === undefined ? [] : [`si_syscall=${numberText(refused)}`, `si_arch=${ARCHS.get(refused.arch) ?? hexText(refused.arch)}`]
    return [...fields, `si_call_addr=${addr === 0 ? 'NULL' : hexText(addr)}`, ...of]
  }
  if (FAULTS.has(signo) && code > 0 && code !== SI.SI_KERNEL)
    return [...fields, `si_addr=${addr === 0 ? 'NULL' : hexText(addr)}`]
  if (code === SI.SI_KERNEL) return fields
  fields.push(`si_pid=${pid}`, 'si_uid=0')
  if (code === SI.SI_QUEUE) fields.push(`si_int=${addr | 0}`)
  return fields
}

/** A siginfo without its braces; briefly without what is always the same, and of a step with where it stands. */
export const siginfoText = (signo: number, siginfo: KeptSiginfo, brief: boolean): string => {
  if (siginfo.text !== undefined) return brief ? siginfo.text.replace(/^si_signo=\w+, /, '') : siginfo.text
  const pc = siginfo.step?.pc ?? 0
  if (brief && pc !== 0) return `si_code=${siCodeText(signo, siginfo.code)}, pc=${hexText(pc)}`
  const fields = siginfoFields(signo, siginfo)
  return brief
    ? fields
        .slice(1)
        .filter((field) => field !== 'si_uid=0')
        .join(', ')
    : fields.join(', ')
}
