import { ERRNO } from '../abi/errno.ts'
import { UNBLOCKABLE } from '../kernel/disposition.ts'
import type { GuestMemory } from '../kernel/memory.ts'
import { siginfoBytes } from '../kernel/siginfo-bytes.ts'
import { SIGINFO_SIZE } from '../kernel/signal-frame.ts'
import type { Task } from '../kernel/task.ts'

/** What a tracer sees of its tracee's signals besides the one that stopped it. */

const SIGSET_BYTES = 8

/** PTRACE_GETSIGMASK: `addr` is the size of the set at `data`, "EINVAL" unless it is the kernel's. */
export const getsigmask = (tracer: GuestMemory, tracee: Task, addr: number, data: number): number => {
  if (addr !== SIGSET_BYTES) return -ERRNO.EINVAL
  if (data === 0 || !tracer.has(data, SIGSET_BYTES)) return -ERRNO.EFAULT
  // "if (test_tsk_restore_sigmask(child)) mask = &child->saved_sigmask": what sigsuspend put aside.
  tracer.setU64(data, tracee.savedMask ?? tracee.mask)
  return 0
}

/** PTRACE_SETSIGMASK: SIGKILL and SIGSTOP are dropped from it; what it unblocks is looked at when the tracee goes on. */
export const setsigmask = (tracer: GuestMemory, tracee: Task, addr: number, data: number): number => {
  if (addr !== SIGSET_BYTES) return -ERRNO.EINVAL
  if (data === 0 || !tracer.has(data, SIGSET_BYTES)) return -ERRNO.EFAULT
  tracee.mask = tracer.u64(data) & ~UNBLOCKABLE
  tracee.savedMask = undefined
  tracee.work = true
  return 0
}

/** struct ptrace_peeksiginfo_args {u64 off; u32 flags; s32 nr}. */
const ARGS_BYTES = 16
const PTRACE_PEEKSIGINFO_SHARED = 1

/** PTRACE_PEEKSIGINFO: copies pending signals, from the thread's queue or the process's. How many. */
export const peeksiginfo = (tracer: GuestMemory, tracee: Task, addr: number, data: number): number => {
  if (addr === 0 || !tracer.has(addr, ARGS_BYTES)) return -ERRNO.EFAULT
  const off = tracer.u64(addr)
  const flags = tracer.u32(addr + 8)
  const nr = tracer.u32(addr + 12) | 0
  if ((flags & ~PTRACE_PEEKSIGINFO_SHARED) !== 0 || nr < 0) return -ERRNO.EINVAL
  const queue = (flags & PTRACE_PEEKSIGINFO_SHARED) !== 0 ? tracee.process.pending : tracee.pending
  if (off >= BigInt(queue.length)) return 0
  const from = Number(off)
  const found = queue.slice(from, from + nr)
  for (const [i, info] of found.entries()) {
    const at = data + i * SIGINFO_SIZE
    if (data === 0 || !tracer.write(at, siginfoBytes(info))) return i > 0 ? i : -ERRNO.EFAULT
  }
  return found.length
}
