import { ERRNO } from '../abi/errno.ts'
import { PTRACE, PTRACE_OPTION } from '../abi/ptrace.ts'
import { SIGNAL } from '../abi/signal.ts'
import { REQUEST_COST } from '../kernel/cost.ts'
import { findTask, type Kernel } from '../kernel/kernel.ts'
import { sendSignal, trap } from '../kernel/send.ts'
import { kernelSignal } from '../kernel/siginfo.ts'
import type { Task } from '../kernel/task.ts'
import { logWritten } from '../kernel/written.ts'
import { Flag } from '../trace/format.ts'
import { attach, detach, seize, traceme } from './attach.ts'
import { peekBytes, peekString, pokeBytes } from './chardata.ts'
import { getFilter, getMetadata } from './filters.ts'
import { getSyscallInfo, getsiginfo, setSyscallInfo, setsiginfo } from './info.ts'
import { multi } from './multi.ts'
import { REGS_BYTES, getregs, registerBytes, regset, setRegisters, setregs } from './regs.ts'
import { modeOf, resume, stepOf, tagsOf } from './resume.ts'
import { getsigmask, peeksiginfo, setsigmask } from './signals.ts'

/** PTRACE_O_MASK: any other bit is EINVAL (SEIZE: EIO). */
const OPTIONS = Object.values(PTRACE_OPTION).reduce((all, option) => all | option, 0)

/** check_ptrace_options(): who is under seccomp itself may not switch off another's. */
const checkOptions = (tracer: Task, options: number): number =>
  (options & ~OPTIONS) !== 0 ? -ERRNO.EINVAL
  : (options & PTRACE_OPTION.PTRACE_O_SUSPEND_SECCOMP) !== 0 && tracer.seccomp.mode !== 0 ? -ERRNO.EPERM : 0

const reads = (request: number): boolean => {
  switch (request) {
    case PTRACE.PTRACE_PEEKTEXT:
    case PTRACE.PTRACE_PEEKDATA:
    case PTRACE.PTRACE_PEEKUSER:
    case PTRACE.PTRACE_GETREGS:
    case PTRACE.PTRACE_GETREGSET:
    case PTRACE.PTRACE_GETEVENTMSG:
    case PTRACE.PTRACE_GETSIGINFO:
    case PTRACE.PTRACE_PEEKSIGINFO:
    case PTRACE.PTRACE_GETSIGMASK:
    case PTRACE.PTRACE_SECCOMP_GET_FILTER:
    case PTRACE.PTRACE_SECCOMP_GET_METADATA:
    case PTRACE.PTRACE_GET_SYSCALL_INFO:
    case PTRACE.PTRACE_PEEKCHARDATA:
    case PTRACE.PTRACE_PEEKSTRINGDATA:
      return true
    default:
      return false
  }
}
const setsRegisters = (request: number): boolean =>
  request === PTRACE.PTRACE_SETREGS || request === PTRACE.PTRACE_SETREGSET ||
  request === PTRACE.PTRACE_SET_SYSCALL_INFO || request === PTRACE.PTRACE_POKEUSER

/** `length` of a request that has none: every request but an element of PTRACE_MULTI. */
const NO_LENGTH = -1

/**
 * ptrace(2) as the raw call: PEEK* store the word at `data`. Answers the result or −errno, and tells the recorder.
 * Requests that read change nothing: they are counted, and recorded only when they fail.
 */
export const ptrace = (kernel: Kernel, tracer: Task, request: number, pid: number, addr: number, data: number): number => {
  kernel.clock.charge(REQUEST_COST)
  // Here and not where elements are made: that many of them are one request is what PTRACE_MULTI is for.
  kernel.counts.requests++
  return made(kernel, tracer, request, pid, addr >>> 0, data >>> 0, NO_LENGTH)
}

/** @param length that of an element of PTRACE_MULTI, in whatever its request counts; NO_LENGTH of all others */
const made = (
  kernel: Kernel, tracer: Task, request: number, pid: number, addr: number, data: number, length: number,
): number => {
  const tracee = findTask(kernel, pid)
  const link = tracee?.tracing?.stopSeq ?? 0
  const poke = tracee === undefined ? 0 : pokeLength(request, length)
  const was = poke === 0 ? undefined : tracee?.memory.read(addr, poke)
  const ret =
    request === PTRACE.PTRACE_MULTI
      ? many(kernel, tracer, tracee, pid, addr, data)
      : dispatch(kernel, tracer, tracee, request, addr, data, length)
  if (ret >= 0 && reads(request)) return ret
  const is = was === undefined || ret < 0 ? undefined : tracee?.memory.read(addr, poke)
  if (tracee !== undefined && is !== undefined) logWritten(tracee)
  kernel.recorder.request({
    by: tracer.pid, pid, nr: request, addr,
    // An element's length says more than where its bytes come from or go to.
    data: isCharData(request) && length !== NO_LENGTH ? length : data,
    ret, link, line: kernel.line(), flags: length === NO_LENGTH ? 0 : Flag.multi,
    poked: was === undefined || is === undefined ? undefined : { addr, was, is },
    registers: ret >= 0 && setsRegisters(request) ? tracee : undefined,
  })
  return ret
}

