import { ERRNO } from '../abi/errno.ts'
import { PTRACE_EVENT, PTRACE_EVENTMSG_SYSCALL_ENTRY, PTRACE_EVENTMSG_SYSCALL_EXIT, PTRACE_SYSCALL_INFO } from '../abi/ptrace.ts'
import { SIGNAL } from '../abi/signal.ts'
import type { GuestMemory } from '../kernel/memory.ts'
import { SIGINFO_SIZE } from '../kernel/signal-frame.ts'
import { siginfoBytes, siginfoOf } from '../kernel/siginfo-bytes.ts'
import { kernelSignal, type Siginfo } from '../kernel/siginfo.ts'
import type { Task } from '../kernel/task.ts'
import { isFailure } from '../syscall/result.ts'
import type { Stop } from './stop.ts'

/** sizeof(struct ptrace_syscall_info): include/uapi/linux/ptrace.h of Linux 6.16 on. */
export const SYSCALL_INFO_BYTES = 88
const ENTRY_BYTES = 80
const SECCOMP_BYTES = 84
const EXIT_BYTES = 33
const HEAD_BYTES = 24

/** Bytes of the 32-bit siginfo_t (abi.md). */
const SIGINFO_BYTES = SIGINFO_SIZE

/**
 * The op "comes from the siginfo code", with the message: without TRACESYSGOOD a syscall stop looks like any SIGTRAP, and
 * PTRACE_SETSIGINFO can make NONE of it (stops.md, 1). kernel/ptrace.c: ptrace_get_syscall_info_op()
 */
const op = (task: Task): number => {
  switch (stopInfo(task)?.code) {
    case SIGNAL.SIGTRAP | 0x80:
      return task.tracing?.message === PTRACE_EVENTMSG_SYSCALL_ENTRY ? ENTRY : task.tracing?.message === PTRACE_EVENTMSG_SYSCALL_EXIT ? EXIT : NONE
    case SIGNAL.SIGTRAP | (PTRACE_EVENT.PTRACE_EVENT_SECCOMP << 8):
      return SECCOMP
    default:
      return NONE
  }
}
const { PTRACE_SYSCALL_INFO_NONE: NONE, PTRACE_SYSCALL_INFO_ENTRY: ENTRY, PTRACE_SYSCALL_INFO_EXIT: EXIT, PTRACE_SYSCALL_INFO_SECCOMP: SECCOMP } = PTRACE_SYSCALL_INFO

const infoBytes = (task: Task): { bytes: Uint8Array; length: number } => {
  const bytes = new Uint8Array(SYSCALL_INFO_BYTES)
  const view = new DataView(bytes.buffer)
  const what = op(task)
  view.setUint8(0, what)
  view.setUint32(4, task.regs.arch, true)
  view.setBigUint64(16, BigInt(task.vcpu?.stackPointer() ?? 0), true)
  if (what === ENTRY || what === SECCOMP) {
    view.setBigUint64(24, BigInt.asUintN(64, BigInt(task.regs.nr)), true)
    // The structure has room for six arguments: path_open's last three are in the registers only.
    for (let i = 0; i < 12; i++) view.setInt32(32 + 4 * i, task.regs.halves[i] as number, true)
    if (what === ENTRY) return { bytes, length: ENTRY_BYTES }
    view.setUint32(ENTRY_BYTES, task.tracing?.message ?? 0, true)
    return { bytes, length: SECCOMP_BYTES }
  }
  if (what === EXIT) {
    view.setBigInt64(24, BigInt(task.regs.ret), true)
    view.setUint8(32, isFailure(task.regs.arch, task.regs.ret) ? 1 : 0)
    return { bytes, length: EXIT_BYTES }
  }
  return { bytes, length: HEAD_BYTES }
}

/**
 * PTRACE_GET_SYSCALL_INFO: `addr` is the size of the buffer at `data`. "The return value contains the number of bytes
 * available to be written by the kernel"; a short buffer is filled as far as it goes.
 */
