import { ERRNO } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import { CLOCKID, EVENT, EVENTRWFLAG, EVENTTYPE, RIGHT, SUBCLOCKFLAG, SUBSCRIPTION } from '../abi/wasi.ts'
import type { SubscriptionLayout } from '../abi/wasi.ts'
import type { Clock, Nanoseconds } from '../kernel/clock.ts'
import type { Fd } from '../kernel/descriptors.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import type { Readiness } from '../kernel/stream.ts'
import type { WaitQueue } from '../kernel/wait-queue.ts'
import type { Caller, CallResult } from './row.ts'

/** poll(2), EINVAL: "The nfds value exceeds the RLIMIT_NOFILE value"; here every fd may come twice. */
const SUBSCRIPTIONS_MAX = 4096

type Subscription =
  | { readonly type: typeof EVENTTYPE.CLOCK; readonly userdata: bigint; readonly deadline: Nanoseconds }
  | { readonly type: typeof EVENTTYPE.FD_READ | typeof EVENTTYPE.FD_WRITE; readonly userdata: bigint; readonly fd: Fd }

interface Event {
  readonly userdata: bigint
  readonly type: number
  readonly error: Errno
  readonly readiness: Readiness
}

const HAPPENED: Readiness = { ready: true, bytes: 0, hangup: false }

/**
 * Waits until at least one of the subscribed events has happened, and writes all that have. Timeouts that are relative
 * count from the first look: an interrupted sleep is restarted with what is left.
 */
export const pollOneoff = (
  caller: Caller, subscriptions: GuestAddr, events: GuestAddr, count: number, nevents: GuestAddr,
  layout: SubscriptionLayout = SUBSCRIPTION,
): CallResult => {
  if (count === 0 || count > SUBSCRIPTIONS_MAX) return ERRNO.EINVAL
  const { memory } = caller
  if (!memory.has(subscriptions, count * layout.size)) return ERRNO.EFAULT
  if (!memory.has(events, count * EVENT.size) || !memory.has(nevents, 4)) return ERRNO.EFAULT
  const list: Subscription[] = []
  for (let i = 0; i < count; i++) {
    const subscription = readSubscription(caller, subscriptions + i * layout.size, layout)
    if (typeof subscription === 'number') return subscription
    list.push(subscription)
  }
  return look(caller, list, events, nevents)
}

const readSubscription = (caller: Caller, at: GuestAddr, layout: SubscriptionLayout): Subscription | Errno => {
  const { memory, clock } = caller
  const userdata = memory.u64(at + layout.userdata)
  const type = memory.u8(at + layout.tag)
  if (type === EVENTTYPE.FD_READ || type === EVENTTYPE.FD_WRITE) {
    return { type, userdata, fd: memory.u32(at + layout.fd) }
  }
  if (type !== EVENTTYPE.CLOCK) return ERRNO.EINVAL
  const id = memory.u32(at + layout.clockId)
  const flags = memory.u16(at + layout.clockFlags)
  const timeout = memory.u64(at + layout.clockTimeout)
  if (id > CLOCKID.THREAD_CPUTIME_ID) return ERRNO.EINVAL
  // clock_nanosleep(2), ENOTSUP: "The kernel does not support sleeping against this clockid."
  if (id !== CLOCKID.REALTIME && id !== CLOCKID.MONOTONIC) return ERRNO.ENOTSUP
  if ((flags & ~SUBCLOCKFLAG.SUBSCRIPTION_CLOCK_ABSTIME) !== 0) return ERRNO.EINVAL
  const deadline = deadlineOf(clock, id, flags !== 0, timeout)
  return { type, userdata, deadline }
}

/** On the monotonic clock. What is too far for a number never comes. */
const deadlineOf = (clock: Clock, id: number, isAbsolute: boolean, timeout: bigint): Nanoseconds => {
  if (!isAbsolute) return clock.now() + Number(timeout)
  return id === CLOCKID.MONOTONIC ? Number(timeout) : clock.now() + Number(timeout - clock.realtime())
}

const look = (
  caller: Caller, list: readonly Subscription[], events: GuestAddr, nevents: GuestAddr,
): CallResult => {
  const happened = list.map((one) => check(caller, one)).filter((event) => event !== undefined)
  if (happened.length === 0) {
    const until = Math.min(...list.map((one) => (one.type === EVENTTYPE.CLOCK ? one.deadline : Infinity)))
    return {
      on: list.flatMap((one) => queueOf(caller, one)),
      ...(Number.isFinite(until) ? { until } : {}),
      restart: 'block',
      retry: () => look(caller, list, events, nevents),
    }
  }
  for (const [i, event] of happened.entries()) writeEvent(caller, events + i * EVENT.size, event)
  caller.memory.setU32(nevents, happened.length)
  return 0
}

const check = (caller: Caller, one: Subscription): Event | undefined => {
  const { type, userdata } = one
  if (one.type === EVENTTYPE.CLOCK) {
    if (caller.clock.now() < one.deadline) return undefined
    return { userdata, type, error: 0, readiness: HAPPENED }
  }
  const readiness = readinessOf(caller, one.fd, one.type)
  if (typeof readiness === 'number') return { userdata, type, error: readiness, readiness: HAPPENED }
  return readiness.ready ? { userdata, type, error: 0, readiness } : undefined
}

/** What is wrong with a descriptor is told in its event, as POLLNVAL is. */
const readinessOf = (caller: Caller, fd: Fd, type: number): Readiness | Errno => {
  const descriptor = caller.files.get(fd)
  if (descriptor === undefined) return ERRNO.EBADF
  const { file, rights } = descriptor
  const isRead = type === EVENTTYPE.FD_READ
  const needed = RIGHT.POLL_FD_READWRITE | (isRead ? RIGHT.FD_READ : RIGHT.FD_WRITE)
  if (file.kind === 'directory') return ERRNO.EISDIR
  if ((rights & needed) !== needed) return ERRNO.ENOTCAPABLE
  if (file.kind === 'stream') return isRead ? file.stream.readable() : file.stream.writable()
  // poll(2): regular files are always ready.
  const bytes = isRead ? Math.max(0, file.fs.sizeOf(file.ino) - file.offset) : 0
  return { ready: true, bytes, hangup: false }
}

const queueOf = (caller: Caller, one: Subscription): readonly WaitQueue[] => {
  const file = one.type === EVENTTYPE.CLOCK ? undefined : caller.files.get(one.fd)?.file
  return file?.kind === 'stream' ? [file.stream.changed] : []
}

const writeEvent = (caller: Caller, at: GuestAddr, event: Event): void => {
  const bytes = new Uint8Array(EVENT.size)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(EVENT.userdata, event.userdata, true)
  view.setUint16(EVENT.error, event.error, true)
  view.setUint8(EVENT.type, event.type)
  view.setBigUint64(EVENT.nbytes, BigInt(event.readiness.bytes), true)
  view.setUint16(EVENT.flags, event.readiness.hangup ? EVENTRWFLAG.FD_READWRITE_HANGUP : 0, true)
  caller.memory.write(at, bytes)
}
