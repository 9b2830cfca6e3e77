import { errnoMessage, errnoName } from '../abi/errno.ts'
import {
  NT_PRSTATUS,
  NT_WASM_LOCALS,
  PROCESS_VM_WRITEV,
  PTRACE,
  PTRACE_OPTION,
  PTRACE_VM_SKIPCALL,
  PTRACE_VM_SKIPEXIT,
  requestName,
} from '../abi/ptrace.ts'
import { SIGNAL_MAX, signalName } from '../abi/signal.ts'
import type { RequestDetail, TraceEvent } from '../trace/trace.ts'
import { isResume } from './answers.ts'
import { span, type Span, type Style } from './span.ts'
import { flagsOf, hexText, quote } from './text.ts'

/** `PTRACE_SYSCALL`, or as strace has it the number and `PTRACE_???`. */
export const requestText = (nr: number): string => requestName.get(nr) ?? `${hexText(nr >>> 0)} /* PTRACE_??? */`

const OPTIONS = Object.entries(PTRACE_OPTION).map(([name, value]) => ({ name, value }))
const TAGS = [
  { name: 'PTRACE_VM_SKIPEXIT', value: PTRACE_VM_SKIPEXIT },
  { name: 'PTRACE_VM_SKIPCALL', value: PTRACE_VM_SKIPCALL },
]

/** The register file by offsets (abi.md): `{u32 arch; i32 nr; u64 args[9]; i64 ret; u32 pc, sp, fp, pad;}`. */
const FIELDS: ReadonlyMap<number, string> = new Map([
  [0, 'arch'],
  [4, 'nr'],
  [80, 'ret'],
  [88, 'pc'],
  [92, 'sp'],
  [96, 'fp'],
  ...Array.from({ length: 9 }, (_, i): [number, string] => [8 + 8 * i, `args[${i}]`]),
])

/** `offsetof(ret)`, or the offset where no field begins. */
export const offsetText = (addr: number): string => {
  const field = FIELDS.get(addr)
  return field === undefined ? hexText(addr) : `offsetof(${field})`
}

/** `SIGUSR1`, `0` for none. */
export const signoText = (signo: number): string =>
  signo === 0 ? '0' : signo <= SIGNAL_MAX ? signalName(signo) : `${signo}`
export const optionsText = (options: number): string => flagsOf(OPTIONS, options, 'ptrace_o')
export const tagsText = (tags: number): string => flagsOf(TAGS, tags, 'ptrace_vm')

/** addr of a request that resumes: its tags in words, whatever else is set as a number. */
const resumeAddr = (addr: number): Span => {
  const tags = addr & (PTRACE_VM_SKIPEXIT | PTRACE_VM_SKIPCALL)
  if (tags === 0) return span(addr === 0 ? '0' : hexText(addr), 'arg')
  return span(flagsOf(TAGS, addr, 'ptrace_vm'), 'tag')
}

const plain = (...texts: readonly string[]): readonly Span[] => texts.map((text) => span(text, 'arg'))
const pointer = (value: number): string => (value === 0 ? 'NULL' : hexText(value))

