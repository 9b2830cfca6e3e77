import { ERRNO } from '../abi/errno.ts'
import type { GuestMemory } from '../kernel/memory.ts'

/**
 * The three requests that move bytes (Davoli, LKML, 18 May 2006: "1-access_process_vm_user", "2-ptrace_multi"). Each
 * moves up to `length` bytes between the tracee's `addr` and the tracer's `local`, and answers how many.
 *
 * Unlike in the patch, which copies what is there and says nothing, a range that is not wholly inside the tracee's
 * memory is EIO, as for PEEK and POKE (abi.md); one that is not inside the tracer's is EFAULT.
 */
type MoveBytes = (tracer: GuestMemory, tracee: GuestMemory, addr: number, local: number, length: number) => number

const isOurs = (tracer: GuestMemory, local: number, length: number): boolean => local !== 0 && tracer.has(local, length)

/** PTRACE_PEEKCHARDATA: ptrace_readdata(). */
export const peekBytes: MoveBytes = (tracer, tracee, addr, local, length) => {
  if (length === 0) return 0
  const bytes = tracee.view(addr, length)
  if (bytes === undefined) return -ERRNO.EIO
  return isOurs(tracer, local, length) && tracer.write(local, bytes) ? length : -ERRNO.EFAULT
}

/** PTRACE_POKECHARDATA: ptrace_writedata(). */
export const pokeBytes: MoveBytes = (tracer, tracee, addr, local, length) => {
  if (length === 0) return 0
  if (!isOurs(tracer, local, length)) return -ERRNO.EFAULT
  return tracee.write(addr, tracer.view(local, length) as Uint8Array) ? length : -ERRNO.EIO
}

/**
 * PTRACE_PEEKSTRINGDATA: ptrace_readstringdata(), up to and with the NUL. "It check that data returned is a well formed
 * string (null-terminated)": without one in `length` bytes these are all copied; that memory ends first is EIO.
 */
export const peekString: MoveBytes = (tracer, tracee, addr, local, length) => {
  if (length === 0) return 0
  const rest = Math.max(0, tracee.size - addr)
  const bytes = tracee.view(addr, Math.min(length, rest)) ?? new Uint8Array(0)
  const end = bytes.indexOf(0)
  if (end < 0 && bytes.length < length) return -ERRNO.EIO
  return peekBytes(tracer, tracee, addr, local, end < 0 ? length : end + 1)
}