const many = (kernel: Kernel, tracer: Task, tracee: Task | undefined, pid: number, addr: number, data: number): number => {
  const error = tracee === undefined ? -ERRNO.ESRCH : mayRequest(tracer, tracee)
  return error < 0 ? error : multi(tracer.memory, addr, data | 0, (r, a, d, n) => made(kernel, tracer, r, pid, a, d, n))
}

const isCharData = (request: number): boolean =>
  request === PTRACE.PTRACE_PEEKCHARDATA || request === PTRACE.PTRACE_POKECHARDATA || request === PTRACE.PTRACE_PEEKSTRINGDATA

/** How many bytes of the tracee a request changes. */
const pokeLength = (request: number, length: number): number =>
  request === PTRACE.PTRACE_POKETEXT || request === PTRACE.PTRACE_POKEDATA ? 4
  : request === PTRACE.PTRACE_POKECHARDATA && length !== NO_LENGTH ? length : 0

/** "Not mine, or not stopped: ESRCH" — while listening, too. ptrace_check_attach() */
const mayRequest = (tracer: Task, tracee: Task): number =>
  tracee.tracing?.tracer === tracer && tracee.tracing.stop !== undefined && !tracee.tracing.listening ? 0 : -ERRNO.ESRCH

/** The requests in four tiers, tested in this order: the order is the semantics (models.md, gVisor 5). */
const dispatch = (
  kernel: Kernel, tracer: Task, tracee: Task | undefined, request: number, addr: number, data: number, length: number,
): number => {
  if (request === PTRACE.PTRACE_TRACEME) return traceme(tracer)
  if (tracee === undefined) return -ERRNO.ESRCH
  if (request === PTRACE.PTRACE_ATTACH) return attach(kernel, tracer, tracee)
  if (request === PTRACE.PTRACE_SEIZE) {
    // "addr must be zero"; bad options are EIO here, and come before the checks of who is who.
    if (addr !== 0 || (data & ~OPTIONS) !== 0) return -ERRNO.EIO
    const refused = checkOptions(tracer, data)
    if (refused < 0) return refused
    return seize(tracer, tracee, data)
  }
  if (request === PTRACE.PTRACE_KILL) {
    if (tracee.tracing?.tracer !== tracer) return -ERRNO.ESRCH
    // "this operation … returns 0" for a running tracee and for a dead one as well (stops.md, 5).
    sendSignal(kernel, tracee, kernelSignal(SIGNAL.SIGKILL))
    return 0
  }
  if (request === PTRACE.PTRACE_INTERRUPT) {
    if (tracee.tracing?.tracer !== tracer) return -ERRNO.ESRCH
    if (!tracee.tracing.seized) return -ERRNO.EIO
    trap(kernel, tracee, 'trapStop')
    return 0
  }
  const error = mayRequest(tracer, tracee)
  if (error < 0) return error
  if (request === PTRACE.PTRACE_LISTEN) return listen(kernel, tracee)
  const mode = modeOf(request)
  if (mode !== undefined) return resume(kernel, tracee, mode, tagsOf(request, addr), data | 0, stepOf(request))
  if (isCharData(request)) return moveBytes(kernel, tracer, tracee, request, addr, data, length)
  return look(kernel, tracer, tracee, request, addr, data)
}

/** PTRACE_LISTEN: "Restart the stopped tracee, but prevent it from executing": only of a seized one's PTRACE_EVENT_STOP. */
const listen = (kernel: Kernel, tracee: Task): number => {
  const { tracing } = tracee
  if (tracing === undefined || !tracing.seized || tracing.stop?.kind !== 'trap') return -ERRNO.EIO
  tracing.listening = true
  // A SIGCONT that came since the stop began is news already.
  if (tracing.trapNotify) trap(kernel, tracee, 'trapNotify')
  return 0
}

/**
 * PEEKCHARDATA, POKECHARDATA, PEEKSTRINGDATA. They are elements of a PTRACE_MULTI and nothing else: ptrace(2) itself
 * has no word for a length, and Davoli's patch (LKML, 18 May 2006, "2-ptrace_multi") knows them only there. Alone
 * they are unknown requests: EIO.
 */
