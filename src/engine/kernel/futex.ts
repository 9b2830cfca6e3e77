import type { GuestAddr, GuestMemory } from './memory.ts'
import { WaitQueue } from './wait-queue.ts'

/** Who sleeps on a word of memory: futex(2). A waiter's own queue is what its call waits on. */
export interface FutexWaiter {
  /** Changes when the waiter is requeued. */
  addr: GuestAddr
  /** A wake reaches it if they have a bit in common. */
  readonly bitset: number
  readonly queue: WaitQueue
  state: 'waiting' | 'woken' | 'gone'
}

/** In the order in which they came, by the memory that they share. */
const waiting = new WeakMap<GuestMemory, FutexWaiter[]>()

/** Puts a new waiter at the end. */
export const addWaiter = (memory: GuestMemory, addr: GuestAddr, bitset: number): FutexWaiter => {
  const waiter: FutexWaiter = { addr, bitset, queue: new WaitQueue(), state: 'waiting' }
  const all = waiting.get(memory)
  if (all === undefined) waiting.set(memory, [waiter])
  else all.push(waiter)
  return waiter
}

/** Nobody wakes it any more: it has timed out, or a signal came. */
export const removeWaiter = (memory: GuestMemory, waiter: FutexWaiter): void => {
  if (waiter.state !== 'waiting') return
  waiter.state = 'gone'
  leave(memory, waiter)
}

const leave = (memory: GuestMemory, waiter: FutexWaiter): void => {
  const all = waiting.get(memory)
  if (all !== undefined) all.splice(all.indexOf(waiter), 1)
}

const wake = (memory: GuestMemory, waiter: FutexWaiter): void => {
  waiter.state = 'woken'
  leave(memory, waiter)
  waiter.queue.wakeAll()
}

const at = (memory: GuestMemory, addr: GuestAddr): readonly FutexWaiter[] =>
  (waiting.get(memory) ?? []).filter((waiter) => waiter.addr === addr)

/** Wakes those that came first. Returns how many; as on Linux a `most` below 1 still wakes one. */
export const wakeWaiters = (memory: GuestMemory, addr: GuestAddr, most: number, bitset: number): number => {
  let woken = 0
  for (const waiter of at(memory, addr)) {
    if ((waiter.bitset & bitset) === 0) continue
    wake(memory, waiter)
    woken++
    if (woken >= most) break
  }
  return woken
}

/** Wakes some and lets others wait at `to`. Returns how many it found; kernel/futex/requeue.c. */
export const requeueWaiters = (
  memory: GuestMemory, from: GuestAddr, most: number, to: GuestAddr, mostMoved: number,
): number => {
  let found = 0
  for (const waiter of at(memory, from)) {
    if (found - most >= mostMoved) break
    found++
    if (found <= most) wake(memory, waiter)
    else moveTo(memory, waiter, to)
  }
  return found
}

/** It queues up anew there, unless it is there already. */
const moveTo = (memory: GuestMemory, waiter: FutexWaiter, to: GuestAddr): void => {
  if (waiter.addr === to) return
  leave(memory, waiter)
  waiter.addr = to
  waiting.get(memory)?.push(waiter)
}
