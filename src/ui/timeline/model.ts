import { PTRACE_EVENT } from '../../engine/abi/ptrace.ts'
import { ArchCode, EventKind, Flag, type Seq } from '../../engine/trace/format.ts'
import type { Birth, Trace } from '../../engine/trace/trace.ts'
import { bytes, lowerBound, words } from './growing.ts'
import { eventMark, isResume, Mark, requestMark, takesTags } from './mark.ts'
import { Bit, NO_CLASS } from './mip.ts'
import { Known, Spans } from './spans.ts'
import { inFamilyOrder, makeTrack, type Track } from './track.ts'
import type { Vocabulary } from './vocabulary.ts'

/**
 * What the timeline draws, derived from a trace that grows: a track per task, its calls as spans, a mark per
 * event. `sync` looks at new rows only; a change of an old call (its outcome has become known) touches that
 * call and the summaries above it.
 */
export class Model {
  readonly trace: Trace
  readonly vocabulary: Vocabulary
  readonly spans = new Spans()
  /** By seq − 1: its Mark. */
  readonly marks = bytes(1024)
  /** By seq − 1: the index of the track on which it is drawn. */
  readonly trackOf = words(1024)
  /** By seq − 1: 1 + the call that it belongs to (of a request: the call of the stop that it answers), or 0. */
  readonly spanOf = words(1024)
  #tracks: Track[] = []
  #order: readonly Track[] = []
  #byPid = new Map<number, Track>()
  #forks = new Map<number, Seq>()
  #classes = new Map<number, number>()
  #seen = { events: 0, outcomes: 0, births: 0 }

  constructor(trace: Trace, vocabulary: Vocabulary) {
    this.trace = trace
    this.vocabulary = vocabulary
  }

  /** The number of events that have been taken in. */
  get length(): number {
    return this.#seen.events
  }
  /** Tracers first, then tasks below their parents. The same array until another task is born. */
  get tracks(): readonly Track[] {
    if (this.#order.length !== this.#tracks.length) this.#order = inFamilyOrder(this.#tracks)
    return this.#order
  }
  /** The track on which an event is drawn. */
  track(seq: Seq): Track | undefined {
    return seq >= 1 && seq <= this.length ? this.#tracks[this.trackOf.values[seq - 1] as number] : undefined
  }
  /** The track of a task as it is now. */
  trackOfPid(pid: number): Track | undefined {
    return this.#byPid.get(pid)
  }
  mark(seq: Seq): Mark {
    return seq >= 1 && seq <= this.length ? (this.marks.values[seq - 1] as Mark) : Mark.none
  }
  /** The call that an event belongs to, or −1. */
  span(seq: Seq): number {
    return seq >= 1 && seq <= this.length ? (this.spanOf.values[seq - 1] as number) - 1 : -1
  }
  /** The name of a span's call. */
  spanName(span: number): string {
    const { arch, nr } = this.trace.events.columns
    const i = this.spans.anchor(span) - 1
    return this.vocabulary.callName(arch[i] ?? 0, nr[i] ?? 0)
  }
  /** The errno of a span's result as it is drawn, '' where there is none. */
  spanError(span: number): string {
    if (!this.spans.is(span, Known.error)) return ''
    const arch = this.trace.events.columns.arch[this.spans.anchor(span) - 1] ?? 0
    return this.vocabulary.errorName(arch, this.spans.result(span))
  }

  /** Takes in what the trace has got since; answers whether that was anything. */
  sync(): boolean {
    const { events, outcomes } = this.trace
    const before = this.#seen
    const now = { events: events.length, outcomes: outcomes.length }
    for (let i = before.events; i < now.events; i++) this.#take(i)
    this.#seen = { ...this.#seen, ...now }
    for (let i = before.outcomes; i < now.outcomes; i++) this.#takeOutcome(i)
    return now.events > before.events || now.outcomes > before.outcomes
  }

  /** Asked for every call; the tables answer once. */
  #classOf(arch: number, nr: number): number {
    const key = nr * 4 + arch
    let cls = this.#classes.get(key)
    if (cls === undefined) {
      cls = this.vocabulary.callClass(arch, nr)
      this.#classes.set(key, cls)
    }
    return cls
  }