const moveBytes = (
  kernel: Kernel, tracer: Task, tracee: Task, request: number, addr: number, local: number, length: number,
): number => {
  if (length === NO_LENGTH) return -ERRNO.EIO
  if (request === PTRACE.PTRACE_POKECHARDATA) return pokeBytes(tracer.memory, tracee.memory, addr, local, length)
  const peek = request === PTRACE.PTRACE_PEEKCHARDATA ? peekBytes : peekString
  const peeked = peek(tracer.memory, tracee.memory, addr, local, length)
  if (peeked > 0) kernel.counts.bytesPeeked += peeked
  return peeked
}

/** What looks at a stopped tracee or changes it, and leaves it stopped (or, DETACH, lets it go). */
const look = (kernel: Kernel, tracer: Task, tracee: Task, request: number, addr: number, data: number): number => {
  const { memory } = tracer
  switch (request) {
    case PTRACE.PTRACE_PEEKTEXT:
    case PTRACE.PTRACE_PEEKDATA:
      if (!tracee.memory.has(addr, 4)) return -ERRNO.EIO
      kernel.counts.bytesPeeked += 4
      return storeWord(tracer, data, tracee.memory.u32(addr))
    case PTRACE.PTRACE_POKETEXT:
    case PTRACE.PTRACE_POKEDATA:
      if (!tracee.memory.has(addr, 4)) return -ERRNO.EIO
      tracee.memory.setU32(addr, data)
      return 0
    case PTRACE.PTRACE_PEEKUSER: {
      if (addr % 4 !== 0 || addr + 4 > REGS_BYTES) return -ERRNO.EIO
      return storeWord(tracer, data, new DataView(registerBytes(tracee).buffer).getUint32(addr, true))
    }
    case PTRACE.PTRACE_POKEUSER: {
      if (addr % 4 !== 0 || addr + 4 > REGS_BYTES) return -ERRNO.EIO
      const bytes = registerBytes(tracee)
      const view = new DataView(bytes.buffer)
      view.setUint32(addr, data, true)
      // The result is 64 bits wide; whoever pokes its low word means the number.
      if (addr === 80) view.setInt32(84, data | 0 ? (data | 0) >> 31 : 0, true)
      setRegisters(tracee.regs, bytes)
      return 0
    }
    case PTRACE.PTRACE_GETREGS:
      return getregs(memory, tracee, data)
    case PTRACE.PTRACE_SETREGS:
      return setregs(memory, tracee, data)
    case PTRACE.PTRACE_GETREGSET:
    case PTRACE.PTRACE_SETREGSET:
      return regset(kernel.host, memory, tracee, addr, data, request === PTRACE.PTRACE_SETREGSET)
    case PTRACE.PTRACE_GET_SYSCALL_INFO:
      return getSyscallInfo(memory, tracee, addr, data)
    case PTRACE.PTRACE_SET_SYSCALL_INFO:
      return setSyscallInfo(memory, tracee, addr, data)
    case PTRACE.PTRACE_GETSIGINFO:
      return getsiginfo(memory, tracee, data)
    case PTRACE.PTRACE_GETEVENTMSG:
      return storeWord(tracer, data, tracee.tracing?.message ?? 0)
    case PTRACE.PTRACE_SETOPTIONS:
      if (checkOptions(tracer, data) < 0) return checkOptions(tracer, data)
      if (tracee.tracing !== undefined) tracee.tracing.options = data
      return 0
    case PTRACE.PTRACE_SETSIGINFO:
      return setsiginfo(memory, tracee, data)
    case PTRACE.PTRACE_PEEKSIGINFO:
      return peeksiginfo(memory, tracee, addr, data)
    case PTRACE.PTRACE_GETSIGMASK:
      return getsigmask(memory, tracee, addr, data)
    case PTRACE.PTRACE_SETSIGMASK:
      return setsigmask(memory, tracee, addr, data)
    case PTRACE.PTRACE_SECCOMP_GET_FILTER:
      return getFilter(tracer, tracee, addr, data)
    case PTRACE.PTRACE_SECCOMP_GET_METADATA:
      return getMetadata(tracer, tracee, addr, data)
    case PTRACE.PTRACE_DETACH:
      return detach(kernel, tracee, data | 0)
    default:
      return -ERRNO.EIO
  }
}

/** put_user() of a word: EFAULT where the tracer's own address is bad. */
const storeWord = (tracer: Task, at: number, value: number): number => {
  if (at === 0 || !tracer.memory.has(at, 4)) return -ERRNO.EFAULT
  tracer.memory.setU32(at, value)
  return 0
}
