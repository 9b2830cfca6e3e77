import { ERRNO } from '../abi/errno.ts'
import { SECCOMP_FILTER_FLAG, SECCOMP_MODE } from '../abi/seccomp.ts'
import type { GuestMemory } from '../kernel/memory.ts'
import type { Task } from '../kernel/task.ts'
import { nthFilter } from '../seccomp/filter.ts'
import { encodeProgram } from '../seccomp/instruction.ts'

/** What a tracer sees of its tracee's seccomp filters: kernel/seccomp.c */

/** "EACCES": who is under seccomp itself. EINVAL: the tracee has no filters. */
const mayLook = (tracer: Task, tracee: Task): number =>
  tracer.seccomp.mode !== SECCOMP_MODE.SECCOMP_MODE_DISABLED ? -ERRNO.EACCES
  : tracee.seccomp.mode !== SECCOMP_MODE.SECCOMP_MODE_FILTER ? -ERRNO.EINVAL : 0

/** PTRACE_SECCOMP_GET_FILTER: the `addr`-th filter's instructions, at `data` unless that is NULL. How many. */
export const getFilter = (tracer: Task, tracee: Task, addr: number, data: number): number => {
  const problem = mayLook(tracer, tracee)
  if (problem < 0) return problem
  const filter = nthFilter(tracee.seccomp.chain, addr)
  if (filter === undefined) return -ERRNO.ENOENT
  if (data !== 0 && !tracer.memory.write(data, encodeProgram(filter.program))) return -ERRNO.EFAULT
  return filter.program.length
}

/** struct seccomp_metadata {u64 filter_off; u64 flags}. */
const METADATA_BYTES = 16

/** PTRACE_SECCOMP_GET_METADATA: `addr` is the size of the structure at `data`. How much of it was filled. */
export const getMetadata = (tracer: Task, tracee: Task, addr: number, data: number): number => {
  const problem = mayLook(tracer, tracee)
  if (problem < 0) return problem
  const memory: GuestMemory = tracer.memory
  const size = Math.min(addr, METADATA_BYTES)
  if (size < 8) return -ERRNO.EINVAL
  if (data === 0 || !memory.has(data, size)) return -ERRNO.EFAULT
  const filter = nthFilter(tracee.seccomp.chain, Number(memory.u64(data)))
  if (filter === undefined) return -ERRNO.ENOENT
  const bytes = new Uint8Array(METADATA_BYTES)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, memory.u64(data), true)
  if (filter.logs) view.setBigUint64(8, BigInt(SECCOMP_FILTER_FLAG.SECCOMP_FILTER_FLAG_LOG), true)
  memory.write(data, bytes.subarray(0, size))
  return size
}
