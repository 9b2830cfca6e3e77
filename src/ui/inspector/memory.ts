/**
 * What a trace knows of a task's memory at an event: nothing but what was captured at stops and written by requests,
 * read backwards from there. Every byte knows who wrote it, if that was seen, and what it was before.
 */
import type { Capture } from '../../engine/trace/capture.ts'
import { EventKind, type Seq } from '../../engine/trace/format.ts'
import type { Trace } from '../../engine/trace/trace.ts'
import { PTRACE_EVENT } from '../../engine/abi/ptrace.ts'

/** Who put a byte there, as far as the trace tells: a call (the kernel), a tracer, or the guest's own code. */
export type Writer = 'call' | 'tracer' | 'guest'

/** One byte. */
export interface ByteFact {
  readonly value: number
  /** The latest event at which it was seen. */
  readonly seen: Seq
  /** The first event in a row at which it had this value. */
  readonly since: Seq
  /** Who wrote it; undefined: it was so when first seen. */
  readonly writer: Writer | undefined
  /** The event that wrote it; for the guest's own code, the one where the change was first seen. 0: unknown. */
  readonly wrote: Seq
  /** What it was before that, and the event at which it was last seen so; −1 and 0: unknown. */
  readonly was: number
  readonly wasSeen: Seq
}

const PAGE = 256
const WRITERS: readonly (Writer | undefined)[] = [undefined, 'call', 'tracer', 'guest']

interface Page {
  readonly value: Int16Array
  readonly was: Int16Array
  readonly seen: Uint32Array
  readonly since: Uint32Array
  readonly wrote: Uint32Array
  readonly wasSeen: Uint32Array
  readonly writer: Uint8Array
}

const makePage = (): Page => ({
  value: new Int16Array(PAGE).fill(-1), was: new Int16Array(PAGE).fill(-1), seen: new Uint32Array(PAGE),
  since: new Uint32Array(PAGE), wrote: new Uint32Array(PAGE), wasSeen: new Uint32Array(PAGE), writer: new Uint8Array(PAGE),
})

/** Bytes looked at, and events with captures visited, before the search in the past gives up. */
const MOST_BYTES = 8_000_000
const MOST_EVENTS = 50_000

/** The known bytes of one task at one place in the trace. */
export class TaskMemory {
  readonly #pages = new Map<number, Page>()
  /** How far back the trace was read; 1, or the task's birth or exec, if all of it was. */
  oldest: Seq = 0
  /** False when the past was longer than what is read. */
  complete = true

  /** Takes bytes that were seen, or written, at an event. Called from the latest to the oldest. */
  add(addr: number, bytes: Uint8Array, seq: Seq, writer: 'call' | 'tracer' | undefined): void {
    const code = WRITERS.indexOf(writer)
    for (let i = 0; i < bytes.length; i++) {
      const at = addr + i
      const page = this.#page(at - (at % PAGE))
      this.#learn(page, at % PAGE, bytes[i] as number, seq, code)
    }
  }

