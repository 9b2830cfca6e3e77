import { ERRNO } from '../abi/errno.ts'
import { ITIMERVAL, SIGACTION, SIGSET_BYTES, STACK, TIMESPEC } from '../abi/linux.ts'
import { SIGNAL, SIGNAL_MAX } from '../abi/signal.ts'
import { UNBLOCKABLE } from '../kernel/disposition.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import { siginfoBytes, siginfoOf } from '../kernel/siginfo-bytes.ts'
import { SIGINFO_SIZE } from '../kernel/signal-frame.ts'
import type { LinuxHandlers } from './linux.ts'
import { inside } from './linux-arg.ts'
import { readItimerval, writeItimerval } from './itimerval.ts'
import type { Caller, CallResult } from './row.ts'
import { readTimespec } from './timespec.ts'

/** Signals: signal(7) and the pages that it names. All answer −errno. */

const isSignal = (signo: number): boolean => signo >= 1 && signo <= SIGNAL_MAX
const isUncatchable = (signo: number): boolean => signo === SIGNAL.SIGKILL || signo === SIGNAL.SIGSTOP

const sigaction = (caller: Caller, signo: number, act: GuestAddr, old: GuestAddr, bytes: number): number => {
  const { memory, system } = caller
  if (bytes !== SIGSET_BYTES) return -ERRNO.EINVAL
  if (act !== 0 && !inside(memory, act, SIGACTION.size)) return -ERRNO.EFAULT
  if (!isSignal(signo) || (act !== 0 && isUncatchable(signo))) return -ERRNO.EINVAL
  const before = system.disposition(signo)
  if (act !== 0) {
    system.setDisposition(signo, {
      handler: memory.u32(act + SIGACTION.handler), flags: memory.u32(act + SIGACTION.flags), mask: memory.u64(act + SIGACTION.mask),
    })
  }
  if (old === 0) return 0
  if (!inside(memory, old, SIGACTION.size)) return -ERRNO.EFAULT
  memory.setU32(old + SIGACTION.handler, before.handler)
  memory.setU32(old + SIGACTION.flags, before.flags)
  memory.setU32(old + SIGACTION.restorer, 0)
  memory.setU64(old + SIGACTION.mask, before.mask)
  return 0
}

/** sigprocmask(2), `how`. */
const SIG_BLOCK = 0
const SIG_UNBLOCK = 1
const SIG_SETMASK = 2

const sigprocmask = (caller: Caller, how: number, set: GuestAddr, old: GuestAddr, bytes: number): number => {
  const { memory, system } = caller
  if (bytes !== SIGSET_BYTES) return -ERRNO.EINVAL
  const before = system.mask
  if (set !== 0) {
    if (!inside(memory, set, SIGSET_BYTES)) return -ERRNO.EFAULT
    const wanted = memory.u64(set) & ~UNBLOCKABLE
    if (how === SIG_BLOCK) system.mask = before | wanted
    else if (how === SIG_UNBLOCK) system.mask = before & ~wanted
    else if (how === SIG_SETMASK) system.mask = wanted
    else return -ERRNO.EINVAL
  }
  if (old === 0) return 0
  if (!inside(memory, old, SIGSET_BYTES)) return -ERRNO.EFAULT
  memory.setU64(old, before)
  return 0
}

const sigpending = ({ memory, system }: Caller, set: GuestAddr, bytes: number): number => {
  if (bytes > SIGSET_BYTES) return -ERRNO.EINVAL
  const value = new Uint8Array(8)
  new DataView(value.buffer).setBigUint64(0, system.pendingSignals, true)
  return bytes === 0 || (inside(memory, set, bytes) && memory.write(set, value.subarray(0, bytes))) ? 0 : -ERRNO.EFAULT
}

const sigtimedwait = (caller: Caller, set: GuestAddr, info: GuestAddr, timeout: GuestAddr, bytes: number): CallResult => {
  const { memory, clock, system } = caller
  if (bytes !== SIGSET_BYTES) return -ERRNO.EINVAL
  if (!inside(memory, set, SIGSET_BYTES)) return -ERRNO.EFAULT
  let until: number | undefined
  if (timeout !== 0) {
    if (!inside(memory, timeout, TIMESPEC.size)) return -ERRNO.EFAULT
    const time = readTimespec(memory, timeout)
    if (time === undefined) return -ERRNO.EINVAL
    until = clock.now() + Number(time)
  }
  return system.sigtimedwait(memory.u64(set) & ~UNBLOCKABLE, until, (found) => {
    if (info === 0) return found.signo
    return inside(memory, info, SIGINFO_SIZE) && memory.write(info, siginfoBytes(found)) ? found.signo : -ERRNO.EFAULT
  })
}

