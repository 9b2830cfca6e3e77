import { ERRNO } from '../abi/errno.ts'
import { PTRACE } from '../abi/ptrace.ts'
import type { GuestMemory } from '../kernel/memory.ts'

/** struct ptrace_multi {long request; long addr; void *localaddr; long length;}, with words of 4 bytes. */
export const MULTI_BYTES = 16
/** As many as a vector of iovec may have (UIO_MAXIOV). */
const MOST = 1024

const WORDS: ReadonlySet<number> = new Set([
  PTRACE.PTRACE_PEEKTEXT, PTRACE.PTRACE_PEEKDATA, PTRACE.PTRACE_PEEKUSER,
  PTRACE.PTRACE_POKETEXT, PTRACE.PTRACE_POKEDATA, PTRACE.PTRACE_POKEUSER,
])
const POKES: ReadonlySet<number> = new Set([PTRACE.PTRACE_POKETEXT, PTRACE.PTRACE_POKEDATA, PTRACE.PTRACE_POKEUSER])

/** One request of a vector: as `ptrace(request, pid, addr, data)`, with the length that it has there. */
export type One = (request: number, addr: number, data: number, length: number) => number

/**
 * PTRACE_MULTI (Davoli): `addr` is a vector of `data` requests, made in order. PEEK and POKE move `length` words
 * (one, when it is 0) between the tracee's `addr` and `localaddr`; PEEKCHARDATA, POKECHARDATA and PEEKSTRINGDATA
 * move `length` bytes; every other request is made once, with `localaddr` as its data. "The first error ends the
 * vector": how many were made, or the error if none was.
 *
 * Unlike in the patch of 2006, whose loop also ended when a request had answered a number of bytes.
 */
export const multi = (tracer: GuestMemory, addr: number, count: number, one: One): number => {
  if (count < 0 || count > MOST) return -ERRNO.EINVAL
  if (addr === 0 || !tracer.has(addr, count * MULTI_BYTES)) return -ERRNO.EFAULT
  for (let i = 0; i < count; i++) {
    const at = addr + i * MULTI_BYTES
    const request = tracer.u32(at) | 0
    const error = element(tracer, request, tracer.u32(at + 4), tracer.u32(at + 8), tracer.u32(at + 12) | 0, one)
    if (error < 0) return i === 0 ? error : i
  }
  return count
}

const element = (tracer: GuestMemory, request: number, addr: number, local: number, length: number, one: One): number => {
  if (request === PTRACE.PTRACE_MULTI) return -ERRNO.EIO
  if (!WORDS.has(request)) return one(request, addr, local, Math.max(0, length))
  // `length` is a long: a negative one is as good as none, like 0.
  const words = Math.max(1, length)
  if (local === 0 || !tracer.has(local, words * 4)) return -ERRNO.EFAULT
  for (let k = 0; k < words; k++) {
    const result = one(request, addr + 4 * k, POKES.has(request) ? tracer.u32(local + 4 * k) : local + 4 * k, 1)
    if (result < 0) return result
  }
  return 0
}
