import type { Kernel } from '../kernel/kernel.ts'
import type { Standing } from '../kernel/replay.ts'
import { isDead, type Image, type Task } from '../kernel/task.ts'
import { EventKind, type Seq } from '../trace/format.ts'
import { FileHistory } from './files.ts'

/** A moment of a guest's life: so many records of its image's log, and where it stands then. */
export interface Moment {
  readonly image: Image
  readonly records: number
  /** `end`: it has run to its end, or trapped there. */
  readonly standing: Standing | { readonly at: 'start' } | { readonly at: 'end' }
  /** The build whose steps are counted, where it stands at one. */
  readonly build?: 'step' | 'block'
}

/** How a moment's standing is kept; 0, in its own code, is a place that nobody could find again. */
const CODES = ['guest', 'start', 'call', 'done', 'tick', 'return', 'step', 'end'] as const
const CODE = Object.fromEntries(CODES.map((name, i) => [name, i])) as Record<(typeof CODES)[number], number>

/** Room for so many events at first. */
const FIRST_ROOM = 1024

/**
 * Where every guest stood at every event: with the logs, all that is needed to make any of these moments again. Nothing
 * that a run does depends on it. 13 bytes an event.
 */
export class History {
  /** By order of their first events. */
  readonly #images: Image[] = []
  readonly #numbers = new Map<Image, number>()
  /** Of a forked one, whose it was before. */
  readonly #parents: (Image | undefined)[] = []
  #image = new Uint32Array(FIRST_ROOM)
  #records = new Uint32Array(FIRST_ROOM)
  #code = new Uint8Array(FIRST_ROOM)
  /** Ticks of those that have any, by seq; of steps their number, doubled, and 1 more where they are the block build's. */
  readonly #count = new Map<Seq, number>()
  #length = 0

  /** Events that it knows of. */
  get length(): number {
    return this.#length
  }

  /** An event of this task has been recorded. */
  note(seq: Seq, kind: EventKind, task: Task | undefined): void {
    if (seq > this.#image.length) this.#grow()
    this.#length = seq
    const log = task?.process.image.log
    if (task === undefined || log === undefined) return
    const { image } = task.process
    let number = this.#numbers.get(image)
    if (number === undefined) {
      number = this.#images.length
      this.#images.push(image)
      this.#parents.push(log.records > 0 ? task.process.parent?.image : undefined)
      this.#numbers.set(image, number)
    }
    const at = seq - 1
    this.#image[at] = number
    // One that has exited will not go on, though its call was let go.
    const standing = task.standing === 'guest' && isDead(task) ? 'call' : task.standing
    // A call that nobody traced is told when it is through; its record comes next.
    const done = kind === EventKind.call && standing === 'call'
    this.#records[at] = log.records + (done ? 1 : 0)
    this.#code[at] = done ? CODE.done : CODE[standing]
    if (standing === 'tick') this.#count.set(seq, task.ticks)
    else if (standing === 'step') this.#count.set(seq, 2 * log.steps + (task.vcpu?.build === 'block' ? 1 : 0))
  }

  /** Where the guest of an event stood after it; undefined if the event has none that could be made again. */
  momentOf(seq: Seq): Moment | undefined {
    const code = this.#code[seq - 1] ?? 0
    if (seq > this.#length || code === CODE.guest) return undefined
    const image = this.#images[this.#image[seq - 1] as number] as Image
    const records = this.#records[seq - 1] as number
    const count = this.#count.get(seq) ?? 0
    if (code === CODE.step) return { image, records, standing: { at: 'step', steps: Math.floor(count / 2) }, build: count % 2 === 1 ? 'block' : 'step' }
    return { image, records, standing: standingOf(CODES[code] as Exclude<(typeof CODES)[number], 'guest' | 'step'>, count) }
  }

  /** The latest event of this image. */
  lastOf(image: Image): Seq {
    const number = this.#numbers.get(image)
    for (let seq = this.#length; seq > 0 && number !== undefined; seq--) if (this.#isOf(seq, number)) return seq
    return 0
  }

  /**
   * The event with which what happened there is over, and the one of the same image, or of the one that it was forked
   * from, before it; 0: there is none.
   *
   * @param records that had been made by then
   * @param by the kernel wrote with the last of them; the guest stored something behind it
   */
  whenOf(image: Image, records: number, by: 'guest' | 'kernel'): { readonly after: Seq; readonly seq: Seq } {
    const number = this.#numbers.get(image)
    let after = 0
    // An image's records only grow; other images' events lie between.
    for (let seq = 1; seq <= this.#length && number !== undefined; seq++) {
      if (!this.#isOf(seq, number)) continue
      const code = this.#code[seq - 1]
      // Who has not begun, or stands at a tick or a step, has not necessarily come to the store.
      const isPast = by === 'kernel' || (code !== CODE.start && code !== CODE.tick && code !== CODE.step)
      if (isPast && (this.#records[seq - 1] as number) >= records) {
        const parent = this.#parents[number]
        return after === 0 && parent !== undefined ? this.whenOf(parent, records, by) : { after, seq }
      }
      after = seq
    }
    return { after, seq: 0 }
  }

  #isOf(seq: Seq, number: number): boolean {
    return this.#code[seq - 1] !== CODE.guest && this.#image[seq - 1] === number
  }

  #grow(): void {
    const grown = <A extends Uint32Array | Uint8Array>(from: A): A => {
      const to = new (from.constructor as new (length: number) => A)(2 * from.length)
      to.set(from)
      return to
    }
    this.#image = grown(this.#image)
    this.#records = grown(this.#records)
    this.#code = grown(this.#code)
  }
}

const standingOf = (at: Exclude<(typeof CODES)[number], 'guest' | 'step'>, count: number): Moment['standing'] =>
  at === 'tick' ? { at, ticks: count } : { at }

/** What makes the past of a run again: guests by their logs, files by snapshots. */
export interface Past {
  readonly guests: History
  readonly files: FileHistory
}

/** Keeps the past of every event of a kernel's trace from now on. */
export const keepPast = (kernel: Kernel): Past => {
  const past: Past = { guests: new History(), files: new FileHistory(kernel.fs) }
  kernel.logs = true
  kernel.recorder.listen((seq, kind, pid) => {
    past.guests.note(seq, kind, kernel.tasks.get(pid))
    past.files.note(seq)
  })
  return past
}
