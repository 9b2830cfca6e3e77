import type { Seq } from '../../engine/trace/format.ts'
import { words, type Growing } from './growing.ts'
import { Mip } from './mip.ts'

/** One task's line in the timeline, from its birth on. Filled by the model while events arrive. */
export interface Track {
  /** Place in the order of birth. */
  readonly index: number
  readonly pid: number
  /** The program that it was born as, or the one that it executed last. */
  name: string
  /** Earlier and present names, each with the event from which it is called so: one, and one more for each exec. */
  readonly names: { readonly from: Seq; readonly name: string }[]
  /** It shares its process with its parent. */
  readonly isThread: boolean
  /** The track of its parent; undefined for tracers and for tasks that a tracer started. */
  readonly parent: Track | undefined
  /** Generations below the tasks that the tracer started. */
  readonly depth: number
  /** The script's own process: drawn thin, first. */
  readonly isTracer: boolean
  readonly birth: Seq
  /** The fork, vfork or clone event that announced it, or its birth. */
  forked: Seq
  /** 0 while it lives. */
  death: Seq
  /** The pid under which it goes on: a thread that executes a program becomes its process; 0 for none. */
  became: number
  /** Wait status at its death. */
  status: number
  /** The stop in which it waits for its tracer; 0 while it runs. */
  stop: Seq
  /** The call that it is in, or −1. */
  open: number
  /** Its events: of a tracer its requests, of a task its stops. Ascending. */
  readonly seqs: Growing<Uint32Array<ArrayBuffer>>
  /** Its calls, as indices into the model's spans, in order. */
  readonly spans: Growing<Uint32Array<ArrayBuffer>>
  /** Summaries over `seqs`, item by item. */
  readonly mip: Mip
}

/** What a new track is made of. */
type Born = Pick<Track, 'index' | 'pid' | 'name' | 'isThread' | 'parent' | 'isTracer' | 'birth'>

export const makeTrack = (of: Born): Track => ({
  ...of,
  names: [{ from: of.birth, name: of.name }],
  depth: of.parent === undefined ? 0 : of.parent.depth + 1,
  forked: of.birth,
  death: 0,
  became: 0,
  status: 0,
  stop: 0,
  open: -1,
  seqs: words(),
  spans: words(),
  mip: new Mip(),
})

/** What a task was called at an event; before its birth, what it was born as. */
export const nameAt = ({ names, name }: Track, seq: Seq): string =>
  (names.findLast(({ from }) => from <= seq) ?? names[0])?.name ?? name

/** Tracers first, then every task below its parent, brothers in order of birth. */
export const inFamilyOrder = (tracks: readonly Track[]): readonly Track[] => {
  const children = new Map<Track | undefined, Track[]>()
  for (const track of tracks) {
    if (track.isTracer) continue
    const brothers = children.get(track.parent)
    if (brothers === undefined) children.set(track.parent, [track])
    else brothers.push(track)
  }
  const order = tracks.filter((track) => track.isTracer)
  // A stack and no recursion: a chain of forks is as deep as its guest likes.
  const waiting = [...(children.get(undefined) ?? [])].reverse()
  for (let track = waiting.pop(); track !== undefined; track = waiting.pop()) {
    order.push(track)
    waiting.push(...[...(children.get(track) ?? [])].reverse())
  }
  return order
}