export const getSyscallInfo = (tracer: GuestMemory, tracee: Task, addr: number, data: number): number => {
  const { bytes, length } = infoBytes(tracee)
  const written = Math.min(addr >>> 0, length)
  if (written > 0 && (data === 0 || !tracer.write(data, bytes.subarray(0, written)))) return -ERRNO.EFAULT
  return length
}

/**
 * PTRACE_SET_SYSCALL_INFO (Linux 6.16): the same structure, whose op must be that of the stop; a short size, a set
 * reserved byte or flag is EINVAL; a number of −1 skips the call and takes no arguments.
 */
export const setSyscallInfo = (tracer: GuestMemory, tracee: Task, addr: number, data: number): number => {
  if (addr >>> 0 < SYSCALL_INFO_BYTES) return -ERRNO.EINVAL
  const bytes = data === 0 ? undefined : tracer.read(data, SYSCALL_INFO_BYTES)
  if (bytes === undefined) return -ERRNO.EFAULT
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const what = op(tracee)
  // "flags" and "reserved" of the head: room for later.
  if (view.getUint8(0) !== what || view.getUint8(1) !== 0 || view.getUint16(2, true) !== 0) return -ERRNO.EINVAL
  const { regs } = tracee
  switch (what) {
    // At PTRACE_EVENT_SECCOMP `ret_data` and the word after it are neither looked at nor used (stops.md, 13).
    case SECCOMP:
    case ENTRY: {
      const nr = view.getBigInt64(24, true)
      if (BigInt.asIntN(32, nr) !== nr) return -ERRNO.ERANGE
      regs.nr = Number(nr)
      // "If the syscall number is changed to −1, the arguments are left as they are": kernel/ptrace.c
      if (regs.nr !== -1) for (let i = 0; i < 12; i++) regs.halves[i] = view.getInt32(32 + 4 * i, true)
      return 0
    }
    case EXIT: {
      // "if (rval != info->exit.rval) return -ERANGE": a long has 32 bits here (abi.md).
      const rval = view.getBigInt64(24, true)
      if (BigInt.asIntN(32, rval) !== rval) return -ERRNO.ERANGE
      regs.ret = Number(rval)
      return 0
    }
    default:
      return -ERRNO.EINVAL
  }
}

/** The siginfo of the stop; undefined in a group-stop: "GETSIGINFO … fails with EINVAL". */
export const stopInfo = (task: Task): Siginfo | undefined => {
  const { tracing } = task
  return tracing?.info ?? ownInfo(task, tracing?.stop, tracing?.stopCode ?? 0)
}

const ownInfo = (task: Task, stop: Stop | undefined, stopCode: number): Siginfo | undefined => {
  switch (stop?.kind) {
    case 'signal':
      return stop.info
    case 'syscall-entry':
    case 'syscall-exit':
      return { ...kernelSignal(SIGNAL.SIGTRAP), code: stopCode, pid: task.pid }
    case 'event':
      return { ...kernelSignal(SIGNAL.SIGTRAP), code: SIGNAL.SIGTRAP | (stop.event << 8), pid: task.pid }
    case 'trap':
      return { ...kernelSignal(stop.signo), code: stop.signo | (PTRACE_EVENT.PTRACE_EVENT_STOP << 8), pid: task.pid }
    default:
      return undefined
  }
}

/** PTRACE_GETSIGINFO. */
export const getsiginfo = (tracer: GuestMemory, tracee: Task, data: number): number => {
  const info = stopInfo(tracee)
  if (info === undefined) return -ERRNO.EINVAL
  return data !== 0 && tracer.write(data, siginfoBytes(info)) ? 0 : -ERRNO.EFAULT
}

/** PTRACE_SETSIGINFO: "a copy of a siginfo_t structure from the tracer", whatever it says. */
export const setsiginfo = (tracer: GuestMemory, tracee: Task, data: number): number => {
  const bytes = data === 0 ? undefined : tracer.read(data, SIGINFO_BYTES)
  if (bytes === undefined) return -ERRNO.EFAULT
  if (tracee.tracing === undefined || stopInfo(tracee) === undefined) return -ERRNO.EINVAL
  tracee.tracing.info = siginfoOf(bytes)
  return 0
}
