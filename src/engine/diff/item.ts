import { rowFor } from '../decode/table.ts'
import { lowOf } from '../decode/word.ts'
import type { Capture } from '../trace/capture.ts'
import { EventKind, Flag, type Seq } from '../trace/format.ts'
import type { Trace, TraceEvent } from '../trace/trace.ts'

/**
 * What a task does, as a list of numbers: two items are the same if their numbers are. An item is a call, a
 * signal-delivery-stop, or the task's end; requests and stops of one call are no items of their own.
 */
export interface Items {
  /** The first event of each. */
  readonly seqs: Uint32Array
  /** Which call of which table, which signal: the same however it was made and ended. */
  readonly keys: Float64Array
  /** The same, with what it was given and what came of it. */
  readonly tokens: Float64Array
}

/** Two FNV-1a hashes side by side, 53 bits of them: of a million items two that differ are taken for equal once in ten thousand such diffs. */
class Hash {
  #a = 0x811c9dc5
  #b = 0x9e3779b9

  word(value: number): void {
    this.#a = Math.imul(this.#a ^ value, 0x01000193)
    this.#b = Math.imul((this.#b ^ value) + 0x7f4a7c15, 0x85ebca6b)
    this.#b ^= this.#b >>> 15
  }
  bytes(bytes: Uint8Array): void {
    this.word(bytes.length)
    for (const byte of bytes) this.word(byte)
  }
  get value(): number {
    return (this.#a >>> 0) * 2 ** 21 + (this.#b & 0x1fffff)
  }
}

/** Structures that hold addresses, which say nothing about what lies there: their contents are captured apart. */
const OF_ADDRESSES = new Set(['ciovec', 'iovec', 'pointers'])

/** Arguments and memory of a call, without addresses: another program has other ones. */
const hashMade = (hash: Hash, trace: Trace, event: TraceEvent): void => {
  const row = rowFor(event.arch, event.nr)
  const { words, captures } = trace.made(event)
  const unread = new Set<number>()
  words.forEach((word, i) => {
    const show = row?.args[i]?.show
    if (show?.kind === 'pointer') {
      if (OF_ADDRESSES.has(show.of) || show.struct?.of === 'iovec' || show.struct?.of === 'strings' || show.struct?.of === 'sigaction') unread.add(lowOf(word))
      return
    }
    if (show !== undefined && show.kind === 'u32' && show.word === 'address') return
    if (row !== undefined && row.args[i] === undefined) return
    hash.word(lowOf(word))
    hash.word(Number(BigInt.asIntN(32, BigInt(word) >> 32n)))
  })
  hashCaptures(hash, captures, unread)
}

const hashCaptures = (hash: Hash, captures: readonly Capture[], unread: ReadonlySet<number>): void => {
  for (const { addr, length, bytes } of captures) {
    if (unread.has(addr)) continue
    hash.word(length)
    hash.bytes(bytes)
  }
}

const NOTHING: ReadonlySet<number> = new Set()

const tokenOf = (trace: Trace, event: TraceEvent, key: number): number => {
  const hash = new Hash()
  hash.word(key)
  switch (event.kind) {
    case EventKind.death:
      hash.word(event.status)
      break
    case EventKind.signal:
      hash.word(trace.siginfo(event.seq).code)
      break
    default: {
      hashMade(hash, trace, event)
      const outcome = event.kind === EventKind.entry ? trace.outcome(event.seq) : event
      if (outcome === undefined) break
      hash.word(outcome.ret)
      hash.word(outcome.flags & (Flag.skipped | Flag.error))
      // An untraced call has in one list what it found and what it wrote.
      if ('captures' in outcome) hashCaptures(hash, outcome.captures, NOTHING)
    }
  }
  return hash.value
}

const isItem = (kind: number, link: number): boolean =>
  kind === EventKind.entry || kind === EventKind.call || kind === EventKind.signal || kind === EventKind.death ||
  (kind === EventKind.exit && link === 0)

/** An exit whose entry was not shown is a call as well. */
const familyOf = (kind: number): number => (kind === EventKind.signal ? 1 : kind === EventKind.death ? 2 : 0)

/** The items of each task, by its pid. */
export const itemsOf = (trace: Trace): ReadonlyMap<number, readonly Seq[]> => {
  const { kind, pid, link } = trace.events.columns
  const items = new Map<number, Seq[]>()
  for (let i = 0; i < trace.length; i++) {
    if (!isItem(kind[i] as number, link[i] as number)) continue
    const list = items.get(pid[i] as number)
    if (list === undefined) items.set(pid[i] as number, [i + 1])
    else list.push(i + 1)
  }
  return items
}

/** Puts items into numbers. */
export const readItems = (trace: Trace, seqs: readonly Seq[]): Items => {
  const keys = new Float64Array(seqs.length)
  const tokens = new Float64Array(seqs.length)
  seqs.forEach((seq, i) => {
    const event = trace.event(seq) as TraceEvent
    const key = familyOf(event.kind) * 2 ** 40 + event.arch * 2 ** 34 + (event.nr >>> 0)
    keys[i] = key
    const hash = tokenOf(trace, event, key)
    tokens[i] = hash
  })
  return { seqs: Uint32Array.from(seqs), keys, tokens }
}