  #learn(page: Page, i: number, value: number, seq: Seq, writer: number): void {
    if (page.value[i] === -1) {
      page.value[i] = value
      page.seen[i] = seq
      page.since[i] = seq
    } else if (page.was[i] !== -1) {
      return
    } else if (page.wrote[i] !== 0) {
      page.was[i] = value
      page.wasSeen[i] = seq
      return
    } else if (page.value[i] !== value) {
      // No write in between was recorded: the guest's own stores are not events.
      page.writer[i] = WRITERS.indexOf('guest')
      page.wrote[i] = page.since[i] as number
      page.was[i] = value
      page.wasSeen[i] = seq
      return
    } else {
      page.since[i] = seq
    }
    if (writer !== 0) {
      page.writer[i] = writer
      page.wrote[i] = seq
    }
  }

  #page(base: number): Page {
    let page = this.#pages.get(base)
    if (page === undefined) this.#pages.set(base, page = makePage())
    return page
  }

  /** The byte at an address, or undefined if the trace never saw it. */
  at(addr: number): ByteFact | undefined {
    const page = this.#pages.get(addr - (addr % PAGE))
    const i = addr % PAGE
    if (page === undefined || page.value[i] === -1) return undefined
    return {
      value: page.value[i] as number, seen: page.seen[i] as number, since: page.since[i] as number,
      writer: WRITERS[page.writer[i] as number], wrote: page.wrote[i] as number,
      was: page.was[i] as number, wasSeen: page.wasSeen[i] as number,
    }
  }

  /** Addresses, each a multiple of 16, of the rows in which any byte is known; in order. */
  rows(): number[] {
    const rows: number[] = []
    for (const base of [...this.#pages.keys()].sort((a, b) => a - b)) {
      const { value } = this.#pages.get(base) as Page
      for (let i = 0; i < PAGE; i += 16) if (value.subarray(i, i + 16).some((byte) => byte !== -1)) rows.push(base + i)
    }
    return rows
  }

  /** Where the bytes occur in what is known: up to `most` addresses, in order. */
  find(needle: Uint8Array, most = 1000): number[] {
    const found: number[] = []
    const [first] = needle
    if (first === undefined) return found
    for (const base of [...this.#pages.keys()].sort((a, b) => a - b)) {
      const { value } = this.#pages.get(base) as Page
      for (let i = value.indexOf(first); i !== -1 && found.length < most; i = value.indexOf(first, i + 1)) {
        if (needle.every((byte, k) => this.#value(base + i + k) === byte)) found.push(base + i)
      }
    }
    return found
  }

  #value(addr: number): number {
    return this.#pages.get(addr - (addr % PAGE))?.value[addr % PAGE] ?? -1
  }
}

/** When memory is looked at: as an event found it, or after everything that the call of an entry did. */
export type Moment = 'stop' | 'after'

/** Bytes at an address. */
export interface Piece {
  readonly addr: number
  readonly bytes: Uint8Array
}

/** The last event whose effect belongs to the moment. */
export const endOf = (trace: Trace, seq: Seq, moment: Moment): Seq => {
  const event = trace.event(seq)
  if (moment === 'stop' || event?.kind !== EventKind.entry) return seq
  const outcome = trace.outcome(seq)
  if (outcome === undefined) return seq
  if (outcome.exit > 0) return outcome.exit
  const c = trace.events.columns
  let end = seq
  for (let i = seq; i < trace.length && !(c.pid[i] === event.pid && c.kind[i] !== EventKind.request); i++) {
    if (c.pid[i] === event.pid && c.link[i] === seq) end = i + 1
  }
  return end
}

/**
 * A task's memory at an event, as far as the trace knows it.
 * @param mostEvents events with captures that are read, the latest first
 * @param seen bytes as they were then, from the guest made again
 */
export const taskMemory = (trace: Trace, pid: number, seq: Seq, moment: Moment, mostEvents = MOST_EVENTS, seen: readonly Piece[] = []): TaskMemory => {
  const memory = new TaskMemory()
  const c = trace.events.columns
  const end = endOf(trace, seq, moment)
  for (const { addr, bytes } of seen) memory.add(addr, bytes, end, undefined)
  let task = pid
  /** Pokes of the stop that is still to come, latest first. */
  let pokes: Seq[] = []
  let bytes = 0
  let events = 0
  /** A later stop of the task was seen: what came before it is over. */
  let resumed = false
  const add = (captures: readonly Capture[], at: Seq, echo: boolean): void => {
    for (const capture of captures) {
      bytes += capture.bytes.length
      const wrote = capture.origin === 'call' || (capture.origin === 'tracer' && !echo)
      memory.add(capture.addr, capture.bytes, at, wrote ? (capture.origin as 'call' | 'tracer') : undefined)
    }
  }
  const addPokes = (): void => {
    for (const at of pokes) {
      add(trace.captures(at), at, false)
      const poked = trace.request(at).poked
      if (poked !== undefined) memory.add(poked.addr, poked.was, at, undefined)
    }
    pokes = []
  }
  for (let i = end - 1; i >= 0; i--) {
    if (c.pid[i] !== task) continue
    memory.oldest = i + 1
    if (events > mostEvents || bytes > MOST_BYTES) {
      memory.complete = false
      break
    }
    switch (c.kind[i]) {
      case EventKind.request:
        pokes.push(i + 1)
        continue
      case EventKind.entry: {
        const outcome = trace.outcome(i + 1)
        // What a tracer poked is recorded by its request; the outcome only repeats it.
        if (outcome?.exit === 0 && (resumed || (i + 1 === seq && moment === 'after'))) add(outcome.captures, i + 1, true)
        resumed = true
        addPokes()
        add(trace.captures(i + 1), i + 1, true)
        events++
        continue
      }
      case EventKind.exit:
      case EventKind.call:
        resumed = true
        addPokes()
        add(trace.captures(i + 1), i + 1, true)
        events++
        continue
      case EventKind.birth: {
        addPokes()
        // A forked child begins with a copy of its parent's memory; a script, which spawns, has none.
        const parent = trace.birthOf(task, i + 1)?.parent ?? 0
        if (parent === 0) return memory
        task = parent
        continue
      }
      case EventKind.event:
        resumed = true
        addPokes()
        if (c.nr[i] === PTRACE_EVENT.PTRACE_EVENT_EXEC) return memory
        continue
      default:
        resumed = true
        addPokes()
    }
  }
  addPokes()
  return memory
}

/** The events whose writes count as "by this step": the whole call of an entry or exit, or the event alone. */
export const stepOf = (trace: Trace, seq: Seq): { readonly from: Seq; readonly to: Seq } => {
  const event = trace.event(seq)
  if (event?.kind === EventKind.exit && event.link > 0) return { from: event.link, to: seq }
  if (event?.kind === EventKind.request && event.link > 0) return { from: event.link, to: seq }
  return { from: seq, to: endOf(trace, seq, 'after') }
}

/** `68 65 6c`, `68656c`, `0x68656c` as bytes; anything else, or what is in quotes, as UTF-8 text. */
export const searchBytes = (text: string): Uint8Array => {
  const quoted = /^"(.*)"$/s.exec(text.trim())
  const hex = text.trim().replace(/^0x/i, '').replaceAll(' ', '')
  if (quoted === null && /^([0-9a-f]{2})+$/i.test(hex)) return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))
  return new TextEncoder().encode(quoted?.[1] ?? text)
}
