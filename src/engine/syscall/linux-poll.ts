import { ERRNO } from '../abi/errno.ts'
import { POLL, POLLFD } from '../abi/linux.ts'
import { FILETYPE, RIGHT } from '../abi/wasi.ts'
import type { Nanoseconds } from '../kernel/clock.ts'
import { FD_LIMIT } from '../kernel/descriptors.ts'
import type { Fd } from '../kernel/descriptors.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import { inside } from './linux-arg.ts'
import type { Caller, CallResult, Wait } from './row.ts'

/** poll(2). */

interface Polled {
  readonly fd: Fd
  readonly events: number
}

const READABLE = POLL.POLLIN | POLL.POLLRDNORM
const WRITABLE = POLL.POLLOUT | POLL.POLLWRNORM
/** "This bit is ignored in events" and set in revents whenever it is true. */
const ALWAYS = POLL.POLLERR | POLL.POLLHUP

const NANOSECONDS_PER_MILLISECOND = 1e6

/** @param timeout milliseconds; negative: for ever. The number of structures that have an event, or −errno. */
export const poll = (caller: Caller, fds: GuestAddr, nfds: number, timeout: number): CallResult => {
  // "EINVAL The nfds value exceeds the RLIMIT_NOFILE value."
  if (nfds > FD_LIMIT) return -ERRNO.EINVAL
  const { memory, clock } = caller
  if (nfds > 0 && !inside(memory, fds, nfds * POLLFD.size)) return -ERRNO.EFAULT
  const list = Array.from({ length: nfds }, (_, i): Polled => {
    const at = fds + i * POLLFD.size
    return { fd: memory.u32(at + POLLFD.fd) | 0, events: memory.u16(at + POLLFD.events) }
  })
  return look(caller, fds, list, timeout < 0 ? undefined : clock.now() + timeout * NANOSECONDS_PER_MILLISECOND)
}

const look = (caller: Caller, fds: GuestAddr, list: readonly Polled[], until: Nanoseconds | undefined): CallResult => {
  const found = list.map((one) => eventsOf(caller, one))
  const count = found.filter((revents) => revents !== 0).length
  const put = (): void => {
    for (const [i, revents] of found.entries()) caller.memory.setU16(fds + i * POLLFD.size + POLLFD.revents, revents)
  }
  if (count > 0 || (until !== undefined && caller.clock.now() >= until)) {
    put()
    return count
  }
  const wait: Wait = {
    on: [...new Set(list.flatMap(({ fd }) => queueOf(caller, fd)))],
    ...(until === undefined ? {} : { until }),
    // fs/select.c: poll never returns ERESTARTNOHAND, it goes on by restart_syscall to the same end.
    restart: 'block',
    retry: () => look(caller, fds, list, until),
    // do_sys_poll() copies the revents out before it looks what it returns.
    interrupted: () => {
      put()
      return undefined
    },
  }
  return wait
}

const queueOf = (caller: Caller, fd: Fd): readonly Wait['on'][number][] => {
  const file = caller.files.get(fd)?.file
  return file?.kind === 'stream' ? [file.stream.changed] : []
}

const eventsOf = (caller: Caller, { fd, events }: Polled): number => {
  // "If this field is negative, then the corresponding events field is ignored and the revents field returns zero."
  if (fd < 0) return 0
  const descriptor = caller.files.get(fd)
  if (descriptor === undefined) return POLL.POLLNVAL
  const { file, rights } = descriptor
  // What has no poll operation is always ready: DEFAULT_POLLMASK.
  if (file.kind !== 'stream') return events & (READABLE | WRITABLE)
  const { stream } = file
  let revents = 0
  if ((rights & RIGHT.FD_READ) !== 0) {
    const { bytes, hangup } = stream.readable()
    if (bytes > 0) revents |= READABLE
    // A hung-up terminal can be read, and is at its end; of a pipe POLLHUP alone says so.
    if (hangup) revents |= stream.filetype === FILETYPE.CHARACTER_DEVICE ? POLL.POLLHUP | READABLE : POLL.POLLHUP
  }
  if ((rights & RIGHT.FD_WRITE) !== 0) {
    const { ready, bytes, hangup } = stream.writable()
    // pipe_poll(): there may be room, though nobody reads it.
    if (ready && (!hangup || bytes > 0)) revents |= WRITABLE
    if (hangup) revents |= POLL.POLLERR
  }
  return revents & (events | ALWAYS)
}
