import { ERRNO } from '../abi/errno.ts'
import { ARCH_PREVIEW1, PTRACE_SYSCALL_INFO } from '../abi/ptrace.ts'
import { SIGNAL } from '../abi/signal.ts'
import type { GuestMemory } from '../kernel/memory.ts'
import { kernelSignal, type Siginfo } from '../kernel/siginfo.ts'
import type { Task } from '../kernel/task.ts'

/** sizeof(struct ptrace_syscall_info): include/uapi/linux/ptrace.h of Linux 6.16 on. */
export const SYSCALL_INFO_BYTES = 88
const ENTRY_BYTES = 80
const EXIT_BYTES = 33
const HEAD_BYTES = 24

/** Bytes of the 32-bit siginfo_t (abi.md). */
export const SIGINFO_BYTES = 128

/**
 * The op "comes from the siginfo code": without TRACESYSGOOD a syscall stop looks like any SIGTRAP, and the answer
 * is NONE (stops.md, 1).
 */
const op = (task: Task): number => {
  const kind = task.tracing?.stop?.kind
  if (task.tracing?.stopCode !== (SIGNAL.SIGTRAP | 0x80)) return PTRACE_SYSCALL_INFO.PTRACE_SYSCALL_INFO_NONE
  if (kind === 'syscall-entry') return PTRACE_SYSCALL_INFO.PTRACE_SYSCALL_INFO_ENTRY
  if (kind === 'syscall-exit') return PTRACE_SYSCALL_INFO.PTRACE_SYSCALL_INFO_EXIT
  return PTRACE_SYSCALL_INFO.PTRACE_SYSCALL_INFO_NONE
}

/** A preview1 errno is the result itself; the `linux` table has −errno. */
const isError = (task: Task): boolean =>
  task.regs.arch === ARCH_PREVIEW1 ? task.regs.ret !== 0 : task.regs.ret < 0 && task.regs.ret >= -4095

const infoBytes = (task: Task): { bytes: Uint8Array; length: number } => {
  const bytes = new Uint8Array(SYSCALL_INFO_BYTES)
  const view = new DataView(bytes.buffer)
  const what = op(task)
  view.setUint8(0, what)
  view.setUint32(4, task.regs.arch, true)
  view.setBigUint64(16, BigInt(task.vcpu?.stackPointer() ?? 0), true)
  if (what === PTRACE_SYSCALL_INFO.PTRACE_SYSCALL_INFO_ENTRY) {
    view.setBigUint64(24, BigInt.asUintN(64, BigInt(task.regs.nr)), true)
    // The structure has room for six arguments: path_open's last three are in the registers only.
    for (let i = 0; i < 12; i++) view.setInt32(32 + 4 * i, task.regs.halves[i] as number, true)
    return { bytes, length: ENTRY_BYTES }
  }
  if (what === PTRACE_SYSCALL_INFO.PTRACE_SYSCALL_INFO_EXIT) {
    view.setBigInt64(24, BigInt(task.regs.ret), true)
    view.setUint8(32, isError(task) ? 1 : 0)
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
    case PTRACE_SYSCALL_INFO.PTRACE_SYSCALL_INFO_ENTRY: {
      const nr = view.getBigInt64(24, true)
      if (BigInt.asIntN(32, nr) !== nr) return -ERRNO.ERANGE
      regs.nr = Number(nr)
      // "If the syscall number is changed to −1, the arguments are left as they are": kernel/ptrace.c
      if (regs.nr !== -1) for (let i = 0; i < 12; i++) regs.halves[i] = view.getInt32(32 + 4 * i, true)
      return 0
    }
    case PTRACE_SYSCALL_INFO.PTRACE_SYSCALL_INFO_EXIT: {
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
  const stop = task.tracing?.stop
  switch (stop?.kind) {
    case 'signal':
      return stop.info
    case 'syscall-entry':
    case 'syscall-exit':
      return {
        ...kernelSignal(SIGNAL.SIGTRAP),
        code: task.tracing?.stopCode ?? SIGNAL.SIGTRAP,
        pid: task.pid,
      }
    case 'event':
      return { ...kernelSignal(SIGNAL.SIGTRAP), code: SIGNAL.SIGTRAP | (stop.event << 8), pid: task.pid }
    case 'trap':
      return { ...kernelSignal(stop.signo), code: stop.signo | (128 << 8), pid: task.pid }
    default:
      return undefined
  }
}

/** PTRACE_GETSIGINFO. */
export const getsiginfo = (tracer: GuestMemory, tracee: Task, data: number): number => {
  const info = stopInfo(tracee)
  if (info === undefined) return -ERRNO.EINVAL
  const bytes = new Uint8Array(SIGINFO_BYTES)
  const view = new DataView(bytes.buffer)
  view.setInt32(0, info.signo, true)
  view.setInt32(8, info.code, true)
  view.setInt32(12, info.pid, true)
  view.setInt32(20, info.value, true)
  return data !== 0 && tracer.write(data, bytes) ? 0 : -ERRNO.EFAULT
}
