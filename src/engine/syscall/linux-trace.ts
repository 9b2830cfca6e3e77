import { ERRNO } from '../abi/errno.ts'
import type { GuestAddr, GuestMemory } from '../kernel/memory.ts'
import type { LinuxHandlers } from './linux.ts'
import { inside } from './linux-arg.ts'
import { seccomp } from './linux-seccomp.ts'
import type { Caller } from './row.ts'

/** Tracing: ptrace(2), process_vm_readv(2), seccomp(2). All answer −errno. */

interface Piece {
  readonly addr: GuestAddr
  readonly length: number
}

/** UIO_MAXIOV */
const MOST_PIECES = 1024

const readPieces = (memory: GuestMemory, at: GuestAddr, count: number): readonly Piece[] | number => {
  if (count > MOST_PIECES) return -ERRNO.EINVAL
  if (count > 0 && !inside(memory, at, 8 * count)) return -ERRNO.EFAULT
  return Array.from({ length: count }, (_, i) => ({ addr: memory.u32(at + 8 * i), length: memory.u32(at + 8 * i + 4) }))
}

/**
 * "These system calls transfer data between the address space of the calling process and the process identified by pid";
 * partly where a part of the remote side is not there, and EFAULT if that is the first byte.
 */
const transfer = (caller: Caller, who: number, lvec: GuestAddr, liovcnt: number, rvec: GuestAddr, riovcnt: number, how: number, writes: boolean): number => {
  const { memory, system } = caller
  if (how !== 0) return -ERRNO.EINVAL
  const local = readPieces(memory, lvec, liovcnt)
  if (typeof local === 'number') return local
  const remote = readPieces(memory, rvec, riovcnt)
  if (typeof remote === 'number') return remote
  const other = system.memoryOf(who)
  if (typeof other === 'number') return other
  if (local.some(({ addr, length }) => length > 0 && !inside(memory, addr, length))) return -ERRNO.EFAULT
  let done = 0
  let piece = 0
  let used = 0
  for (const { addr, length } of remote) {
    for (let at = 0; at < length; ) {
      while (piece < local.length && used === (local[piece] as Piece).length) {
        piece++
        used = 0
      }
      const mine = local[piece]
      if (mine === undefined) return done
      const step = Math.min(length - at, mine.length - used)
      if (!inside(other, addr + at, step)) return done > 0 ? done : -ERRNO.EFAULT
      if (writes) {
        const was = other.read(addr + at, step) as Uint8Array
        const is = memory.read(mine.addr + used, step) as Uint8Array
        other.write(addr + at, is)
        system.wroteTo(who, addr + at, was, is)
      } else memory.write(mine.addr + used, other.read(addr + at, step) as Uint8Array)
      at += step
      used += step
      done += step
    }
  }
  return done
}

/** What the calls do, by name. */
export const traceHandlers = {
  ptrace: ({ system }, request, who, addr, data) => system.ptrace(request, who, addr, data),
  process_vm_readv: (caller, who, lvec, lcount, rvec, rcount, how) => transfer(caller, who, lvec, lcount, rvec, rcount, how, false),
  process_vm_writev: (caller, who, lvec, lcount, rvec, rcount, how) => transfer(caller, who, lvec, lcount, rvec, rcount, how, true),
  seccomp,
} satisfies Partial<LinuxHandlers>