  /** The birth at `seq`: they come in the order of the trace's own list. */
  #birth(seq: Seq): Birth | undefined {
    const { births } = this.trace
    while (this.#seen.births < births.length && (births[this.#seen.births] as Birth).seq < seq) this.#seen.births++
    const birth = births[this.#seen.births]
    return birth?.seq === seq ? birth : undefined
  }

  #born(seq: Seq, pid: number, flags = 0): Track {
    const birth = this.#birth(seq)
    const parent = birth === undefined ? undefined : this.#byPid.get(birth.parent)
    const track = makeTrack({
      index: this.#tracks.length,
      pid,
      name: birth?.name ?? '',
      isThread: (flags & Flag.thread) !== 0,
      parent: parent?.isTracer === true ? undefined : parent,
      // In a log of a real program the first task is traced like any other.
      isTracer: birth?.parent === 0 && this.trace.events.columns.arch[seq - 1] !== ArchCode.foreign,
      birth: seq,
    })
    track.forked = this.#forks.get(pid) ?? seq
    this.#tracks.push(track)
    this.#byPid.set(pid, track)
    return track
  }

  /**
   * execve(2): the task goes on, under the name of another program. If a thread called it, "the thread ID of the executing
   * thread is changed to the process ID" (ptrace(2)): the leader's track goes on, the caller's ends.
   */
  #renamed(seq: Seq, track: Track): void {
    track.death = 0
    const birth = this.trace.events.columns.link[seq - 1] as number
    const caller = this.track(birth)
    if (caller !== undefined && caller !== track && caller.birth === birth) {
      caller.death = seq
      caller.became = track.pid
    }
    const name = this.#birth(seq)?.name ?? track.name
    track.name = name
    track.names.push({ from: seq, name })
  }

  #take(i: number): void {
    const c = this.trace.events.columns
    const seq = i + 1
    const kind = c.kind[i] as EventKind
    const pid = c.pid[i] as number
    const flags = c.flags[i] as number
    const known = this.#byPid.get(pid)
    const isExec = kind === EventKind.birth && (flags & Flag.exec) !== 0
    const task =
      known === undefined || (kind === EventKind.birth && !isExec) ? this.#born(seq, pid, flags) : known
    let track = task
    let mark: Mark = Mark.none
    let span = -1
    let cls = NO_CLASS
    let bits = 0
    switch (kind) {
      case EventKind.birth:
        mark = isExec ? Mark.exec : Mark.birth
        if (isExec && task === known) this.#renamed(seq, task)
        break
      case EventKind.entry:
      case EventKind.call:
        cls = this.#classOf(c.arch[i] as number, c.nr[i] as number)
        span = this.spans.begin(kind === EventKind.call ? 'untraced' : 'entry', seq, cls, c.flags[i] as number)
        task.spans.push(span)
        if (kind === EventKind.entry) {
          mark = Mark.entry
          task.open = span
          task.stop = seq
        } else {
          mark = Mark.call
          bits = this.spans.finish(span, c.ret[i] as number, c.flags[i] as number, c.time[i] as number)
        }
        break
      case EventKind.exit: {
        mark = Mark.exit
        const link = c.link[i] as number
        span = link > 0 && link < seq && this.mark(link) === Mark.entry ? this.span(link) : -1
        cls = this.#classOf(c.arch[i] as number, c.nr[i] as number)
        if (span < 0) {
          span = this.spans.begin('exit', seq, cls, 0)
          task.spans.push(span)
        }
        bits = this.spans.finish(span, c.ret[i] as number, c.flags[i] as number, c.time[i] as number)
        this.spans.exit.values[span] = seq
        if (link > 0) this.#markEarlier(link, bits)
        task.open = -1
        task.stop = seq
        break
      }
      case EventKind.event:
        mark = eventMark(c.nr[i] as number)
        bits = Bit.stop
        span = this.span(c.link[i] as number)
        if (span >= 0) this.spans.set(span, Known.inside)
        task.stop = seq
        if ((c.nr[i] as number) <= PTRACE_EVENT.PTRACE_EVENT_CLONE) this.#announce(c.ret[i] as number, seq)
        break
      case EventKind.signal:
      case EventKind.group:
        mark = kind === EventKind.signal ? Mark.signal : Mark.group
        bits = Bit.stop
        task.stop = seq
        break
      case EventKind.request: {
        track = this.#byPid.get(c.by[i] as number) ?? task
        // `addr` comes first, as LEB128: its low seven bits, the tags among them, are the first byte.
        mark = requestMark(
          c.nr[i] as number,
          takesTags(c.nr[i] as number) ? (this.trace.events.payload(i)[0] ?? 0) & 0x7f : 0,
        )
        const stop = c.link[i] as number
        span = this.span(stop)
        if (mark === Mark.poke) bits = Bit.poke
        else if (mark === Mark.skipExit) bits = Bit.open
        else if (mark === Mark.skipCall || mark === Mark.skipBoth) bits = Bit.skip
        if ((c.ret[i] as number) < 0) bits |= Bit.error
        else if (isResume(mark)) {
          if (span >= 0 && this.mark(stop) !== Mark.exit) this.spans.resumedAt(span, seq)
          task.stop = 0
        } else if (mark === Mark.poke && span >= 0) {
          this.spans.set(span, Known.poked)
          this.#markEarlier(this.spans.anchor(span), Bit.poke)
        }
        break
      }
      case EventKind.death:
        mark = Mark.death
        task.death = seq
        task.stop = 0
        task.status = c.status[i] as number
        if (task.open >= 0) this.spans.endsAt(task.open, c.time[i] as number)
        task.open = -1
        break
      case EventKind.print:
        mark = Mark.print
        break
      case EventKind.failure:
        mark = Mark.failure
        bits = Bit.error
    }
    this.marks.push(mark)
    this.spanOf.push(span + 1)
    this.trackOf.push(track.index)
    this.#seen.events = seq
    track.seqs.push(seq)
    track.mip.push(cls, bits)
  }

  /** The event says which child is being born; its birth may stand before or after it. */
  #announce(child: number, seq: Seq): void {
    const track = this.#byPid.get(child)
    if (track !== undefined && track.death === 0) track.forked = seq
    else this.#forks.set(child, seq)
  }

  #takeOutcome(i: number): void {
    const c = this.trace.outcomes.columns
    const entry = c.link[i] as number
    const span = this.mark(entry) === Mark.entry ? this.span(entry) : -1
    if (span < 0) return
    this.#markEarlier(entry, this.spans.finish(span, c.ret[i] as number, c.flags[i] as number, c.time[i] as number))
    const track = this.track(entry)
    if (track?.open === span) track.open = -1
  }

  #markEarlier(seq: Seq, bits: number): void {
    const track = this.track(seq)
    if (track === undefined || bits === 0) return
    const at = lowerBound(track.seqs.values, track.seqs.length, seq)
    if (track.seqs.values[at] === seq) track.mip.mark(at, bits)
  }

  /** The last event no later than `time` (virtual ns), at least `seq`. */
  lastBy(time: number, seq: Seq): Seq {
    const { time: times } = this.trace.events.columns
    let low = seq
    let high = this.length
    while (low < high) {
      const mid = (low + high + 1) >>> 1
      if ((times[mid - 1] as number) <= time) low = mid
      else high = mid - 1
    }
    return low
  }
}