const sigsuspend = ({ memory, system }: Caller, mask: GuestAddr, bytes: number): CallResult => {
  if (bytes !== SIGSET_BYTES) return -ERRNO.EINVAL
  if (!inside(memory, mask, SIGSET_BYTES)) return -ERRNO.EFAULT
  return system.sigsuspend(memory.u64(mask) & ~UNBLOCKABLE)
}

/** "Not even root can pretend signals send from the kernel": do_rt_sigqueueinfo() */
const sigqueueinfo = ({ memory, system }: Caller, who: number, signo: number, info: GuestAddr): number => {
  const bytes = inside(memory, info, SIGINFO_SIZE) ? memory.read(info, SIGINFO_SIZE) : undefined
  if (bytes === undefined) return -ERRNO.EFAULT
  const given = { ...siginfoOf(bytes), signo }
  if ((given.code >= 0 || given.code === -6) && system.pid !== who) return -ERRNO.EPERM
  if (signo < 0 || signo > SIGNAL_MAX) return -ERRNO.EINVAL
  return system.sigqueue(who, given)
}

/** sigaltstack(2). */
const SS_ONSTACK = 1
const SS_DISABLE = 2
const MINSIGSTKSZ = 2048

const sigaltstack = ({ memory, system }: Caller, stack: GuestAddr, old: GuestAddr): number => {
  const before = system.altStack
  const state = before === undefined ? SS_DISABLE : system.isOnAltStack ? SS_ONSTACK : 0
  if (stack !== 0) {
    if (!inside(memory, stack, STACK.size)) return -ERRNO.EFAULT
    // "EPERM An attempt was made to change the alternate signal stack while it was active."
    if (state === SS_ONSTACK) return -ERRNO.EPERM
    const mode = memory.u32(stack + STACK.flags)
    if (mode !== 0 && mode !== SS_DISABLE && mode !== SS_ONSTACK) return -ERRNO.EINVAL
    const room = memory.u32(stack + STACK.bytes)
    if (mode !== SS_DISABLE && room < MINSIGSTKSZ) return -ERRNO.ENOMEM
    system.altStack = mode === SS_DISABLE ? undefined : { base: memory.u32(stack + STACK.sp), size: room }
  }
  if (old === 0) return 0
  if (!inside(memory, old, STACK.size)) return -ERRNO.EFAULT
  memory.setU32(old + STACK.sp, before?.base ?? 0)
  memory.setU32(old + STACK.flags, state)
  memory.setU32(old + STACK.bytes, before?.size ?? 0)
  return 0
}

const ITIMER_REAL = 0

/** "The number of seconds remaining until any previously scheduled alarm was due": rounded, and never 0 for one that was. */
const alarm = ({ system }: Caller, seconds: number): number => {
  const before = system.itimer(ITIMER_REAL, { value: seconds * 1e9, interval: 0 })
  const left = before?.value ?? 0
  return left === 0 ? 0 : Math.max(1, Math.round(left / 1e9))
}

const setitimer = (caller: Caller, which: number, value: GuestAddr, old: GuestAddr): number => {
  const { memory, system } = caller
  if (which > 2) return -ERRNO.EINVAL
  let to = { value: 0, interval: 0 }
  if (value !== 0) {
    if (!inside(memory, value, ITIMERVAL.size)) return -ERRNO.EFAULT
    const given = readItimerval(memory, value)
    if (given === undefined) return -ERRNO.EINVAL
    to = given
  }
  const before = system.itimer(which, to) ?? { value: 0, interval: 0 }
  if (old === 0) return 0
  if (!inside(memory, old, ITIMERVAL.size)) return -ERRNO.EFAULT
  writeItimerval(memory, old, before)
  return 0
}

/** What the calls do, by name. */
export const signalHandlers = {
  kill: ({ system }, who, signo) => system.kill(who, signo),
  tkill: ({ system }, tid, signo) => (tid <= 0 ? -ERRNO.EINVAL : system.tgkill(-1, tid, signo)),
  tgkill: ({ system }, tgid, tid, signo) => (tid <= 0 || tgid <= 0 ? -ERRNO.EINVAL : system.tgkill(tgid, tid, signo)),
  rt_sigaction: sigaction,
  rt_sigprocmask: sigprocmask,
  rt_sigpending: sigpending,
  rt_sigtimedwait: sigtimedwait,
  rt_sigsuspend: sigsuspend,
  rt_sigqueueinfo: sigqueueinfo,
  sigaltstack,
  pause: ({ system }) => system.sigsuspend(system.mask),
  alarm,
  setitimer,
  restart_syscall: () => -ERRNO.EINTR,
} satisfies Partial<LinuxHandlers>