/** What stands behind the pid. Which words a request has is told in ptrace(2); strace leaves out ignored ones. */
const words = (nr: number, { addr, data, poked, registers }: RequestDetail): readonly Span[] => {
  if (nr === PTRACE.PTRACE_DETACH) return plain(addr === 0 ? '0' : hexText(addr), signoText(data))
  if (isResume(nr)) return [resumeAddr(addr), span(signoText(data), 'arg')]
  const regs = registers && registersText(registers)
  switch (nr) {
    case PTRACE.PTRACE_ATTACH:
    case PTRACE.PTRACE_INTERRUPT:
    case PTRACE.PTRACE_KILL:
    case PTRACE.PTRACE_LISTEN:
      return []
    case PTRACE.PTRACE_SEIZE:
    case PTRACE.PTRACE_SETOPTIONS:
      return plain(pointer(addr), optionsText(data))
    case PTRACE.PTRACE_PEEKUSER:
      return plain(offsetText(addr), hexText(data))
    case PTRACE.PTRACE_POKEUSER:
      return plain(offsetText(addr), `${data | 0}`)
    case PTRACE.PTRACE_POKECHARDATA:
      return poked === undefined ? plain(hexText(addr), `${data}`) : plain(hexText(addr), quote(poked.is, data), `${data}`)
    case PTRACE.PTRACE_PEEKCHARDATA:
    case PTRACE.PTRACE_PEEKSTRINGDATA:
      return plain(hexText(addr), `${data}`)
    case PTRACE.PTRACE_PEEKTEXT:
    case PTRACE.PTRACE_PEEKDATA:
    case PTRACE.PTRACE_POKETEXT:
    case PTRACE.PTRACE_POKEDATA:
      return plain(hexText(addr), hexText(data))
    case PTRACE.PTRACE_SETREGS:
      return plain(pointer(addr), regs ?? hexText(data))
    case PTRACE.PTRACE_GETREGSET:
    case PTRACE.PTRACE_SETREGSET:
      return plain(addr === NT_PRSTATUS ? 'NT_PRSTATUS' : addr === NT_WASM_LOCALS ? 'NT_WASM_LOCALS' : hexText(addr), regs ?? hexText(data))
    case PTRACE.PTRACE_GET_SYSCALL_INFO:
    case PTRACE.PTRACE_SET_SYSCALL_INFO:
    case PTRACE.PTRACE_GETSIGMASK:
    case PTRACE.PTRACE_SETSIGMASK:
      return plain(`${addr}`, regs ?? hexText(data))
    case PTRACE.PTRACE_MULTI:
      return plain(hexText(addr), `${data}`)
    default:
      return plain(pointer(addr), pointer(data))
  }
}

const registersText = ({ nr, args, ret }: NonNullable<RequestDetail['registers']>): string =>
  `{nr=${nr}, args=[${args.slice(0, lastArg(args)).map(hexText).join(', ')}], ret=${ret}}`

const lastArg = (args: readonly bigint[]): number => args.findLastIndex((raw) => raw !== 0n) + 1

/** process_vm_writev(2) of one stretch: what is written, and where to. */
const writevSpans = (pid: number, { addr, data, poked }: RequestDetail): readonly Span[] => [
  span('process_vm_writev', 'name'),
  span('(', 'dim'),
  span(`${pid}, [${poked === undefined ? '' : `{iov_base=${quote(poked.is, data)}, iov_len=${data}}`}], 1, `, 'arg'),
  span(`[{iov_base=${hexText(addr)}, iov_len=${data}}], 1, 0`, 'arg'),
]

const ptraceSpans = (event: TraceEvent, detail: RequestDetail): readonly Span[] => {
  const spans: Span[] = [span('ptrace(', 'dim'), span(requestText(event.nr), 'name')]
  if (event.nr !== PTRACE.PTRACE_TRACEME) {
    for (const word of [span(`${event.pid}`, 'arg'), ...words(event.nr, detail)]) spans.push(span(', ', 'dim'), word)
  }
  return spans
}

/** A tracer's request as strace would print the tracer's call. */
export const requestSpans = (event: TraceEvent, detail: RequestDetail, style: Style): readonly Span[] => {
  const call = event.nr === PROCESS_VM_WRITEV ? writevSpans(event.pid, detail) : ptraceSpans(event, detail)
  const spans: Span[] = [...call, span(') = ', 'dim')]
  const errno = event.ret < 0 ? errnoName(-event.ret) : undefined
  if (errno === undefined) spans.push(span(`${event.ret}`, 'result'))
  else spans.push(span(style === 'brief' ? `-1 ${errno}` : `-1 ${errno} (${errnoMessage(-event.ret)})`, 'error'))
  return spans
}
